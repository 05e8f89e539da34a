import { Health } from '@keelson/core';
import { WebApp, type Exposure, type WebAppProps } from '@keelson/web';
import type { Chart } from 'cdk8s';
import { PORTS } from '../back-end/ports.js';

/** An app that speaks HTTP, reached in these ways. */
export function webApp(chart: Chart, name: string, exposures: readonly Exposure[], props: Partial<WebAppProps> = {}): WebApp {
  const app = new WebApp(chart, name, {
    ...props,
    image: 'registry.example.com/edge/app:1.0.0',
    port: props.port ?? PORTS.http,
    health: props.health ?? Health.http({ ready: '/readyz', live: '/livez' }),
  });
  exposures.forEach((each) => { app.expose(each); });
  return app;
}
