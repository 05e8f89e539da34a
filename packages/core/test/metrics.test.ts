import { Duration, JsonPatch } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  type ClusterProfileProps, ConfigMap, HttpScheme, Manifest, Metrics, type MetricsOptions, Monitoring, Peer, Port, Protocol, Secret,
  Service, Warnings, type WorkloadOptions, type WorkloadProps,
} from '../src';
import { accepted, charted, mistakes, mistakesOf as mistakesOfServer, named, type Rendered, Server } from './server';

const OPERATOR: ClusterProfileProps = { version: '1.33', monitoring: Monitoring.kubePrometheusStack({ release: 'stack' }) };
const ANNOTATED: ClusterProfileProps = {
  version: '1.33', monitoring: Monitoring.of({ pods: { namespace: 'observability', labels: { app: 'prometheus' } }, scrapeAnnotations: true }),
};
const PROMETHEUS = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } };

function rendered(props: Partial<WorkloadProps>, options: Partial<WorkloadOptions> = {}, profile = OPERATOR): Rendered[] {
  const chart = charted(profile);
  new Server(chart, 'web', props, options);
  return accepted(chart);
}

const monitorOf = (options?: MetricsOptions) => named(rendered({ metrics: Metrics.onPort(9090, options) }), 'PodMonitor', 'web');
const endpointOf = (options: MetricsOptions) => monitorOf(options).spec.podMetricsEndpoints;
const templateOf = (objects: Rendered[]) => named(objects, 'Deployment', 'web').spec.template;
const portsOf = (objects: Rendered[]) => templateOf(objects).spec.containers[0].ports;
const ingressOf = (objects: Rendered[]) => named(objects, 'NetworkPolicy', 'web').spec.ingress;
const mistakesOf = (options: MetricsOptions, profile = OPERATOR, port = 9090) =>
  mistakesOfServer({ metrics: Metrics.onPort(port, options) }, {}, profile);

describe('O1 metrics by a PodMonitor', () => {
  test('the PodMonitor is found by the labels of the profile, and finds the pods', () => {
    const monitor = monitorOf();
    expect(monitor.apiVersion).toBe('monitoring.coreos.com/v1');
    expect(monitor.metadata.labels).toMatchObject({ 'release': 'stack', 'app.kubernetes.io/name': 'web' });
    expect(monitor.spec).toEqual({
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } },
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }],
    });
  });

  test('everything that can be said of a scrape', () => {
    expect(endpointOf({
      path: '/internal/metrics', scheme: HttpScheme.HTTPS, interval: Duration.minutes(1), scrapeTimeout: Duration.minutes(1), serverName: 'web.shop.svc',
      ca: { secret: Secret.fromSecretName('web-ca'), key: 'ca.crt' }, bearerToken: { secret: Secret.fromSecretName('scrape'), key: 'token' },
    })).toEqual([{
      port: 'metrics', path: '/internal/metrics', scheme: 'https', interval: '60s', scrapeTimeout: '60s',
      tlsConfig: { ca: { secret: { name: 'web-ca', key: 'ca.crt' } }, serverName: 'web.shop.svc' },
      authorization: { type: 'Bearer', credentials: { name: 'scrape', key: 'token' } },
    }]);
    expect(endpointOf({ scheme: HttpScheme.HTTPS, unsafeSkipTlsVerify: true })).toEqual([
      { port: 'metrics', path: '/metrics', scheme: 'https', tlsConfig: { insecureSkipVerify: true } },
    ]);
    expect(endpointOf({ scheme: HttpScheme.HTTP, unsafeSkipTlsVerify: false, interval: Duration.seconds(1) })).toEqual([
      { port: 'metrics', path: '/metrics', scheme: 'http', interval: '1s' },
    ]);
  });

  test('without metrics there is neither a port, nor an annotation, nor a PodMonitor', () => {
    const objects = rendered({});
    expect(objects.map(({ kind }) => kind)).not.toContain('PodMonitor');
    expect(portsOf(objects)).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
    expect(templateOf(objects).metadata.annotations).toBeUndefined();
  });

  test('synth twice gives the same', () => {
    const chart = charted(OPERATOR);
    new Server(chart, 'web', { metrics: Metrics.onPort(9090) });
    expect(accepted(chart)).toEqual(accepted(chart));
  });

  test('a PodMonitor that is patched or written by hand finds pods and their ports, too', () => {
    const chart = charted(OPERATOR);
    new Server(chart, 'web', { metrics: Metrics.onPort(9090) }).podMonitor?.addJsonPatch(JsonPatch.replace('/spec/podMetricsEndpoints/0/port', 'metric'));
    const byHand = (id: string, spec: object) => new Manifest(chart, id, { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', spec });
    const selector = { matchLabels: { 'app.kubernetes.io/instance': 'wep' } };
    byHand('numbered', { selector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } }, podMetricsEndpoints: [{ portNumber: 9090 }] });
    byHand('elsewhere', { namespaceSelector: { any: true }, selector, podMetricsEndpoints: [{ port: 'metric' }] });
    byHand('nowhere', { selector, podMetricsEndpoints: [{ port: 'metric' }] });
    expect(mistakes(chart)).toEqual([
      "[shop/nowhere] KEELSON1413 'spec.selector' must be the label of pods that the app makes in the same namespace, got app.kubernetes.io/instance=wep: "
      + 'name the workload as its construct does, or select pods made elsewhere by another label',
      "[shop/web/PodMonitor] KEELSON1418 'spec.podMetricsEndpoints.port' must be a port name that the selected pods declare (http, metrics), got metric: "
      + 'name one of them, or give the number',
    ]);
  });

  test('the workload shows its PodMonitor, for patches', () => {
    const chart = charted(OPERATOR);
    expect(new Server(chart, 'web', { metrics: Metrics.onPort(9090) }).podMonitor?.name).toBe('web');
    expect(new Server(chart, 'plain').podMonitor).toBeUndefined();
  });
});

describe('O1 only monitoring reaches the port of the metrics', () => {
  test('a further port is declared by the main container, and offered to nobody', () => {
    const chart = charted(OPERATOR);
    const web = new Server(chart, 'web', { metrics: Metrics.onPort(9090) });
    new Server(chart, 'client').connections.to(web);
    const objects = accepted(chart);
    expect(portsOf(objects)).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }, { name: 'metrics', containerPort: 9090, protocol: 'TCP' }]);
    expect(ingressOf(objects)).toEqual([
      { from: [PROMETHEUS], ports: [{ protocol: 'TCP', port: 9090 }] },
      { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'client' } } }], ports: [{ protocol: 'TCP', port: 8080 }] },
    ]);
  });

  test('a Service leads there only where it is told to', () => {
    const chart = charted(OPERATOR);
    const web = new Server(chart, 'web', { metrics: Metrics.onPort(9090) });
    new Service(chart, 'offered', { backends: [web] });
    new Service(chart, 'scraped', { backends: [web], ports: [{ target: 'metrics' }] });
    const portsOfService = (name: string) => named(accepted(chart), 'Service', name).spec.ports.map(({ port }: { port: number }) => port);
    expect([portsOfService('offered'), portsOfService('scraped')]).toEqual([[8080], [9090]]);
  });

  test('a port of the app stays one', () => {
    const chart = charted(OPERATOR);
    const web = new Server(chart, 'web', { metrics: Metrics.onPort(8080, { path: '/admin/metrics' }) });
    new Server(chart, 'client').connections.to(web);
    const objects = accepted(chart);
    expect(portsOf(objects)).toHaveLength(1);
    expect(named(objects, 'PodMonitor', 'web').spec.podMetricsEndpoints).toEqual([{ port: 'http', path: '/admin/metrics' }]);
    expect(ingressOf(objects).map(({ ports }: { ports: object[] }) => ports)).toEqual([[{ protocol: 'TCP', port: 8080 }], [{ protocol: 'TCP', port: 8080 }]]);
  });

  test('somebody else is let in where it is said', () => {
    const chart = charted(OPERATOR);
    new Server(chart, 'web', { metrics: Metrics.onPort(9090) }).connections.from(Peer.namespace('debug'), { ports: [Port.tcp(9090)] });
    expect(mistakes(chart)).toEqual([]);
  });

  test.each(['sidecars', 'containers'] as const)('a port of one of the %s is taken by its name', (prop) => {
    const exporter = { name: 'exporter', image: 'registry.example.com/tools/exporter:1.4.2', ports: [{ number: 9187, name: 'exporter' }] };
    const objects = rendered({ metrics: Metrics.onPort(9187), [prop]: [exporter] });
    expect(portsOf(objects)).toHaveLength(1);
    expect(named(objects, 'PodMonitor', 'web').spec.podMetricsEndpoints).toEqual([{ port: 'exporter', path: '/metrics' }]);
    expect(ingressOf(objects)).toEqual([{ from: [PROMETHEUS], ports: [{ protocol: 'TCP', port: 9187 }] }]);
  });

  test('a port that has the name, or the number in another protocol, is another one', () => {
    const objects = rendered({ metrics: Metrics.onPort(9090) }, { ports: [{ number: 9091, name: 'metrics' }, { number: 9090, name: 'media', protocol: Protocol.UDP }] });
    expect(portsOf(objects)[2]).toEqual({ name: 'tcp-9090', containerPort: 9090, protocol: 'TCP' });
    expect(named(objects, 'PodMonitor', 'web').spec.podMetricsEndpoints).toEqual([{ port: 'tcp-9090', path: '/metrics' }]);
  });

  test('a workload without ports has the one', () => {
    const objects = rendered({ metrics: Metrics.onPort(9090) }, { ports: [] });
    expect(portsOf(objects)).toEqual([{ name: 'metrics', containerPort: 9090, protocol: 'TCP' }]);
  });
});

describe('O1 metrics by annotations, where the profile asks for them', () => {
  test('pods carry them, and no PodMonitor is made', () => {
    const objects = rendered({ metrics: Metrics.onPort(9090), podAnnotations: { team: 'shop' } }, {}, ANNOTATED);
    expect(templateOf(objects).metadata.annotations).toEqual({
      'prometheus.io/path': '/metrics', 'prometheus.io/port': '9090', 'prometheus.io/scrape': 'true', 'team': 'shop',
    });
    expect(objects.map(({ kind }) => kind)).not.toContain('PodMonitor');
    expect(ingressOf(objects)).toMatchObject([{ ports: [{ protocol: 'TCP', port: 9090 }] }]);
  });

  test('path and scheme are said', () => {
    const objects = rendered({ metrics: Metrics.onPort(8080, { path: '/q/metrics', scheme: HttpScheme.HTTPS }) }, {}, ANNOTATED);
    expect(templateOf(objects).metadata.annotations).toEqual({
      'prometheus.io/path': '/q/metrics', 'prometheus.io/port': '8080', 'prometheus.io/scheme': 'https', 'prometheus.io/scrape': 'true',
    });
  });

  test('they win over PodMonitors that the cluster has, or not', () => {
    const profile = { ...ANNOTATED, customResources: [] };
    expect(mistakesOfServer({ metrics: Metrics.onPort(9090) }, {}, profile)).toEqual([]);
  });

  test('what no annotation says is refused', () => {
    const fix = "set it in Prometheus' own configuration, or scrape by PodMonitors";
    const got = 'got one, with a cluster profile whose monitoring finds pods by annotations';
    expect(mistakesOf({ interval: Duration.seconds(30), scrapeTimeout: Duration.seconds(5) }, ANNOTATED)).toEqual([
      `KEELSON1672 'metrics.interval' must be left out there: no annotation says it, ${got}: ${fix}`,
      `KEELSON1672 'metrics.scrapeTimeout' must be left out there: no annotation says it, ${got}: ${fix}`,
    ]);
    expect(mistakesOf({ bearerToken: { secret: Secret.fromSecretName('scrape'), key: 'token' } }, ANNOTATED)).toEqual([
      `KEELSON1672 'metrics.bearerToken' must be left out there: no annotation says it, ${got}: ${fix}`,
    ]);
  });

  test('an annotation that the user writes too is refused', () => {
    expect(mistakesOfServer({ metrics: Metrics.onPort(9090), podAnnotations: { 'prometheus.io/port': '9091' } }, {}, ANNOTATED)).toEqual([
      "KEELSON1677 'metrics' must be said once, got 'prometheus.io/port' in 'podAnnotations' too: remove the annotation: the metrics say it",
    ]);
  });
});

test('O1 metrics on a cluster that nobody is known to scrape: the port is there, nobody is let in, and it is said once', () => {
  const chart = charted({ version: '1.33' });
  ['web', 'api'].forEach(name => new Server(chart, name, { metrics: Metrics.onPort(9090) }));
  const objects = accepted(chart);
  expect(objects.filter(({ kind }) => kind === 'PodMonitor')).toEqual([]);
  expect(named(objects, 'Deployment', 'web').spec.template.spec.containers[0].ports).toContainEqual({ name: 'metrics', containerPort: 9090, protocol: 'TCP' });
  expect(JSON.stringify(named(objects, 'NetworkPolicy', 'web').spec.ingress)).not.toContain('9090');
  expect(Warnings.of(chart)).toEqual(['[shop] KEELSON1670 its workloads have metrics, and the cluster profile names no monitoring, so that nobody scrapes them '
    + "and nobody is let in: set the profile's 'monitoring', such as Monitoring.kubePrometheusStack()"]);
});

describe('O1 metrics: refused', () => {
  test('a cluster without PodMonitors', () => {
    expect(mistakesOf({}, { ...OPERATOR, customResources: ['monitoring.coreos.com/v1/PodMonitor'] })).toEqual([]);
    expect(mistakesOf({}, { ...OPERATOR, customResources: ['cert-manager.io/v1/Certificate'] })).toEqual([
      "KEELSON1671 'metrics' must be such as the monitoring finds, got some, with a cluster profile that has no PodMonitors: "
      + "add 'monitoring.coreos.com/v1/PodMonitor' to the profile's 'customResources', or say 'scrapeAnnotations' in its 'monitoring'",
    ]);
  });

  test('a port that can\'t be', () => {
    expect(mistakesOf({}, OPERATOR, 65535)).toEqual([]);
    expect(mistakesOf({}, OPERATOR, 65536)).toEqual(["KEELSON1090 'metrics.port' must be an integer from 1 to 65535, got 65536: give the port that is listened on"]);
  });

  test.each([
    ['metrics', "KEELSON1230 'metrics.path' must be a path from '/' on, without spaces, '#', '..' and a second '/' at its start, got 'metrics': try '/metrics'"],
    ['/metrics?format=prometheus', "KEELSON1674 'metrics.path' must be a path without '?' and '%', which Prometheus escapes, got '/metrics?format=prometheus': "
      + "leave the query out, and add it to 'params' of the PodMonitor by a patch"],
    ['/a%20b', "KEELSON1674 'metrics.path' must be a path without '?' and '%', which Prometheus escapes, got '/a%20b': "
      + "leave the query out, and add it to 'params' of the PodMonitor by a patch"],
  ])('the path %s', (path, message) => {
    expect(mistakesOf({ path })).toEqual([message]);
  });

  test('times that Prometheus refuses', () => {
    expect(mistakesOf({ interval: Duration.millis(1500) })).toEqual(["KEELSON1123 'metrics.interval' must be whole seconds, got 1.5 s: try Duration.seconds(2)"]);
    expect(mistakesOf({ interval: Duration.seconds(30), scrapeTimeout: Duration.seconds(31) })).toEqual([
      "KEELSON1673 'metrics.scrapeTimeout' must be at most as long as the interval, 30 s, got 31 s: shorten it, or scrape less often",
    ]);
    expect(mistakesOf({ scrapeTimeout: Duration.seconds(10) })).toEqual([
      "KEELSON1676 'metrics.scrapeTimeout' must be left out where 'interval' isn't given, got 10 s: give 'interval' too: no scrape may take longer",
    ]);
  });

  test('what is of TLS, without it', () => {
    const fix = 'say scheme: HttpScheme.HTTPS, or remove it';
    expect(mistakesOf({ ca: { secret: Secret.fromSecretName('web-ca'), key: 'ca.crt' }, serverName: 'web.example.com', unsafeSkipTlsVerify: true })).toEqual([
      `KEELSON1675 'metrics.ca' must be left out where the scheme is HTTP, got one: ${fix}`,
      `KEELSON1675 'metrics.serverName' must be left out where the scheme is HTTP, got web.example.com: ${fix}`,
      `KEELSON1675 'metrics.unsafeSkipTlsVerify' must be left out where the scheme is HTTP, got true: ${fix}`,
    ]);
  });

  test('a Secret that is none, elsewhere, or without the key', () => {
    const scheme = HttpScheme.HTTPS;
    expect(mistakesOf({ scheme, ca: { secret: Secret.fromSecretName('web-ca', 'other'), key: 'ca crt' } })).toEqual([
      "KEELSON1301 'metrics.ca.secret' must be a Secret of namespace 'shop', got 'web-ca' of namespace 'other': pods reach their own namespace only: have the Secret there too",
      "KEELSON1302 'metrics.ca.key' must be a key of letters, digits, '-', '_' and '.', got 'ca crt': try 'ca-crt'",
    ]);
    expect(mistakesOf({ bearerToken: { secret: ConfigMap.fromConfigMapName('scrape'), key: 'token' } })).toEqual([
      "KEELSON1300 'metrics.bearerToken.secret' must be a Secret, got the ConfigMap 'scrape': pass a Secret, or use the factory for a ConfigMap",
    ]);
    const chart = charted(OPERATOR);
    const secret = Secret.unsafePlaintext(chart, 'scrape', { stringData: { password: 'x' } });
    new Server(chart, 'web', { metrics: Metrics.onPort(9090, { bearerToken: { secret, key: 'token' } }) });
    expect(mistakes(chart)).toEqual([
      "[shop/web] KEELSON1303 'metrics' must be a key of the Secret 'scrape' (it has 'password'), got 'token': add the key, or make the reference optional",
    ]);
  });
});
