import { Certificate, ClusterProfile, ConfigMap, Cpu, EnvFrom, EnvValue, Health, IngressController, Peer, Port, Secret, Volume } from '@keelson/core';
import { Exposure, Scaling, WebApp } from '@keelson/web';
import { Duration, Size } from 'cdk8s';
import type { Construct } from 'constructs';

/** The cluster of the workload: its routes are Ingresses, which is what cdk8s-plus-27 and kustomize have as well. */
export const CLUSTER = ClusterProfile.kubernetes({ version: '1.33', ingress: IngressController.traefik() });

/** One web app as a user writes it: nine objects. */
export function ourApp(scope: Construct, id: string): void {
  const settings = new ConfigMap(scope, `${id}-settings`, {
    data: { LOG_LEVEL: 'info', FEATURE_FLAGS: 'a,b,c', REPORT_URL: `https://${id}.example.com/report` },
  });
  const app = new WebApp(scope, id, {
    image: `registry.example.com/team/${id}:1.2.3`,
    port: 8080,
    health: Health.http({ ready: '/readyz', live: '/livez' }),
    envFrom: [EnvFrom.configMap(settings)],
    env: { APP_ID: EnvValue.fromValue(id), PASSWORD: Secret.fromSecretName(`${id}-database`).envValue('password') },
    volumes: { '/etc/app': Volume.inline({ 'app.properties': `id=${id}\nmode=production\nurl=https://${id}.example.com/\n` }) },
    writablePaths: { '/tmp': Size.mebibytes(64) },
    resources: { cpuRequest: Cpu.millis(200), memoryRequest: Size.mebibytes(256), memoryLimit: Size.mebibytes(512) },
    scaling: Scaling.onCpu({ min: 2, max: 10, percent: 70, scaleDownStabilization: Duration.minutes(5) }),
    exposure: Exposure.https(`${id}.example.com`, { certificate: Certificate.fromSecret(Secret.fromSecretName(`${id}-tls`)) }),
  });
  app.connections.to(Peer.cidr('10.0.0.0/8'), { ports: [Port.tcp(5432)] });
}
