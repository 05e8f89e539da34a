import { ConfigMap, EnvFieldPath, EnvFrom, EnvValue, ResourceFieldPath, Secret, Volume } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const MAIN = 'Deployment spec.template.spec.containers[0]';

export const configMap = specimen({
  title: 'core-config-map',
  shows: [
    'ConfigMap metadata.name = shop-settings',
    'ConfigMap metadata.labels = { team: payments }',
    'ConfigMap data = { currency: EUR, hours.json: "{\\"mon\\":\\"9-18\\",\\"sat\\":\\"10-14\\"}\\n", level: info }',
    'ConfigMap binaryData = { favicon.gif: R0lGODlhAQABAAAAACw=, seal: /w== }',
  ],
  define: (chart) => {
    const settings = new ConfigMap(chart, 'settings', {
      name: 'shop-settings', labels: { team: 'payments' }, data: { level: 'info' }, binaryData: { seal: '/w==' },
    });
    settings.addData('currency', 'EUR');
    settings.addBinaryData('favicon.gif', 'R0lGODlhAQABAAAAACw=');
    settings.addFile('test/specimens/opening-hours.json', 'hours.json');
  },
});

export const immutable = specimen({
  title: 'core-config-map-immutable',
  shows: [
    'ConfigMap immutable = true',
    'ConfigMap metadata.name = hours-a485eb92d1',
    `${MAIN}.volumeMounts has { mountPath: /etc/hours, readOnly: true }`,
    'Deployment spec.template.spec.volumes has { projected: { sources: [{ configMap: { name: hours-a485eb92d1 } }] } }',
  ],
  define: (chart) => {
    const hours = new ConfigMap(chart, 'hours', { immutable: true, files: { 'hours.json': 'test/specimens/opening-hours.json' } });
    new Server(chart, 'checkout', { volumes: { '/etc/hours': Volume.fromConfigMap(hours) } });
  },
});

export const argument = specimen({
  title: 'core-config-argument',
  shows: [
    `${MAIN}.args = [--currency=$(CURRENCY)]`,
    `${MAIN}.env has { name: CURRENCY, valueFrom: { configMapKeyRef: { name: settings, key: currency } } }`,
  ],
  define: (chart) => {
    const settings = new ConfigMap(chart, 'settings', { data: { currency: 'EUR' } });
    new Server(chart, 'checkout', { env: { CURRENCY: EnvValue.fromConfigMap(settings, 'currency') }, args: ['--currency=$(CURRENCY)'] });
  },
});

export const plaintext = specimen({
  title: 'core-secret-plaintext',
  shows: [
    'Secret metadata = { name: test-user, namespace: core-secret-plaintext, labels: { purpose: test } }',
    'Secret type = kubernetes.io/basic-auth',
    'Secret data = { password: Z3Vlc3Q=, username: Z3Vlc3Q= }',
    `${MAIN}.env has { name: PASSWORD, valueFrom: { secretKeyRef: { name: test-user, key: password } } }`,
  ],
  define: (chart) => {
    const user = Secret.unsafePlaintext(chart, 'user', {
      name: 'test-user', labels: { purpose: 'test' }, type: 'kubernetes.io/basic-auth', stringData: { username: 'guest', password: 'guest' },
    });
    new Server(chart, 'checkout', { env: { PASSWORD: user.envValue('password') } });
  },
});

export const env = specimen({
  title: 'core-env',
  shows: [
    `${MAIN}.env has { name: LEVEL, value: info }`,
    `${MAIN}.env has { name: CURRENCY, valueFrom: { configMapKeyRef: { name: settings, key: currency } } }`,
    `${MAIN}.env has { name: DISCOUNT, valueFrom: { configMapKeyRef: { name: campaign, key: discount, optional: true } } }`,
    `${MAIN}.env has { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: orders-db, key: password } } }`,
    `${MAIN}.env has { name: DB_USER, valueFrom: { secretKeyRef: { name: orders-db, key: user } } }`,
    `${MAIN}.env has { name: REGION, value: eu }`,
  ],
  define: (chart) => {
    const settings = new ConfigMap(chart, 'settings', { data: { currency: 'EUR' } });
    const db = Secret.fromSecretName('orders-db');
    const checkout = new Server(chart, 'checkout', {
      env: {
        LEVEL: EnvValue.fromValue('info'),
        CURRENCY: EnvValue.fromConfigMap(settings, 'currency'),
        DISCOUNT: EnvValue.fromConfigMap(ConfigMap.fromConfigMapName('campaign'), 'discount', { optional: true }),
        DB_USER: db.envValue('user'),
        DB_PASSWORD: EnvValue.fromSecretValue({ secret: db, key: 'password' }),
      },
    });
    checkout.pods.addEnv('REGION', EnvValue.fromValue('eu'));
  },
});

const FIELDS: Readonly<Record<string, string>> = {
  POD_NAME: 'metadata.name', POD_NAMESPACE: 'metadata.namespace', POD_UID: 'metadata.uid', POD_IP: 'status.podIP', POD_IPS: 'status.podIPs',
  NODE_NAME: 'spec.nodeName', NODE_IP: 'status.hostIP', ACCOUNT: 'spec.serviceAccountName',
  APP: "metadata.labels['app']", TEAM: "metadata.annotations['example.com/team']",
};

export const fields = specimen({
  title: 'core-env-fields',
  shows: Object.entries(FIELDS).map(([name, path]) => `${MAIN}.env has { name: ${name}, valueFrom: { fieldRef: { fieldPath: "${path}" } } }`),
  define: (chart) => {
    const from = (field: EnvFieldPath) => EnvValue.fromFieldRef(field);
    new Server(chart, 'checkout', {
      podAnnotations: { 'example.com/team': 'payments' },
      env: {
        POD_NAME: from(EnvFieldPath.POD_NAME),
        POD_NAMESPACE: from(EnvFieldPath.POD_NAMESPACE),
        POD_UID: from(EnvFieldPath.POD_UID),
        POD_IP: from(EnvFieldPath.POD_IP),
        POD_IPS: from(EnvFieldPath.POD_IPS),
        NODE_NAME: from(EnvFieldPath.NODE_NAME),
        NODE_IP: from(EnvFieldPath.NODE_IP),
        ACCOUNT: from(EnvFieldPath.SERVICE_ACCOUNT_NAME),
        APP: from(EnvFieldPath.label('app')),
        TEAM: from(EnvFieldPath.annotation('example.com/team')),
      },
    });
  },
});

export const resourceFields = specimen({
  title: 'core-env-resources',
  shows: [
    `${MAIN}.env has { name: GOMAXPROCS, valueFrom: { resourceFieldRef: { resource: limits.cpu } } }`,
    `${MAIN}.env has { name: CPU_SHARE, valueFrom: { resourceFieldRef: { resource: requests.cpu, divisor: 1m } } }`,
    `${MAIN}.env has { name: GOMEMLIMIT, valueFrom: { resourceFieldRef: { resource: limits.memory } } }`,
    `${MAIN}.env has { name: HEAP_MIB, valueFrom: { resourceFieldRef: { resource: requests.memory, divisor: 1Mi } } }`,
    `${MAIN}.env has { name: DISK, valueFrom: { resourceFieldRef: { resource: limits.ephemeral-storage, divisor: 1Mi } } }`,
    `${MAIN}.env has { name: PROXY_DISK, valueFrom: { resourceFieldRef: { containerName: proxy, resource: requests.ephemeral-storage } } }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      containers: [{ name: 'proxy', image: 'registry.example.com/platform/proxy:1.4.2' }],
      env: {
        GOMAXPROCS: EnvValue.fromResource(ResourceFieldPath.CPU_LIMIT),
        CPU_SHARE: EnvValue.fromResource(ResourceFieldPath.CPU_REQUEST, { divisor: '1m' }),
        GOMEMLIMIT: EnvValue.fromResource(ResourceFieldPath.MEMORY_LIMIT),
        HEAP_MIB: EnvValue.fromResource(ResourceFieldPath.MEMORY_REQUEST, { divisor: '1Mi' }),
        DISK: EnvValue.fromResource(ResourceFieldPath.EPHEMERAL_STORAGE_LIMIT, { divisor: '1Mi' }),
        PROXY_DISK: EnvValue.fromResource(ResourceFieldPath.EPHEMERAL_STORAGE_REQUEST, { container: 'proxy' }),
      },
    });
  },
});

export const envFrom = specimen({
  title: 'core-env-from',
  shows: [
    `${MAIN}.envFrom = [{ configMapRef: { name: settings } }, { prefix: DB_, secretRef: { name: orders-db } }, { configMapRef: { name: campaign, optional: true } }]`,
  ],
  define: (chart) => {
    const settings = new ConfigMap(chart, 'settings', { data: { CURRENCY: 'EUR' } });
    new Server(chart, 'checkout', {
      envFrom: [
        EnvFrom.configMap(settings),
        EnvFrom.secret(Secret.fromSecretName('orders-db'), { prefix: 'DB_' }),
        EnvFrom.configMap(ConfigMap.fromConfigMapName('campaign'), { optional: true }),
      ],
    });
  },
});
