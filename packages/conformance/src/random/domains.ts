import fc from 'fast-check';
import { ALERTS } from './alert-domains.js';
import { CONNECTIONS } from './connection-domains.js';
import { DATA } from './data-domains.js';
import { call, number, text, type Expression } from './program.js';
import { EXPOSURE } from './exposure-domains.js';
import { SCALING } from './scaling-domains.js';
import { STORAGE } from './storage-domains.js';
import { SECRETS } from './secret-domains.js';
import {
  absolutePath, annotationKey, annotationValue, anyText, chosen, cidr, configKey, count, durations, envName, exactHost,
  host, image, integers, ip, label, labelKey, labelValue, nodePort, port, portName, program, refusing, relativePath, shortLabel,
  sizes, subdomain, texts, userId, word, words, type Domain,
} from './values.js';

/** The namespaces that random apps use; they have to be there before an API server can judge. */
export const NAMESPACES = ['random-0', 'random-1', 'random-2', 'random-3'] as const;

/**
 * The domain of each string, number, duration and size of the surface, by its key.
 *
 * `[]` are the values of a list or map, `[key]` a map's keys.
 */
export class Domains {
  private readonly exact: ReadonlyMap<string, Domain>;

  public constructor(version: string, gatewayApi: string) {
    this.exact = new Map(table(version, gatewayApi).flatMap(([domain, ...keys]) => keys.map((key) => [key, domain] as const)));
  }

  /** The domain of a key: its own, else the one of its name's form. */
  public of(key: string): Domain {
    const domain = this.exact.get(key) ?? PATTERNS.find(([pattern]) => pattern.test(key))?.[1];
    if (domain === undefined) throw new Error(`no values are known for ${key}: add them to domains`);
    return domain;
  }

  /** Keys of the table that no member of a surface has: they were renamed or are gone. */
  public unused(keys: ReadonlySet<string>): string[] {
    return [...this.exact.keys()].filter((key) => !keys.has(key));
  }
}

const secretName = { ...subdomain, inside: fc.oneof(subdomain.inside, fc.constantFrom('shop-tls', 'db').map(text)) };
const customLabels = { ...labelKey, outside: labelKey.outside };

/** What members of such names mean everywhere. */
const PATTERNS: readonly (readonly [RegExp, Domain])[] = [
  [/\.(annotations|podAnnotations|jobAnnotations)\[key\]$/, annotationKey],
  [/\.(annotations|podAnnotations|jobAnnotations)\[\]$/, annotationValue],
  [/\.(labels|namespaceLabels|podLabels|nodeSelector|monitorLabels|selector)\[key\]$/, customLabels],
  [/\.(labels|namespaceLabels|podLabels|nodeSelector|monitorLabels|selector)\[\]$/, labelValue],
  [/Cidrs?\[\]$|\.cidrs\[\]$|\.cidr$/i, cidr],
  [/\.(httpPort|httpsPort|servicePort)$|Options\.port$|Props\.port$/, port],
  [/\.namespace$/, label],
  [/\.hosts\[\]$/, host],
  [/\.clusterRoleSelectors(\[\])?\[key\]$/, labelKey],
  [/\.clusterRoleSelectors(\[\])?\[\]$/, labelValue],
  [/\.args\[\]$/, word],
  [/\.(command|fallbackCommand)\[\]$/, program],
];

const probePath = texts(/^(\/[a-z]{1,6}){1,2}$/, ['/', '/a?b=c', '/a%20b', '/.well-known/x'], ['', 'a', '//a', '/a b', '/a#b', '/../a', '/%zz']);
const metricsPath = texts(/^(\/[a-z]{1,6}){1,2}$/, ['/', '/q/metrics', '/metrics.txt'], ['', 'a', '//a', '/a b', '/a#b', '/../a', '/a?b=c', '/a%20b']);
const awaitedHost = words(['db.example.com', 'localhost', '192.0.2.10', '2001:db8::5', 'search', 'search.other', 'search.other.svc.cluster.local'],
  ['', 'Db', 'a_b', 'db.example.com.', 'db.example.com:5432', 'https://db', '*.example.com', '10.0.0', '10.0.0.1/32', '-a', 'a..b']);
const declaredPort = chosen('port', 'TCP', port);
const notPublic = words(['a.example.com/gpu', 'nvidia.com/gpu', 'example.com/licence'], ['gpu', 'cpu', 'kubernetes.io/gpu', 'requests.x.io/gpu', 'a b/c', '']);
const divisor = words(['1', '1', '1', '1m', '1Mi'], ['0', '1.5', 'x', '', '1kk']);
const duration = (seconds: number): Expression => call('cdk8s.Duration', 'seconds', number(seconds));
/** Of an hour or more: each minute may be the first then. */
const periods: Domain = {
  inside: fc.constantFrom(3600, 7200, 43200, 86400).map(duration), outside: [0, 30, 90, 1500, 5400, 172800].map(duration),
};
const cron = words(['30 2 * * *', '@daily', '*/15 * * * *', '0 6 1 * MON-FRI', '0 0 29 2 *', '? 0-5,22/2 * jan-mar ?'],
  ['', '* * * *', '* * * * * *', '60 * * * *', '0 24 * * *', '0 0 * * 7', '0 0 31 2 *', '0 0 30 feb *', '0 5-1 * * *', '*/0 * * * *', '*/61 * * * *',
    '@every 1h', '@reboot', 'TZ=UTC 0 0 * * *', 'H 2 * * *', ',', '1,,2 * * * *']);
const headers = words(['X-Probe', 'Accept', 'X-A1'], ['', 'X Probe', 'X:Probe', 'ü', 'a_b c']);
const gatewayApiVersion = (version: string): Domain => words([version], ['0.8', '2.0', '1', '', 'x', '1.99']);

const outsideIps = ['', 'edge', '10.0.0', '10.0.0.256', '10.0.0.1/32', '010.0.0.1', '::ffff:10.0.0.1', 'fe80::1%eth0'];
const noEndpoints = ['127.0.0.1', '0.0.0.0', '169.254.0.1', '224.0.0.1'];

/** The cluster's own words: no random one could be meant. */
function table(version: string, gatewayApi: string): readonly (readonly [Domain, ...string[]])[] {
  return [
    [words([version], ['1.26', '1.99', '', 'x', '1', '2.0', 'latest']), 'ClusterProfileProps.version'],
    [words(['0.2'], ['0.1', '0.20', '', 'x', '1.0']), 'NetworkPolicyApi.of.version'],
    [gatewayApiVersion(gatewayApi), 'GatewayApi.standard.version', 'GatewayApi.experimental.version'],
    [words(['cluster.local', 'k8s.example.com', 'x'.repeat(63)], ['', 'Cluster.local', 'cluster.local.', 'a_b', '-a', `${'x.'.repeat(61)}x`]), 'ClusterProfileProps.clusterDomain'],
    [words(['Calico', 'own'], ['', ' ']), 'CniProps.name'],
    [words(['cert-manager.io/v1/Certificate', 'gateway.networking.k8s.io/v1/HTTPRoute', 'monitoring.coreos.com/v1/PodMonitor', 'monitoring.coreos.com/v1/PrometheusRule', 'keda.sh/v1alpha1/ScaledObject',
      'keda.sh/v1alpha1/TriggerAuthentication', 'autoscaling.k8s.io/v1/VerticalPodAutoscaler', 'external-secrets.io/v1/ExternalSecret', 'bitnami.com/v1alpha1/SealedSecret'], ['', 'Certificate', 'cert-manager.io/Certificate', 'a.b/v1/certificate']),
    'ClusterProfileProps.customResources[]'],
    [ip, 'DnsResolver.atAddress.ip', 'DnsResolver.nodeLocal.address'],
    [words(['10.0.0.0/8', '0.0.0.0/0', '2001:db8::/32'], cidr.outside.flatMap((each) => (each.kind === 'text' ? [each.value] : []))), 'Peer.cidr.cidr'],
    [port, 'ApiServer.at.port', 'DnsResolver.atAddress.port', 'DnsResolver.inPods.port', 'WebAppProps.port', 'HttpListenerProps.port', 'HttpsListenerProps.port'],
    [cidr, 'GatewayOptions.sourceCidrs[]', 'IngressControllerOptions.sourceCidrs[]', 'OwnGatewayOptions.sourceCidrs[]'],
    [label, 'IstioMeshProps.outsideNamespaces[]', 'ClusterPods.namespace', 'Gateway.named.namespace', 'IngressControllerOptions.namespace', 'KubePrometheusStackProps.namespace'],
    [subdomain, 'Gateway.named.name', 'GatewayOptions.className', 'IngressController.named.className', 'ExposureTarget.ownGateway.className',
      'PriorityClass.fromPriorityClassName.name', 'PriorityClassProps.name', 'StorageClass.fromStorageClassName.name', 'ClusterStorageClass.name',
      'Certificate.issuedBy.issuer', 'HttpListenerProps.name', 'HttpsListenerProps.name'],
    [words(['Own', 'Contour']), 'GatewayImplementation.of.name'],
    [image, 'HelperImages.wait', 'ContainerProps.image', 'WorkloadProps.image'],
    // Of what others make: its limits aren't ours.
    [{ ...image, outside: [] }, 'others.image'], [{ ...port, outside: [] }, 'others.port'], [{ ...integers(0, 20), outside: [] }, 'others.replicas'],
    [words(['registry.example.com', 'mirror.example.com:5000/hub', 'docker.io'], ['', 'https://a', 'a/', 'a b', 'a//b']), 'ImageMirror.mirror', 'ImageMirror.registry'],
    [secretName, 'Secret.fromSecretName.name'],
    // Not all that mirrors and images name, so that some are refused.
    [words(['registry.example.com', 'registry.example.com/shop', 'docker.io', 'mirror.example.com:5000'], ['', 'https://a', 'a/', 'a b', 'a//b']),
      'ClusterProfileProps.allowedRegistries[]'],
    [integers(-(2 ** 31), 1_000_000_000, { most: 1_000_000_000, outside: [-(2 ** 31) - 1, 1_000_000_001, 0.5, NaN] }), 'PriorityClassProps.value'],
    [refusing(anyText(), []), 'PriorityClassProps.description'],
    [durations(0, 3600, { most: 20 }), 'ClusterProfileProps.loadBalancerDrain'],
    [labelValue, 'KubePrometheusStackProps.release'],

    [configKey, 'ConfigMapProps.data[key]', 'ConfigMapProps.binaryData[key]', 'ConfigMapProps.files[key]', 'UnsafePlaintextSecretProps.stringData[key]', 'ConfigMap.addData.key', 'ConfigMap.addBinaryData.key',
      'Volume.inline.files[key]'],
    [refusing(anyText(), ['x'.repeat(1024 * 1024 + 1)]), 'ConfigMapProps.data[]', 'ConfigMap.addData.value', 'UnsafePlaintextSecretProps.stringData[]', 'Volume.inline.files[]'],
    [words(['', 'AAECAw==', 'aGVsbG8=', 'AA==\n'], ['A', 'AA', 'AA=', '-_8=', '%%%%', 'AAA==']), 'ConfigMapProps.binaryData[]', 'ConfigMap.addBinaryData.value'],
    [words(['package.json'], ['no-such-file', '', '.']), 'ConfigMap.addFile.localFile', 'ConfigMapProps.files[]'],
    [words(['secrets-store.csi.k8s.io', 'a', 'x'.repeat(63)], ['', 'a b', '-a', 'x'.repeat(64)]), 'Volume.csi.driver'],
    [words(['ext4', 'xfs']), 'CsiVolumeOptions.fsType'],
    [refusing(configKey, []), 'CsiVolumeOptions.attributes[key]'],
    [anyText(), 'CsiVolumeOptions.attributes[]'],
    [words(['package.json', 'a'], ['a b', '..', '']), 'ConfigMap.addFile.key'],
    [subdomain, 'ConfigMapProps.name', 'PersistentVolumeClaimProps.name', 'UnsafePlaintextSecretProps.name', 'ServiceAccountProps.name', 'ConfigMap.fromConfigMapName.name',
      'PersistentVolumeClaim.fromClaimName.name', 'ServiceAccount.fromServiceAccountName.name'],
    [chosen('construct', 'namespace', words(['random-0'], ['other', 'A'])), 'Secret.fromSecretName.namespace', 'ConfigMap.fromConfigMapName.namespace',
      'ServiceAccount.fromServiceAccountName.namespace'],
    [words(['Opaque', 'example.com/own']), 'UnsafePlaintextSecretProps.type'],
    [chosen('key', '', configKey), 'EnvValue.fromConfigMap.key', 'SecretValue.key', 'Secret.envValue.key', 'ConfigVolumeOptions.items[key]'],

    [words(['use', 'approve', 'impersonate:user-info'], ['', 'Get', '*', 'bind', 'escalate', 'impersonate', 'a b', 'get1', '-a']), 'Verb.custom.name'],
    [words(['example.com', 'cert-manager.io'], ['', 'example.com/v1', 'Example.com', 'a b', '.a', 'x'.repeat(254)]), 'ApiResourceProps.apiGroup'],
    [words(['', 'apps', 'batch'], ['apps/v1', 'Apps', 'a b']), 'ApiResource.unsafeAllOf.apiGroup'],
    [words(['widgets', 'widgets/status'], ['', 'Widget', 'widgets/a/b', 'a b', '/widgets', 'widgets/']), 'ApiResourceProps.resource'],
    [refusing(subdomain, ['', '*', 'a/b']), 'PolicyRuleOptions.resourceNames[]'],
    [words(['/metrics', '/healthz/*', '/api'], ['', 'metrics', '/*', '*', '/a*b', '/a b', '/api/v1/pods', '/apis/apps/v1/deployments']), 'PolicyRule.nonResourceUrls.urls[]'],
    [words(['jane@example.com', 'team', 'oidc:a b'], ['', ' ', ' a', 'a ']), 'Subject.group.name'],
    [words(['jane@example.com', 'oidc:a b'], ['', ' ', ' a', 'system:serviceaccount:a:b']), 'Subject.user.name'],
    [words(['view', 'shop:reader', 'Shop.Reader', '0'], ['', '.', '..', 'a/b', 'a%b']), 'RoleProps.name', 'RoleBindingProps.name', 'Role.fromRoleName.name',
      'ClusterRole.fromClusterRoleName.name'],
    [words(['shop:reader', 'Shop.Reader', '0'], ['', '.', '..', 'a/b', 'a%b', 'view', 'cluster-admin', 'system:node']), 'ClusterRoleProps.name', 'ClusterRoleBindingProps.name'],
    [chosen('construct', 'namespace', words(['random-0'], ['other', 'A'])), 'Role.fromRoleName.namespace'],
    [words(NAMESPACES, ['', 'A', 'a.b', 'a b']), 'RoleBindingProps.namespace', 'ClusterRole.grantInNamespace.namespace'],
    [words(['view', 'admin', 'shop'], ['', 'a b', 'a/b', 'x'.repeat(51)]), 'ClusterRoleProps.aggregateTo[]'],
    [refusing(label, ['', 'A', 'a_b', 'a.b', '-a', 'a-', `x${'x'.repeat(63)}`, 'kube-a']), 'NamespaceProps.name', 'Namespace.fromNamespaceName.name'],
    [words(['latest', '1.27', 'v1.26'], ['', '1', '1.99', '2.0', '1.27.1', 'newest']), 'NamespaceProps.podSecurityVersion'],
    [words(['arn:aws:iam::123456789012:role/shop', 'arn:aws-cn:iam::123456789012:role/eng/shop'],
      ['', 'shop', 'arn:aws:iam::1:role/a', 'arn:aws:iam::123456789012:user/a', 'arn:aws:iam::123456789012:role/']), 'CloudIdentity.eks.roleArn'],
    [words(['shop-app@my-project.iam.gserviceaccount.com', '1-compute@developer.gserviceaccount.com'], ['', 'shop', 'a@example.com', 'shop@my-project.iam.gserviceaccount.com']),
      'CloudIdentity.gke.serviceAccount'],
    [words(['00001111-aaaa-2222-bbbb-3333cccc4444', 'AAAABBBB-0000-cccc-1111-dddd2222eeee'], ['', 'shop', '00001111aaaa2222bbbb3333cccc4444', '00001111-aaaa-2222-bbbb-3333cccc444g']),
      'AzureIdentityProps.clientId', 'AzureIdentityProps.tenantId'],
    [anyText(), 'EnvValue.fromValue.value'],
    [envName, 'ContainerOptions.env[key]', 'PodTemplate.addEnv.name'],
    [envName, 'Endpoint.env[key]', 'PodDefaultsProps.env[key]'],
    [absolutePath, 'Endpoint.volumes[key]'],
    [words(['CONFIG_', 'A', '_'], ['1', ' ', 'A=']), 'EnvFromOptions.prefix'],
    // Only where the peer offers variables has it a meaning.
    [words(['ARCHIVE_', 'B']), 'ConnectOptions.envPrefix'],
    [annotationKey, 'EnvFieldPath.annotation.key', 'DownwardField.annotation.key'],
    [labelKey, 'EnvFieldPath.label.key', 'DownwardField.label.key', 'LabelExpression.in.key', 'LabelExpression.notIn.key',
      'LabelExpression.exists.key', 'LabelExpression.doesNotExist.key', 'LabelExpression.greaterThan.key', 'LabelExpression.lessThan.key', 'Toleration.exists.key', 'Toleration.value.key',
      'Topology.custom.key', 'WorkloadOptions.revisionLabel', 'PodTemplateProps.revisionLabel'],
    [labelValue, 'LabelExpression.in.values[]', 'LabelExpression.notIn.values[]', 'Toleration.value.value', 'WorkloadOptions.component'],
    [integers(0, Number.MAX_SAFE_INTEGER), 'LabelExpression.greaterThan.value', 'LabelExpression.lessThan.value'],
    [divisor, 'EnvValueFromResourceOptions.divisor', 'DownwardField.resource.divisor'],
    // Taken whatever it is, and only the kubelet looks for such a container.
    [chosen('container', '', refusing(label, [])), 'EnvValueFromResourceOptions.container', 'DownwardField.resource.container'],

    [{ inside: fc.integer({ min: 10, max: 200 }).map(number), outside: [0, -1, 0.5, NaN, Infinity, 100000001].map(number) }, 'Cpu.millis.amount'],
    [{ inside: fc.constantFrom(0.1, 0.2, 0.25).map(number), outside: [0, -1, 0.0001, NaN, Infinity, 100001].map(number) }, 'Cpu.units.amount'],
    [sizes(512, 4096), 'Resources.memoryLimit'],
    [sizes(1, 64), 'Resources.memoryRequest'],
    [sizes(2048, 8192), 'Resources.ephemeralStorageLimit'],
    [sizes(1, 16), 'Resources.ephemeralStorageRequest', 'ContainerOptions.writablePaths[]', 'EmptyDirOptions.sizeLimit', 'EphemeralClaimOptions.size'],
    [notPublic, 'Resources.extendedResources[key]'],
    [count(), 'Resources.extendedResources[]'],
    [absolutePath, 'ContainerOptions.volumes[key]', 'ContainerOptions.writablePaths[key]', 'PodTemplate.addVolume.mountPath'],
    [refusing(absolutePath, ['', 'a', './a']), 'ContainerOptions.workingDir'],
    [refusing(absolutePath, ['', 'a', '/a/../b']), 'Volume.unsafeHostPath.path'],
    [relativePath, 'Volume.downwardApi.files[key]', 'ConfigVolumeOptions.items[]', 'ServiceAccountTokenOptions.path'],
    [chosen('key', '', relativePath), 'Volume.subPath.path'],
    [integers(0, 0o777, { most: 0o777 }), 'ConfigVolumeOptions.mode'],
    [words(['vault', 'https://vault.example.com'], []), 'ServiceAccountTokenOptions.audience'],
    [durations(600, 2 ** 32, { most: 7200, edges: [600, 2 ** 32] }), 'ServiceAccountTokenOptions.expiration'],
    [label, 'ContainerProps.name'],
    [label, 'Volume.fromClaimTemplate.name'],

    [durations(1, undefined, { least: 41, most: 120, edges: [41] }), 'PodProps.terminationGracePeriod'],
    [durations(1, undefined, { most: 14 }), 'PreStop.sleep.duration'],
    [durations(0), 'ProbeOptions.initialDelay'],
    [durations(1, undefined, { least: 5, most: 60 }), 'ProbeOptions.period'],
    [durations(1, undefined, { most: 5 }), 'ProbeOptions.timeout'],
    [durations(1), 'ProbeOptions.terminationGracePeriod'],
    [count(), 'ProbeOptions.failureThreshold'],
    [{ ...count(), inside: fc.constant(number(1)) }, 'ProbeOptions.successThreshold'],
    [probePath, 'Probe.http.path', 'HttpHealthOptions.live', 'HttpHealthOptions.ready', 'HttpHealthOptions.startup'],
    [headers, 'HttpProbeOptions.headers[key]', 'HttpHealthOptions.headers[key]'],
    [words(['1', 'a b', ''], ['a\nb', '\u0000', 'a\rb']), 'HttpProbeOptions.headers[]', 'HttpHealthOptions.headers[]'],
    [words(['shop.Catalog', 'ready', '']), 'GrpcProbeOptions.service', 'GrpcHealthOptions.ready', 'GrpcHealthOptions.live'],
    [declaredPort, 'PortProbeOptions.port', 'GrpcHealthOptions.port', 'HttpHealthOptions.port', 'TcpHealthOptions.port'],
    [program, 'Probe.exec.command[]', 'ExecHealthOptions.live[]', 'ExecHealthOptions.ready[]', 'PreStop.exec.command[]'],
    [durations(1, undefined, { least: 10, most: 600, edges: [10] }), 'ExecHealthOptions.startupTimeout', 'GrpcHealthOptions.startupTimeout', 'HttpHealthOptions.startupTimeout',
      'TcpHealthOptions.startupTimeout'],

    [declaredPort, 'Metrics.onPort.port'],
    [metricsPath, 'MetricsOptions.path'],
    [durations(1, undefined, { least: 30, most: 90, edges: [30] }), 'MetricsOptions.interval'],
    [durations(1, undefined, { most: 30 }), 'MetricsOptions.scrapeTimeout'],
    [exactHost, 'MetricsOptions.serverName'],
    ...ALERTS, ...CONNECTIONS,
    [awaitedHost, 'WaitFor.host.host'],
    [port, 'WaitFor.host.port', 'WaitForServiceOptions.port'],
    [durations(1, undefined, { most: 600 }), 'WaitForOptions.timeout'],

    [port, 'ContainerPort.number'],
    [portName, 'ContainerPort.name'],
    [words(['http', 'kubernetes.io/h2c', 'kubernetes.io/ws', 'example.com/own'], ['', 'a b', 'HTTP/', 'a/b/c']), 'ContainerPort.appProtocol', 'WebAppProps.appProtocol',
      'ServicePort.appProtocol', 'AddressPort.appProtocol'],
    [port, 'ContainerPort.unsafeHostPort'],
    [words(['ndots', 'timeout', 'edns0'], ['', 'a b']), 'PodProps.dnsOptions[key]'],
    [words(['1', '2', ''], ['a b']), 'PodProps.dnsOptions[]'],
    [userId, 'PodProps.runAsUser', 'PodProps.runAsGroup', 'PodProps.fsGroup'],
    [integers(1, 100), 'NodeAffinity.preferred.weight', 'PodAffinity.preferred.weight', 'PodAntiAffinity.preferred.weight'],
    [label, 'PodAffinityTarget.namespaces[]', 'Peer.namespace.name', 'PeerPodsProps.namespace', 'PeerWorkloadProps.namespace'],
    [durations(0), 'TolerationOptions.evictAfter'],
    [count(), 'TopologySpreadOptions.maxSkew', 'TopologySpreadOptions.minDomains'],
    [shortLabel, 'WorkloadProps.name'],
    [subdomain, 'PodConnectionsProps.name'],
    // The stand-in gives both the same selector, one of its labels.
    [refusing(labelKey, []), 'PodTemplateProps.selector[key]', 'PodConnectionsProps.podLabels[key]'],
    [refusing(labelValue, []), 'PodTemplateProps.selector[]', 'PodConnectionsProps.podLabels[]'],
    [words(['DaemonSet', 'Deployment', 'Job', 'StatefulSet']), 'WorkloadOptions.kind'],

    [chosen('port', 'TCP', port), 'Port.tcp.number', 'Port.range.from'],
    [chosen('port', 'UDP', port), 'Port.udp.number'],
    [chosen('port', 'SCTP', port), 'Port.sctp.number'],
    [{ ...integers(60000, 65535, { most: 65535 }), outside: [0, 65536, NaN, 1.5].map(number) }, 'Port.range.to'],
    [words(['10.1.0.0/16', '2001:db8:1::/48', '10.0.0.0/8'], cidr.outside.flatMap((each) => (each.kind === 'text' ? [each.value] : []))), 'PeerCidrOptions.except[]'],
    [words(['shop', 'db', 'a-b'], ['']), 'PeerWorkloadProps.name'],
    [words(['/', '/v1', '/v1/orders', '/a~b/c.d/$e+f(g)'], ['', 'v1', '/v1?a=b', '/v1/*', '/a b', '/a/../b', '//']), 'HttpRule.exact.path', 'HttpRule.prefix.path'],
    [cron, 'Schedule.cron.expression'],
    [periods, 'Schedule.every.period'],
    [words(['Europe/Berlin', 'Etc/UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'US/Pacific', 'Etc/GMT+12'],
      ['', 'Local', 'europe/berlin', 'CEST', '+02:00', 'Europe/Nowhere', 'Factory']), 'ScheduleOptions.timeZone'],
    [integers(0, 59), 'HourlyOptions.minute'],
    [integers(0, 23), 'DailyOptions.hour'],
    [integers(1, 28), 'MonthlyOptions.day'],
    [count(0), 'JobProps.backoffLimit', 'JobProps.backoffLimitPerIndex', 'ScheduledTaskProps.successfulJobsHistoryLimit', 'ScheduledTaskProps.failedJobsHistoryLimit'],
    [durations(1), 'JobProps.activeDeadline'],
    [durations(0), 'JobProps.ttlAfterFinished'],
    [durations(1, undefined, { least: 10, edges: [10] }), 'ScheduledTaskProps.startingDeadline'],
    // Enough for the indexes below.
    [{ ...count(), inside: fc.integer({ min: 5, max: 20 }).map(number) }, 'JobProps.completions'],
    [{ ...count(), inside: fc.integer({ min: 1, max: 5 }).map(number) }, 'JobProps.parallelism'],
    [{ ...integers(0, 5), outside: [-1, 6, 0.5, NaN].map(number) }, 'JobProps.maxFailedIndexes'],
    [integers(1, 255, { most: 255 }), 'PodFailureRule.exitCodes.codes[]', 'PodFailureRule.otherExitCodes.codes[]'],
    [words(['web'], ['', 'other', 'Web']), 'ExitCodeOptions.container'],
    [labelKey, 'PodFailureRule.condition.type'],
    [{ ...count(), inside: fc.integer({ min: 1, max: 5 }).map(number) }, 'SuccessRule.count.count'],
    [words(['0', '0-1', '0,2-4', '1,3'], ['', 'a', '1,0', '2-2', '3-1', '0,0', '0-99', '0,', '-1']), 'SuccessRule.indexes.indexes'],
    [{ ...count(), inside: fc.constant(number(1)) }, 'SuccessIndexesOptions.count'],
    [integers(-2147483647, 2147483647, { most: 10 }), 'HelmHookOptions.weight'],
    [integers(1, 2147483646), 'SyncWaveOptions.wave'],

    [words(['30000-32767', '30000-31000'], ['', '30000', '32767-30000', '0-80', '1-65536', 'a-b', '30000 - 32767']), 'ClusterProfileProps.nodePortRange'],
    [words(['own', 'MetalLB'], ['', ' ']), 'LoadBalancerControllerProps.name'],
    [labelKey, 'LoadBalancerControllerProps.className', 'LoadBalancerOptions.loadBalancerClass'],
    [annotationKey, 'LoadBalancerControllerProps.internalAnnotations[key]', 'LoadBalancerControllerProps.externalAnnotations[key]',
      'LoadBalancerControllerProps.addressesAnnotation', 'LoadBalancerControllerProps.ipv6AddressesAnnotation', 'LoadBalancerControllerProps.poolAnnotation',
      'LoadBalancerControllerProps.sharingKeyAnnotation'],
    [words(['yes', 'Internal']), 'LoadBalancerControllerProps.internalAnnotations[]', 'LoadBalancerControllerProps.externalAnnotations[]'],
    [words(['203.0.113.0/24', '10.0.0.0/8', '0.0.0.0/0', '198.51.100.7/32'], [...cidr.outside.flatMap((each) => (each.kind === 'text' ? [each.value] : [])), '2001:db8::/32']),
      'LoadBalancerOptions.sourceRanges[]', 'NodePortOptions.sourceRanges[]'],
    // Two Services of one key, or of one address, would have to agree.
    [texts(/^198\.51\.100\.[1-9][0-9]$/, [], outsideIps), 'LoadBalancerOptions.addresses[]'],
    [words(['203.0.113.7', '10.1.2.3', '192.0.2.0'], [...outsideIps, ...noEndpoints]), 'SelectorlessServiceProps.addresses[]'],
    [words(['203.0.113.7', '10.1.2.3', '2001:db8::a', '2001:DB8::B'], [...outsideIps, ...noEndpoints]), 'ServiceOptions.unsafeExternalIps[]'],
    [subdomain, 'LoadBalancerOptions.pool'],
    [texts(/^[a-z]{3} ?[a-z]{5}$/, [], ['']), 'LoadBalancerOptions.sharingKey'],
    [durations(1, 86400, { most: 86400, edges: [1, 86400] }), 'SessionAffinity.clientIp.timeout'],
    [shortLabel, 'ServiceOptions.name', 'ExternalNameServiceProps.name', 'Service.fromServiceName.name'],
    [label, 'Service.fromServiceName.namespace'],
    [words(['db.example.com', 'db.example.com.', '1.example.com'], ['', 'db', 'db.', '10.0.0.1', '::1', 'db.example.com..', '*.example.com', 'a_b.example.com', 'DB.example.com']),
      'ExternalNameTarget.host.host'],
    [chosen('portName', '', { ...portName, outside: [...portName.outside, text('no-such-port')] }), 'ServicePort.target'],
    [port, 'ServicePort.number', 'AddressPort.number', 'AddressPort.targetNumber'],
    [label, 'ServicePort.name', 'AddressPort.name'],
    [nodePort, 'ServicePort.nodePort', 'AddressPort.nodePort'],

    [count(0), 'PercentOrAbsolute.absolute.count'],
    [{ ...integers(0, 100), inside: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom(0, 100)).map(number) }, 'PercentOrAbsolute.percent.percent'],
    ...DATA, ...EXPOSURE, ...SCALING, ...STORAGE,
    ...SECRETS,
  ];
}
