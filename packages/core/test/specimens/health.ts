import { Duration } from 'cdk8s';
import { Health, HttpScheme, Probe } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const MAIN = 'Deployment spec.template.spec.containers[0]';
const readiness = { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 };
const liveness = { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 };
const is = (probe: string, value: object) => `${MAIN}.${probe} has ${JSON.stringify(value)}`;

export const http = specimen({
  title: 'core-health-http',
  shows: [
    is('readinessProbe', { httpGet: { path: '/readyz', port: 'http' }, ...readiness }),
    is('livenessProbe', { httpGet: { path: '/livez', port: 'http' }, ...liveness }),
    is('startupProbe', { httpGet: { path: '/livez', port: 'http' }, periodSeconds: 5, failureThreshold: 30 }),
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {}, { health: Health.http({ ready: '/readyz', live: '/livez' }) });
  },
});

export const httpOptions = specimen({
  title: 'core-health-http-options',
  shows: [
    is('readinessProbe', { httpGet: { path: '/ready', port: 9443, scheme: 'HTTPS', httpHeaders: [{ name: 'Host', value: 'shop.example.com' }] } }),
    is('startupProbe', { httpGet: { path: '/started', port: 9443, scheme: 'HTTPS' }, failureThreshold: 60 }),
  ],
  define: (chart) => {
    const health = Health.http({
      ready: '/ready', live: '/alive', startup: '/started', port: 9443, scheme: HttpScheme.HTTPS, headers: { Host: 'shop.example.com' },
      startupTimeout: Duration.minutes(5),
    });
    new Server(chart, 'checkout', {}, { health, ports: [{ number: 8443, name: 'https' }, { number: 9443, name: 'admin' }] });
  },
});

export const grpc = specimen({
  title: 'core-health-grpc',
  shows: [
    is('readinessProbe', { grpc: { port: 9000, service: 'shop.Prices' } }),
    is('livenessProbe', { grpc: { port: 9000, service: 'live' } }),
    is('startupProbe', { grpc: { port: 9000, service: 'live' }, failureThreshold: 12 }),
  ],
  define: (chart) => {
    const health = Health.grpc({ ready: 'shop.Prices', live: 'live', port: 9000, startupTimeout: Duration.minutes(1) });
    new Server(chart, 'prices', {}, { health, ports: [{ number: 9000, name: 'grpc' }] });
  },
});

export const exec = specimen({
  title: 'core-health-exec',
  shows: [
    is('readinessProbe', { exec: { command: ['/app/check', 'ready'] } }),
    is('livenessProbe', { exec: { command: ['/app/check', 'live'] } }),
    is('startupProbe', { exec: { command: ['/app/check', 'live'] }, failureThreshold: 24 }),
  ],
  define: (chart) => {
    const health = Health.exec({ ready: ['/app/check', 'ready'], live: ['/app/check', 'live'], startupTimeout: Duration.minutes(2) });
    new Server(chart, 'mailer', {}, { health });
  },
});

export const tcp = specimen({
  title: 'core-health-tcp',
  shows: [
    is('readinessProbe', { tcpSocket: { port: 6379 } }),
    is('startupProbe', { tcpSocket: { port: 6379 }, failureThreshold: 6 }),
    `${MAIN}.livenessProbe is absent`,
  ],
  define: (chart) => {
    const health = Health.tcp({ port: 6379, startupTimeout: Duration.seconds(30) });
    new Server(chart, 'cache', {}, { health, ports: [{ number: 6379, name: 'redis' }] });
  },
});

export const probes = specimen({
  title: 'core-health-probes',
  shows: [
    is('readinessProbe', {
      httpGet: { path: '/readyz', port: 8080, scheme: 'HTTP', httpHeaders: [{ name: 'X-Probe', value: 'ready' }] }, periodSeconds: 3, timeoutSeconds: 3, successThreshold: 2,
    }),
    is('livenessProbe', { tcpSocket: { port: 'http' }, initialDelaySeconds: 20, failureThreshold: 10, terminationGracePeriodSeconds: 5 }),
    is('startupProbe', { exec: { command: ['/app/check', 'started'] } }),
  ],
  define: (chart) => {
    const health = Health.probes({
      readiness: Probe.http('/readyz', {
        port: 8080, scheme: HttpScheme.HTTP, headers: { 'X-Probe': 'ready' }, period: Duration.seconds(3), timeout: Duration.seconds(3), successThreshold: 2,
      }),
      liveness: Probe.tcp({ initialDelay: Duration.seconds(20), failureThreshold: 10, terminationGracePeriod: Duration.seconds(5) }),
      startup: Probe.exec(['/app/check', 'started']),
    });
    new Server(chart, 'checkout', {}, { health });
  },
});

export const grpcProbe = specimen({
  title: 'core-health-probes-grpc',
  shows: [is('readinessProbe', { grpc: { port: 8080, service: 'readiness' } }), `${MAIN}.startupProbe is absent`],
  define: (chart) => {
    new Server(chart, 'prices', {}, { health: Health.probes({ readiness: Probe.grpc({ service: 'readiness' }) }) });
  },
});
