import { Duration, Size } from 'cdk8s';
import { before, since } from '@keelson/testing/specimen';
import { EnvValue, PreStop, Probe, Protocol } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const POD = 'Deployment spec.template.spec';
const MAIN = `${POD}.containers[0]`;
const PROXY = { name: 'proxy', image: 'registry.example.com/platform/proxy:1.4.2' };

export const command = specimen({
  title: 'core-container-command',
  shows: [
    `${MAIN}.command = [/usr/bin/java]`,
    `${MAIN}.args = [-jar, /app/checkout.jar, --level, $(LEVEL)]`,
    `${MAIN}.workingDir = /app`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      command: ['/usr/bin/java'], args: ['-jar', '/app/checkout.jar', '--level', '$(LEVEL)'], workingDir: '/app',
      env: { LEVEL: EnvValue.fromValue('info') },
    });
  },
});

export const writablePaths = specimen({
  title: 'core-container-writable-paths',
  shows: [
    `${MAIN}.securityContext.readOnlyRootFilesystem = true`,
    `${POD}.volumes has { emptyDir: { sizeLimit: 128Mi } }`,
    `${MAIN}.volumeMounts has { mountPath: /var/cache/nginx }`,
    `${MAIN}.volumeMounts has { mountPath: /var/run }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', { writablePaths: { '/var/cache/nginx': Size.mebibytes(128), '/var/run': Size.mebibytes(8) } });
  },
});

export const writable = specimen({
  title: 'core-container-writable',
  shows: [`${MAIN}.securityContext.readOnlyRootFilesystem = false`],
  define: (chart) => {
    new Server(chart, 'wiki', { unsafeWritableRootFilesystem: true });
  },
});

export const ports = specimen({
  title: 'core-container-ports',
  shows: [
    `${MAIN}.ports = [{ name: http, containerPort: 8080, protocol: TCP }, { name: udp-5060, containerPort: 5060, protocol: UDP }, { name: diameter, containerPort: 3868, protocol: SCTP }, { name: metrics, containerPort: 9090, protocol: TCP }]`,
    'NetworkPolicy spec.ingress[0].ports has { port: 9090, protocol: TCP }',
  ],
  define: (chart) => {
    const phone = new Server(chart, 'phone', {}, {
      ports: [
        { number: 8080, name: 'http', protocol: Protocol.TCP, appProtocol: 'http' },
        { number: 5060, protocol: Protocol.UDP },
        { number: 3868, protocol: Protocol.SCTP, name: 'diameter' },
      ],
    });
    phone.pods.addPort({ number: 9090, name: 'metrics' });
  },
});

export const hostPort = specimen({
  title: 'core-container-host-port',
  shows: [`${MAIN}.ports = [{ name: syslog, containerPort: 5140, hostPort: 514, protocol: UDP }]`],
  define: (chart) => {
    new Server(chart, 'syslog', {}, { ports: [{ number: 5140, name: 'syslog', protocol: Protocol.UDP, unsafeHostPort: 514 }] });
  },
});

export const beside = specimen({
  title: 'core-container-beside',
  shows: [
    `${POD}.initContainers[name=migrate] has { image: "registry.example.com/shop/migrate:1.8.2", command: [/migrate] }`,
    `${POD}.containers[name=exporter].ports = [{ name: metrics, containerPort: 9102, protocol: TCP }]`,
    `${POD}.containers[name=exporter].readinessProbe.httpGet = { path: /-/ready, port: metrics }`,
    `${POD}.containers[name=exporter].livenessProbe.httpGet = { path: /-/healthy, port: metrics }`,
    `${POD}.containers[name=exporter].startupProbe.httpGet = { path: /-/healthy, port: metrics }`,
    since('1.29', `${POD}.initContainers[name=proxy].restartPolicy = Always`),
    before('1.29', `${POD}.containers[name=proxy] has { name: proxy }`),
  ],
  warns: [before('1.29', 'KEELSON1212')],
  define: (chart) => {
    new Server(chart, 'checkout', {
      initContainers: [{ name: 'migrate', image: 'registry.example.com/shop/migrate:1.8.2', command: ['/migrate'] }],
      sidecars: [PROXY],
      containers: [{
        name: 'exporter', image: 'registry.example.com/platform/exporter:0.15.0', ports: [{ number: 9102, name: 'metrics' }],
        readiness: Probe.http('/-/ready'), liveness: Probe.http('/-/healthy'), startup: Probe.http('/-/healthy'),
      }],
    });
  },
});

export const added = specimen({
  title: 'core-container-added',
  shows: [
    `${POD}.initContainers[0].name = migrate`,
    `${POD}.containers[name=exporter] has { name: exporter }`,
    since('1.29', `${POD}.initContainers[1].name = proxy`),
    before('1.29', `${POD}.containers[name=proxy] has { name: proxy }`),
  ],
  warns: [before('1.29', 'KEELSON1212')],
  define: (chart) => {
    const { pods } = new Server(chart, 'checkout');
    pods.addInitContainer({ name: 'migrate', image: 'registry.example.com/shop/migrate:1.8.2' });
    pods.addSidecar(PROXY);
    pods.addContainer({ name: 'exporter', image: 'registry.example.com/platform/exporter:0.15.0' });
  },
});

export const drain = specimen({
  title: 'core-pre-stop-drain',
  shows: [
    since('1.30', `${MAIN}.lifecycle = { preStop: { sleep: { seconds: 15 } } }`),
    before('1.30', `${MAIN}.lifecycle = { preStop: { exec: { command: [sleep, "15"] } } }`),
    `${POD}.terminationGracePeriodSeconds = 45`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', { preStop: PreStop.drain({ fallbackCommand: ['sleep', '15'] }) });
  },
});

export const sleep = specimen({
  title: 'core-pre-stop-sleep',
  shows: [`${MAIN}.lifecycle = { preStop: { sleep: { seconds: 25 } } }`, `${POD}.terminationGracePeriodSeconds = 60`],
  refused: [before('1.30', 'KEELSON1261')],
  define: (chart) => {
    new Server(chart, 'checkout', { preStop: PreStop.sleep(Duration.seconds(25)), terminationGracePeriod: Duration.minutes(1) });
  },
});

export const exec = specimen({
  title: 'core-pre-stop-exec',
  shows: [`${MAIN}.lifecycle = { preStop: { exec: { command: [/app/flush, --queue, orders] } } }`],
  define: (chart) => {
    new Server(chart, 'checkout', { preStop: PreStop.exec(['/app/flush', '--queue', 'orders']) });
  },
});

export const none = specimen({
  title: 'core-pre-stop-none',
  shows: [`${MAIN}.lifecycle is absent`, `${POD}.terminationGracePeriodSeconds = 30`],
  define: (chart) => {
    new Server(chart, 'mailer', { preStop: PreStop.none() });
  },
});
