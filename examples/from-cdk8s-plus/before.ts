import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';

const CONTAINER = {
  portNumber: 8080,
  readiness: kplus.Probe.fromHttpGet('/readyz', { port: 8080 }),
  liveness: kplus.Probe.fromHttpGet('/livez', { port: 8080 }),
  resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) } },
};

/** The shop as it is written with cdk8s-plus-27 alone. */
export function before(app: App): void {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });

  const catalogue = new kplus.Deployment(chart, 'catalogue', {
    replicas: 3,
    isolate: true,
    containers: [{ ...CONTAINER, image: 'registry.example.com/shop/catalogue:2.3.0' }],
  });
  const catalogueService = catalogue.exposeViaService({ name: 'catalogue', ports: [{ port: 80, targetPort: 8080 }] });

  const settings = new kplus.ConfigMap(chart, 'settings', { data: { 'shop.yaml': 'currency: EUR\npage-size: 24\n' } });
  const session = kplus.Secret.fromSecretName(chart, 'session', 'storefront-session');
  const storefront = new kplus.Deployment(chart, 'storefront', {
    isolate: true,
    spread: true,
    terminationGracePeriod: Duration.seconds(45),
    containers: [{
      ...CONTAINER,
      image: 'registry.example.com/shop/storefront:1.8.2',
      envVariables: {
        CATALOGUE_URL: kplus.EnvValue.fromValue(`http://${catalogueService.name}`),
        SESSION_KEY_FILE: kplus.EnvValue.fromValue('/etc/storefront/session/key'),
      },
      volumeMounts: [
        { path: '/etc/storefront/settings', volume: kplus.Volume.fromConfigMap(chart, 'settings-volume', settings) },
        { path: '/etc/storefront/session', volume: kplus.Volume.fromSecret(chart, 'session-volume', session) },
      ],
    }],
  });
  new kplus.HorizontalPodAutoscaler(chart, 'storefront-scaling', {
    target: storefront,
    minReplicas: 3,
    maxReplicas: 12,
    metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
  });

  const ingress = new kplus.Ingress(chart, 'ingress', {
    className: 'traefik',
    tls: [{ hosts: ['shop.example.com'], secret: kplus.Secret.fromSecretName(chart, 'tls', 'shop-example-com-tls') }],
  });
  const storefrontService = storefront.exposeViaService({ name: 'storefront', ports: [{ port: 80, targetPort: 8080 }] });
  ingress.addHostRule('shop.example.com', '/', kplus.IngressBackend.fromService(storefrontService));

  const controller = kplus.Pods.select(chart, 'ingress-controller', {
    labels: { 'app.kubernetes.io/name': 'traefik' }, namespaces: kplus.Namespaces.select(chart, 'ingress-namespace', { names: ['traefik'] }),
  });
  storefront.connections.allowFrom(controller, { isolation: kplus.PodConnectionsIsolation.POD });
  storefront.connections.allowTo(catalogue);
}
