import { ApiObject, Duration, Size } from 'cdk8s';
import {
  ConfigMap, ContainerLifecycle, Cpu, Deployment, DeploymentStrategy, EnvFrom, EnvValue, FsGroupChangePolicy, Handler,
  HorizontalPodAutoscaler, HttpIngressPathType, ImagePullPolicy, Ingress, IngressBackend, Metric, MetricTarget, Namespaces,
  NetworkPolicy, NetworkPolicyIpBlock, NetworkPolicyPort, NetworkPolicyTrafficDefault, Node, NodeLabelQuery, PercentOrAbsolute,
  Pods, Probe, Replicas, ScalingStrategy, Secret, Service, ServiceAccount, Topology, Volume,
} from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/**
 * The same web app by cdk8s-plus-27: the same nine kinds, and of their fields what it can say.
 *
 * What it can't say is listed in docs/performance.md. It has no PodDisruptionBudget: an `ApiObject`.
 */
export function stockApp(parent: Construct, id: string): void {
  const scope = new Construct(parent, id);
  const labels = {
    'app': id, 'app.kubernetes.io/component': 'server', 'app.kubernetes.io/instance': id, 'app.kubernetes.io/managed-by': 'cdk8s',
    'app.kubernetes.io/name': id, 'app.kubernetes.io/part-of': id,
  };
  const metadata = { name: id, labels };
  const serviceAccount = new ServiceAccount(scope, 'service-account', { metadata, automountToken: false });
  const settings = new ConfigMap(scope, 'settings', {
    metadata: { name: `${id}-settings` },
    data: { LOG_LEVEL: 'info', FEATURE_FLAGS: 'a,b,c', REPORT_URL: `https://${id}.example.com/report` },
  });
  const files = new ConfigMap(scope, 'files', {
    metadata: { name: `${id}-etc-app`, labels },
    data: { 'app.properties': `id=${id}\nmode=production\nurl=https://${id}.example.com/\n` },
  });
  const deployment = new Deployment(scope, 'deployment', {
    metadata: { name: id, labels: { ...labels, 'app.kubernetes.io/version': '1.2.3' } },
    podMetadata: { labels: { ...labels, 'app.kubernetes.io/version': '1.2.3' } },
    serviceAccount,
    automountServiceAccountToken: false,
    minReady: Duration.seconds(10),
    progressDeadline: Duration.seconds(600),
    terminationGracePeriod: Duration.seconds(45),
    strategy: DeploymentStrategy.rollingUpdate({ maxSurge: PercentOrAbsolute.percent(25), maxUnavailable: PercentOrAbsolute.absolute(0) }),
    securityContext: { ...USER, fsGroup: 10001, fsGroupChangePolicy: FsGroupChangePolicy.ON_ROOT_MISMATCH },
    dns: { options: [{ name: 'ndots', value: '2' }] },
    containers: [{
      name: id,
      image: `registry.example.com/team/${id}:1.2.3`,
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      ports: [{ name: 'http', number: 8080 }],
      envFrom: [new EnvFrom(settings)],
      envVariables: {
        APP_ID: EnvValue.fromValue(id),
        PASSWORD: EnvValue.fromSecretValue({ secret: Secret.fromSecretName(scope, 'database', `${id}-database`), key: 'password' }),
      },
      resources: {
        cpu: { request: Cpu.millis(200), limit: Cpu.units(1) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
        ephemeralStorage: { request: Size.gibibytes(1), limit: Size.gibibytes(1) },
      },
      startup: probe('/livez', 30, 5, 3),
      readiness: probe('/readyz', 3, 5, 2),
      liveness: probe('/livez', 6, 10, 3),
      lifecycle: LIFECYCLE,
      securityContext: {
        ...USER, privileged: false, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false,
      },
      volumeMounts: [
        { path: '/etc/app', readOnly: true, volume: Volume.fromConfigMap(scope, 'etc-app', files, { name: 'etc-app', defaultMode: 292 }) },
        { path: '/tmp', volume: Volume.fromEmptyDir(scope, 'tmp', 'tmp', { sizeLimit: Size.mebibytes(64) }) },
      ],
    }],
  });
  deployment.scheduling.attract(Node.labeled(NodeLabelQuery.in('kubernetes.io/os', ['linux'])), { weight: 1 });
  deployment.scheduling.separate(deployment, { topology: Topology.HOSTNAME, weight: 100 });
  const service = new Service(scope, 'service', { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  new Ingress(scope, 'ingress', {
    metadata,
    className: 'traefik',
    rules: [{ host: `${id}.example.com`, path: '/', pathType: HttpIngressPathType.PREFIX, backend: IngressBackend.fromService(service) }],
    tls: [{ hosts: [`${id}.example.com`], secret: Secret.fromSecretName(scope, 'tls', `${id}-tls`) }],
  });
  new HorizontalPodAutoscaler(scope, 'autoscaler', {
    metadata,
    target: deployment,
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(70))],
    scaleUp: {
      strategy: ScalingStrategy.MAX_CHANGE,
      stabilizationWindow: Duration.seconds(0),
      policies: [
        { replicas: Replicas.percent(100), duration: Duration.seconds(15) },
        { replicas: Replicas.absolute(4), duration: Duration.seconds(15) },
      ],
    },
    scaleDown: {
      strategy: ScalingStrategy.MAX_CHANGE,
      stabilizationWindow: Duration.minutes(5),
      policies: [{ replicas: Replicas.percent(50), duration: Duration.seconds(60) }],
    },
  });
  networkPolicy(scope, deployment, metadata);
  new ApiObject(scope, 'disruption-budget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: deployment.matchLabels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
}

/** It has no `sleep`, which needs no shell in the image. */
const LIFECYCLE: ContainerLifecycle = { preStop: Handler.fromCommand(['sleep', '15']) };
const USER = { ensureNonRoot: true, user: 10001, group: 10001 };

function probe(path: string, failureThreshold: number, period: number, timeout: number): Probe {
  const times = { periodSeconds: Duration.seconds(period), timeoutSeconds: Duration.seconds(timeout) };
  return Probe.fromHttpGet(path, { port: 8080, failureThreshold, ...times });
}

function networkPolicy(scope: Construct, deployment: Deployment, metadata: { name: string; labels: Record<string, string> }): void {
  const inNamespace = (id: string, namespace: string, labels: Record<string, string>) => Pods.select(scope, id, {
    labels, namespaces: Namespaces.select(scope, `${id}-namespace`, { labels: { 'kubernetes.io/metadata.name': namespace } }),
  });
  const ip = (id: string, cidr: string) => NetworkPolicyIpBlock.ipv4(scope, id, cidr);
  const policy = new NetworkPolicy(scope, 'policy', {
    metadata,
    selector: deployment,
    egress: { default: NetworkPolicyTrafficDefault.DENY },
    ingress: { default: NetworkPolicyTrafficDefault.DENY },
  });
  policy.addEgressRule(ip('database-net', '10.0.0.0/8'), [NetworkPolicyPort.tcp(5432)]);
  const dns = [NetworkPolicyPort.tcp(53), NetworkPolicyPort.udp(53)];
  for (const [i, cidr] of ['169.254.169.254/32', '169.254.20.10/32', '169.254.25.10/32'].entries()) {
    policy.addEgressRule(ip(`dns-${i}`, cidr), dns);
  }
  policy.addEgressRule(inNamespace('kube-dns', 'kube-system', { 'k8s-app': 'kube-dns' }), dns);
  policy.addEgressRule(inNamespace('node-local-dns', 'kube-system', { 'k8s-app': 'node-local-dns' }), dns);
  policy.addIngressRule(inNamespace('traefik', 'traefik', { 'app.kubernetes.io/name': 'traefik' }), [NetworkPolicyPort.tcp(8080)]);
}
