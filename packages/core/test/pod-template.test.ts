import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type ContainerProps, PreStop, PriorityClass, Secret, ServiceAccount, Warnings } from '../src';
import { accepted, charted, IMAGE, mistakesOf, named, podOf, Server } from './server';

const image = 'registry.example.com/proxy:1.4.2';
const standard = PriorityClass.fromPriorityClassName('standard');
const proxy: ContainerProps = { name: 'proxy', image };

describe('R1 the security context', () => {
  test('is the whole one that every policy checker takes', () => {
    const { pod, main } = podOf();
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001,
      fsGroup: 10001, fsGroupChangePolicy: 'OnRootMismatch', supplementalGroups: [10001],
      seccompProfile: { type: 'RuntimeDefault' }, seLinuxOptions: { type: 'container_t' },
    });
    expect(main.securityContext).toEqual({
      allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true,
      runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001,
      capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('is the same for every container of the pod', () => {
    const { pod, main } = podOf({
      runAsUser: 20001, initContainers: [{ name: 'migrate', image }], sidecars: [proxy], containers: [{ name: 'log', image }],
    });
    const contexts = [...pod.initContainers, ...pod.containers].map(({ securityContext }: { securityContext: object }) => securityContext);
    expect(contexts).toHaveLength(4);
    contexts.forEach(context => expect(context).toEqual(main.securityContext));
  });

  test('follows the user, then the group', () => {
    expect(podOf({ runAsUser: 20001 }).pod.securityContext)
      .toMatchObject({ runAsUser: 20001, runAsGroup: 20001, fsGroup: 20001, supplementalGroups: [20001] });
    expect(podOf({ runAsGroup: 30001, fsGroup: 40001 }).pod.securityContext)
      .toMatchObject({ runAsUser: 10001, runAsGroup: 30001, fsGroup: 40001, supplementalGroups: [40001] });
  });

  test.each([10001, 2147483647])('takes user %s', (runAsUser) => {
    expect(podOf({ runAsUser }).main.securityContext.runAsUser).toBe(runAsUser);
  });

  test.each([1, 10000])('takes user %s only where low ids are allowed by name', (runAsUser) => {
    expect(podOf({ runAsUser, unsafeLowUserIds: true }).main.securityContext.runAsUser).toBe(runAsUser);
    expect(mistakesOf({ runAsUser })).toEqual([`KEELSON1210 'runAsUser' must be an integer from 10001 to 2147483647, got ${runAsUser}: `
      + 'build the image for such a number, or set unsafeLowUserIds if it only works as another']);
  });

  test.each([2147483648, 10001.5, NaN, -1])('fails for user %s', (runAsUser) => {
    expect(mistakesOf({ runAsUser })).toEqual([`KEELSON1210 'runAsUser' must be an integer from 10001 to 2147483647, got ${runAsUser}: `
      + 'build the image for such a number, or set unsafeLowUserIds if it only works as another']);
  });

  test('fails for root, whatever is allowed', () => {
    expect(mistakesOf({ runAsUser: 0, unsafeLowUserIds: true })).toEqual(["KEELSON1210 'runAsUser' must be an integer from 1 to 2147483647, got 0: "
      + 'root is never allowed: choose a number and have the image own its files by it']);
    expect(mistakesOf({ fsGroup: 0 })).toHaveLength(1);
  });

  test('lets a container write to its own files only by a loud name', () => {
    expect(podOf({ unsafeWritableRootFilesystem: true }).main.securityContext.readOnlyRootFilesystem).toBe(false);
  });
});

describe('R2 accounts', () => {
  test('each workload has its own, without a token', () => {
    const chart = charted();
    new Server(chart, 'web');
    const objects = accepted(chart);
    expect(named(objects, 'ServiceAccount', 'web')).toMatchObject({ automountServiceAccountToken: false, metadata: { namespace: 'shop' } });
    expect(named(objects, 'Deployment', 'web').spec.template.spec).toMatchObject({ serviceAccountName: 'web', automountServiceAccountToken: false });
  });

  test('an account by reference defines none', () => {
    const chart = charted();
    new Server(chart, 'web', { serviceAccount: ServiceAccount.fromServiceAccountName('theirs') });
    const objects = accepted(chart);
    expect(objects.map(({ kind }) => kind)).not.toContain('ServiceAccount');
    expect(named(objects, 'Deployment', 'web').spec.template.spec.serviceAccountName).toBe('theirs');
  });

  test('a token is there only after mountServiceAccountToken, and once', () => {
    expect(podOf().pod.volumes).toHaveLength(1);
    const { pod, main } = podOf({}, {}, undefined, ({ pods }) => { pods.mountServiceAccountToken(); pods.mountServiceAccountToken(); });
    expect(main.volumeMounts).toEqual([
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'var-run-secrets-kubernetes-io-serviceaccount', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    ]);
    expect(pod.volumes[1].projected.sources.map((source: object) => Object.keys(source)[0])).toEqual(['serviceAccountToken', 'configMap', 'downwardAPI']);
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('fails for what is no account, or is in another namespace', () => {
    expect(mistakesOf({ serviceAccount: { name: 'web', kind: 'Secret' } })).toEqual(["KEELSON1300 'serviceAccount' must be a ServiceAccount, got the Secret 'web': "
      + 'pass a ServiceAccount']);
    expect(mistakesOf({ serviceAccount: ServiceAccount.fromServiceAccountName('web', 'billing') })).toEqual([
      "KEELSON1301 'serviceAccount' must be a ServiceAccount of namespace 'shop', got 'web' of namespace 'billing': "
      + 'pods reach their own namespace only: have the ServiceAccount there too']);
  });
});

describe('R6 and W14 images', () => {
  const imageMirrors = [
    { registry: 'docker.io', mirror: 'mirror.example.net/hub' },
    { registry: 'quay.io', mirror: 'mirror.example.net/quay' },
    { registry: 'quay.io/jetstack', mirror: 'mirror.example.net/jetstack' },
  ];

  test.each([
    ['nginx:1.29', 'mirror.example.net/hub/library/nginx:1.29'],
    ['quay.io/jetstack/controller:v1', 'mirror.example.net/jetstack/controller:v1'],
    ['quay.io/other/x:v1', 'mirror.example.net/quay/other/x:v1'],
    [IMAGE, IMAGE],
  ])('%s is pulled as %s, by every container', (from, to) => {
    const { pod, main } = podOf({ image: from, initContainers: [{ name: 'migrate', image: from }], sidecars: [{ name: 'proxy', image: from }] }, {}, { imageMirrors });
    expect([main.image, ...pod.initContainers.map((container: { image: string }) => container.image)]).toEqual([to, to, to]);
  });

  test('pull secrets are those of the profile', () => {
    expect(podOf().pod.imagePullSecrets).toBeUndefined();
    expect(podOf({}, {}, { imagePullSecrets: [Secret.fromSecretName('regcred'), Secret.fromSecretName('other')] }).pod.imagePullSecrets).toEqual([{ name: 'regcred' }, { name: 'other' }]);
  });

  test('are always asked for at the registry', () => {
    expect(podOf().main.imagePullPolicy).toBe('Always');
  });

  test('fails for latest and for no tag, each container by its name', () => {
    expect(mistakesOf({ image: 'nginx', sidecars: [{ name: 'proxy', image: 'proxy:latest' }] })).toEqual([
      "KEELSON1103 'image' must be an image with a tag or a digest, got 'nginx': end it in ':<version>' or '@sha256:<digest>'",
      "KEELSON1104 'sidecars.proxy.image' must be an image with another tag than 'latest', got 'proxy:latest': name the version: 'latest' is another image tomorrow",
    ]);
  });
});

describe('W8 scheduling', () => {
  test('the priority class is the workload’s, else the profile’s', () => {
    expect(podOf().pod.priorityClassName).toBeUndefined();
    expect(podOf({}, {}, { priorityClass: standard }).pod.priorityClassName).toBe('standard');
    expect(podOf({ priorityClass: PriorityClass.fromPriorityClassName('high') }, {}, { priorityClass: standard }).pod.priorityClassName).toBe('high');
  });

  test('fails for a label of revisions that can be none', () => {
    expect(mistakesOf({}, { replicated: true, revisionLabel: 'a b' })).toEqual([
      "KEELSON1052 'revisionLabel' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'",
    ]);
  });

  test('replicas keep apart within their revision', () => {
    const { pod } = podOf({ nodeSelector: { disk: 'ssd' } }, { replicated: true, revisionLabel: 'pod-template-hash' });
    expect(pod.nodeSelector).toEqual({ disk: 'ssd' });
    expect(pod.topologySpreadConstraints).toMatchObject([{ labelSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } }, matchLabelKeys: ['pod-template-hash'] }]);
    expect(pod.affinity.podAntiAffinity).toBeDefined();
  });

  test('fails for labels of nodes that can’t be', () => {
    expect(mistakesOf({ nodeSelector: { disk: 'a b' } })).toEqual([
      "KEELSON1054 'nodeSelector.disk' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"]);
  });
});

describe('stopping', () => {
  test('takes 30 seconds, and the longest drain of a container on top', () => {
    expect(podOf().pod.terminationGracePeriodSeconds).toBe(30);
    const loadBalancerDrain = Duration.seconds(25);
    const { pod, main } = podOf({ preStop: PreStop.drain() }, {}, { version: '1.33', loadBalancerDrain });
    expect(main.lifecycle).toEqual({ preStop: { sleep: { seconds: 25 } } });
    expect(pod.terminationGracePeriodSeconds).toBe(55);
    const sidecars = [{ ...proxy, preStop: PreStop.sleep(Duration.seconds(40)) }];
    expect(podOf({ preStop: PreStop.drain(), sidecars }, {}, { version: '1.33', loadBalancerDrain }).pod.terminationGracePeriodSeconds).toBe(70);
  });

  test('has no sleep below 1.30, but the time for it, and synth warns', () => {
    const chart = charted({ version: '1.29', loadBalancerDrain: Duration.seconds(25) });
    new Server(chart, 'web', { preStop: PreStop.drain() });
    const { spec } = named(accepted(chart), 'Deployment', 'web').spec.template;
    expect([spec.containers[0].lifecycle, spec.terminationGracePeriodSeconds]).toEqual([undefined, 55]);
    expect(Warnings.of(chart)).toEqual(['[shop/web] KEELSON1214 pods stop without waiting for load balancers: Kubernetes 1.29 has no sleep of its own '
      + "(1.30 has), so name a program of the image in 'fallbackCommand' of PreStop.drain, such as ['sleep', '25']"]);
  });

  const stop = (seconds: number) => ({ preStop: PreStop.sleep(Duration.seconds(seconds)), terminationGracePeriod: Duration.seconds(30) });
  test('a hook of 29 of 30 seconds is fine', () => {
    expect(podOf(stop(29)).main.lifecycle.preStop.sleep.seconds).toBe(29);
  });

  test.each([30, 31])('fails for a hook of %s of 30 seconds', (seconds) => {
    const said = `must be shorter than 'terminationGracePeriod', 30 s, got ${seconds} s: lengthen 'terminationGracePeriod' to ${seconds + 30} s, or wait for less`;
    expect(mistakesOf(stop(seconds))).toEqual([`KEELSON1260 'preStop' ${said}`]);
    const { preStop, terminationGracePeriod } = stop(seconds);
    expect(mistakesOf({ terminationGracePeriod, sidecars: [{ ...proxy, preStop }] })).toEqual([`KEELSON1260 'sidecars.proxy.preStop' ${said}`]);
  });

  test('fails for no time at all', () => {
    expect(mistakesOf({ terminationGracePeriod: Duration.seconds(0) })).toEqual(["KEELSON1121 'terminationGracePeriod' must be at least 1 s, got 0 s: try Duration.seconds(1)"]);
    expect(podOf({ terminationGracePeriod: Duration.seconds(1) }).pod.terminationGracePeriodSeconds).toBe(1);
  });
});

describe('names in the cluster', () => {
  test('are found without the variables of all Services, and with few questions', () => {
    expect(podOf().pod).toMatchObject({ enableServiceLinks: false, dnsConfig: { options: [{ name: 'ndots', value: '2' }] } });
  });

  test('resolver options are added, or replace ndots', () => {
    const { pod } = podOf({ dnsOptions: { 'single-request-reopen': '', 'ndots': '1' } });
    expect(pod.dnsConfig.options).toEqual([{ name: 'ndots', value: '1' }, { name: 'single-request-reopen' }]);
  });

  test.each([['timeout', 2 as unknown as string, '2'], ['a b', 'x', "'x'"], ['x', 'a b', "'a b'"]])('fails for resolver option %s of %s', (name, value, got) => {
    expect(mistakesOf({ dnsOptions: { [name]: value } })).toEqual([
      `KEELSON1226 'dnsOptions.${name}' must be a name and a text, both without spaces, got ${got}: write it as resolv.conf has it, such as { timeout: '2' }`]);
  });
});

describe('pod metadata', () => {
  test('has the pods’ own labels and annotations, which never select', () => {
    const { template } = podOf({ podLabels: { tier: 'front' }, podAnnotations: { note: 'x' } });
    expect(template.metadata).toMatchObject({ labels: { 'tier': 'front', 'app.kubernetes.io/instance': 'web' }, annotations: { note: 'x' } });
  });

  test('fails for a label that would change what selects the pods', () => {
    expect(mistakesOf({ podLabels: { 'app.kubernetes.io/instance': 'other' } })).toEqual([
      "KEELSON1215 'podLabels' must be other labels than the one that selects the pods, got 'app.kubernetes.io/instance': remove it: it is the name of the workload"]);
  });

  test('fails for labels and annotations that can’t be', () => {
    expect(mistakesOf({ podLabels: { a: 'b c' }, podAnnotations: { 'a b': 'x' } })).toEqual([
      "KEELSON1052 'podAnnotations' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'",
      "KEELSON1054 'podLabels.a' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'b c': try 'b-c'",
    ]);
  });
});
