import { Duration } from 'cdk8s';
import {
  ExternalCreationPolicy, ExternalDecoding, ExternalDeletionPolicy, ExternalRefreshPolicy, ExternalSecret, ExternalTemplatePolicy,
  ReleaseOrder, SealedSecret, SealingScope, SecretGenerator, SecretStore, SecretText, Volume,
} from '../../src';
import { sealed } from './sealed';
import { Server } from './server';
import { specimen } from './specimen';

const PASSWORD = { password: SecretText.random() };
const store = SecretStore.cluster('vault');

export const generator = specimen({
  title: 'core-generated-secret',
  shows: [
    'Job/orders-secrets-* spec.template.spec.containers[0].command = [sh, /etc/secret-generator/generate.sh]',
    'Job/orders-secrets-* spec.template.spec.containers[0].terminationMessagePolicy = FallbackToLogsOnError',
    'Role/orders-secrets rules = [{ apiGroups: [""], resources: [secrets], verbs: [create] }]',
    'RoleBinding/orders-secrets subjects = [{ kind: ServiceAccount, name: orders-secrets, namespace: core-generated-secret }]',
    'Role/orders-app-reader rules[0] has { resourceNames: [orders-app] }',
    'Deployment/checkout spec.template.spec.containers[0].env has { name: PASSWORD }',
    'Deployment/checkout spec.template.spec.volumes has { name: etc-db }',
  ],
  define: (chart) => {
    const made = new SecretGenerator(chart, 'orders-secrets');
    const app = made.secret('orders-app', {
      username: SecretText.literal('app'), ...PASSWORD, uri: SecretText.template('postgresql://app:{password}@orders-rw:5432/orders'),
    });
    made.secret('orders-root', { password: SecretText.random(64) });
    app.grantRead(new Server(chart, 'checkout', {
      env: { PASSWORD: app.envValue('password') }, volumes: { '/etc/db': Volume.fromSecret(app) },
    }));
  },
});

export const generatorOptions = specimen({
  title: 'core-generated-secret-options',
  cluster: { helperImages: { generate: 'registry.example.com/platform/curl:8.16.0' } },
  shows: [
    'Job/make-secrets-* metadata.labels.team = shop',
    'Job/make-secrets-* spec.backoffLimit = 3',
    'Job/make-secrets-* spec.activeDeadlineSeconds = 600',
    'Job/make-secrets-* spec.ttlSecondsAfterFinished = 86400',
    'Job/make-secrets-* spec.template.spec.containers[0].image = registry.example.com/platform/curl:8.16.0',
    'Job/other-* spec.template.spec.containers[0].image = registry.example.com/tools/curl:8.16.0',
  ],
  define: (chart) => {
    const made = new SecretGenerator(chart, 'made', {
      name: 'make-secrets', labels: { team: 'shop' }, backoffLimit: 3, activeDeadline: Duration.minutes(10), ttlAfterFinished: Duration.days(1),
    });
    made.secret('login', PASSWORD, {
      type: 'kubernetes.io/basic-auth', immutable: true, labels: { team: 'shop' }, annotations: { 'example.com/note': 'made once' },
    });
    new SecretGenerator(chart, 'other', { image: 'registry.example.com/tools/curl:8.16.0' }).secret('other', PASSWORD);
  },
});

export const generatorHook = specimen({
  title: 'core-generated-secret-hook',
  shows: [
    'Job/orders-secrets metadata.annotations has { helm.sh/hook: "pre-install,pre-upgrade" }',
    'ConfigMap/orders-secrets metadata.annotations has { helm.sh/hook: "pre-install,pre-upgrade" }',
    'Role/orders-secrets metadata.annotations has { helm.sh/hook: "pre-install,pre-upgrade" }',
  ],
  define: (chart) => {
    new SecretGenerator(chart, 'orders-secrets', { releaseOrder: ReleaseOrder.helmHook() }).secret('orders-app', PASSWORD);
  },
});

export const external = specimen({
  title: 'core-external-secret',
  shows: [
    'ExternalSecret/orders-app spec.secretStoreRef = { kind: ClusterSecretStore, name: vault }',
    'ExternalSecret/orders-app spec.refreshInterval = 1h0m0s',
    'ExternalSecret/orders-app spec.target has { creationPolicy: Owner, deletionPolicy: Retain }',
    'ExternalSecret/orders-app spec.target.template.data = { uri: "postgresql://app:{{ .password | urlquery }}@orders-rw:5432/orders" }',
    'ExternalSecret/orders-app spec.target.template.mergePolicy = Merge',
    'Deployment/checkout spec.template.spec.containers[0].env has { name: DATABASE_URL }',
    'Role/orders-app-reader rules[0] has { resourceNames: [orders-app] }',
  ],
  define: (chart) => {
    const secret = new ExternalSecret(chart, 'orders-app', {
      store, data: { password: { remoteKey: 'shop/orders', property: 'password' } },
      templates: { uri: 'postgresql://app:{{ .password | urlquery }}@orders-rw:5432/orders' },
    });
    secret.grantRead(new Server(chart, 'checkout', { env: { DATABASE_URL: secret.envValue('uri') } }));
  },
});

export const externalOptions = specimen({
  title: 'core-external-secret-options',
  shows: [
    'ExternalSecret/orders metadata.labels.team = shop',
    'ExternalSecret/orders spec.secretStoreRef = { kind: SecretStore, name: shop-vault }',
    'ExternalSecret/orders spec.refreshInterval = 15m0s',
    'ExternalSecret/orders spec.data[0].remoteRef = { key: shop/key, version: "3", decodingStrategy: Base64 }',
    'ExternalSecret/orders spec.dataFrom = [{ extract: { key: shop/orders } }]',
    'ExternalSecret/orders spec.target has { creationPolicy: Orphan, deletionPolicy: Delete, immutable: true }',
    'ExternalSecret/orders spec.target.template has { mergePolicy: Replace, type: kubernetes.io/basic-auth }',
    'ExternalSecret/added spec.target has { creationPolicy: Merge, deletionPolicy: Merge }',
    'ExternalSecret/added spec.refreshPolicy = OnChange',
    'ExternalSecret/once spec.refreshPolicy = CreatedOnce',
    'ExternalSecret/once spec.refreshInterval is absent',
  ],
  define: (chart) => {
    new ExternalSecret(chart, 'login', {
      name: 'orders', labels: { team: 'shop' }, store: SecretStore.namespaced('shop-vault'), refreshInterval: Duration.minutes(15),
      refreshPolicy: ExternalRefreshPolicy.PERIODIC,
      data: { key: { remoteKey: 'shop/key', version: '3', decoding: ExternalDecoding.BASE64 } }, dataFrom: [{ remoteKey: 'shop/orders' }],
      templates: { username: 'app', password: '{{ .password }}{{ .key }}' }, templatePolicy: ExternalTemplatePolicy.REPLACE,
      creationPolicy: ExternalCreationPolicy.ORPHAN, deletionPolicy: ExternalDeletionPolicy.DELETE,
      type: 'kubernetes.io/basic-auth', immutable: true,
    });
    new ExternalSecret(chart, 'added', {
      store, data: { a: { remoteKey: 'a', decoding: ExternalDecoding.NONE }, b: { remoteKey: 'b', decoding: ExternalDecoding.BASE64_URL } },
      creationPolicy: ExternalCreationPolicy.MERGE, deletionPolicy: ExternalDeletionPolicy.MERGE,
      refreshPolicy: ExternalRefreshPolicy.ON_CHANGE,
    });
    new ExternalSecret(chart, 'once', {
      store, data: { c: { remoteKey: 'c', decoding: ExternalDecoding.AUTO } }, refreshPolicy: ExternalRefreshPolicy.CREATED_ONCE,
      creationPolicy: ExternalCreationPolicy.OWNER, deletionPolicy: ExternalDeletionPolicy.RETAIN,
      templatePolicy: ExternalTemplatePolicy.MERGE, templates: { d: '{{ .c | upper }}' },
    });
  },
});

export const sealedSecret = specimen({
  title: 'core-sealed-secret',
  shows: [
    'SealedSecret/orders-app metadata.annotations is absent',
    'SealedSecret/login metadata.annotations = { sealedsecrets.bitnami.com/namespace-wide: "true" }',
    'SealedSecret/login spec.template has { type: kubernetes.io/basic-auth, immutable: true }',
    'SealedSecret/login spec.template.data = { uri: "postgresql://app:{{ .password | urlquery }}@orders-rw:5432/orders" }',
    'SealedSecret/login metadata.labels.team = shop',
    'SealedSecret/shared spec.template.metadata.annotations = { sealedsecrets.bitnami.com/cluster-wide: "true" }',
    'Deployment/checkout spec.template.spec.containers[0].env has { name: PASSWORD }',
    'Role/orders-app-reader rules[0] has { resourceNames: [orders-app] }',
  ],
  define: (chart) => {
    const secret = new SealedSecret(chart, 'orders-app', { encryptedData: { password: sealed('password') }, scope: SealingScope.STRICT });
    new SealedSecret(chart, 'named', {
      name: 'login', encryptedData: { password: sealed('password') }, scope: SealingScope.NAMESPACE_WIDE,
      type: 'kubernetes.io/basic-auth', immutable: true, labels: { team: 'shop' },
      templates: { uri: 'postgresql://app:{{ .password | urlquery }}@orders-rw:5432/orders' },
    });
    new SealedSecret(chart, 'shared', { encryptedData: { token: sealed('token') }, scope: SealingScope.CLUSTER_WIDE });
    secret.grantRead(new Server(chart, 'checkout', { env: { PASSWORD: secret.envValue('password') } }));
  },
});
