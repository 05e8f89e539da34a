import { ClusterProfile, Gateway, GatewayApi, Health, IngressController, Listener, Warnings, type ClusterProfileProps } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { ApiObject, Chart, Testing, type App } from 'cdk8s';
import { WebApp, type Exposure } from '../src';

/** A gateway for plain HTTP, and for HTTPS of hosts of which the platform has the certificates. */
export const edge = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })] });

/** A gateway to which apps bring their certificates. */
export const open = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http()], admitsListenerSets: true });

/** Clusters by what they have. */
export const clusters: Record<string, ClusterProfileProps> = {
  gateway: { gateway: edge },
  listenerSets: { gateway: open, gatewayApi: GatewayApi.standard('1.5') },
  nginx: { ingress: IngressController.ingressNginx() },
  traefik: { ingress: IngressController.traefik() },
};

/** A cluster with apps. */
export class Cluster {
  public readonly app: App = Testing.app();

  public constructor(props: ClusterProfileProps = {}) {
    ClusterProfile.kubernetes(props).applyTo(this.app);
  }

  /** An app on port 8080 with Service port 80, and its exposures, the first of them as its prop. */
  public expose([exposure, ...more]: Exposure[], name = 'shop', namespace = 'shop'): WebApp {
    const chart = this.app.node.tryFindChild(namespace) ?? new Chart(this.app, namespace, { namespace });
    const web = new WebApp(chart, name, {
      image: 'registry.example.com/shop/web:1.8.2', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }), exposure,
    });
    more.forEach(other => web.expose(other));
    return web;
  }

  /** An app with a further port `admin`, exposed as its chart lets one say. */
  public exposeBy(exposure: (chart: Chart) => Exposure): WebApp {
    const chart = new Chart(this.app, 'shop', { namespace: 'shop' });
    return new WebApp(chart, 'shop', {
      image: 'registry.example.com/shop/web:1.8.2', port: 8080, ports: [{ name: 'admin', number: 9090 }],
      health: Health.http({ ready: '/readyz', live: '/livez' }), exposure: exposure(chart),
    });
  }

  /** What it renders, read at any depth, as cdk8s' own type of it lets one. */
  public objects(): ReturnType<Chart['toJson']> {
    return this.app.charts.flatMap(chart => chart.toJson());
  }

  /** The objects of one kind by name; all of them are what an API server takes. */
  public specs(kind: string): Record<string, ReturnType<Chart['toJson']>[number]> {
    const wrong = [...this.mistakes(), ...validateManifests(this.objects())];
    if (wrong.length > 0) {
      throw new Error(wrong.join('\n'));
    }
    return Object.fromEntries(this.objects().filter(object => object.kind === kind).map(({ metadata, spec }) => [metadata.name, spec]));
  }

  /** Kind and name of what leads to the app. */
  public routes(): string[] {
    return this.app.node.findAll().filter(construct => construct instanceof ApiObject)
      .filter(({ kind }) => ['HTTPRoute', 'Ingress', 'ListenerSet', 'Gateway', 'Certificate'].includes(kind)).map(({ kind, name }) => `${kind} ${name}`);
  }

  public mistakes(): string[] {
    return this.app.node.findAll().flatMap(({ node }) => node.validate().map(text => `[${node.path}] ${text}`)).sort();
  }

  public warnings(): string[] {
    return Warnings.of(this.app);
  }
}
