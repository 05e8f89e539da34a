import { ClusterProfile, Faults, Gateway, GatewayImplementation, HostName, Listener, ListenerProtocol, Manifest, Peer } from '@keelson/core';
import { identityOf, secretFor } from './certificate-secret';
import { gatewayFlavor, routeKinds } from './edge/gateway-api-supports';
import { Flavor } from './edge/support';
import { extensionOf } from './gateway-api/extensions';
import { defineRoutes } from './http-routes';
import { letIn } from './let-in';
import { PerCluster } from './per-cluster';
import { hostLabel, sharedLabels } from './route-names';
import { CertifiedNames, ParentReference, RouteParent, TlsReference } from './route-parent';
import { ExposureRequest, placeIn, Route, TargetRenderer } from './target-renderer';

const GROUP = 'gateway.networking.k8s.io';

/** Routes at a gateway that the platform runs. */
export class GatewayApiTarget implements TargetRenderer {
  public readonly text: string;
  public readonly flavor: Flavor;
  public readonly place: string;
  public readonly kinds: readonly string[];
  public readonly leadsToOtherNamespaces = true;

  public constructor(private readonly gateway: Gateway) {
    this.text = textOf(gateway);
    this.flavor = gatewayFlavor(gateway.implementation);
    this.place = gateway.implementation === GatewayImplementation.TRAEFIK ? placeIn(gateway.pods.namespace) : this.text;
    this.kinds = routeKinds(gateway.implementation);
  }

  public render(request: ExposureRequest): void {
    defineRoutes(request, new PlatformGateway(this.gateway, request), extensionOf(this.gateway.implementation));
  }
}

/** The listener that an app has added to a gateway for one host. */
interface AddedListener {
  readonly ref: ParentReference;
  readonly path: string;
  readonly namespace: string | undefined;
  readonly certificate: string;
  /** Which host's certificate it shows: its own, or the one that it redirects to. */
  readonly certifiedHost: string | undefined;
}

/** A second listener of one host is in conflict with the first, and serves nothing. */
const added = new PerCluster<AddedListener>();

class PlatformGateway implements RouteParent {
  public readonly text: string;

  public constructor(private readonly gateway: Gateway, private readonly request: ExposureRequest) {
    this.text = textOf(gateway);
  }

  public letIn(request: ExposureRequest): void {
    letIn(request, Peer.gateway(this.gateway));
  }

  public http({ host }: Route): ParentReference | undefined {
    return this.sectionOf(serving(this.gateway, ListenerProtocol.HTTP, host));
  }

  public https(route: Route, certified: CertifiedNames): TlsReference | undefined {
    const own = this.ownListener(route);
    if (own !== undefined) {
      return { ref: this.referenceTo(own), port: own.port };
    }
    const ref = this.addedListener(route, certified);
    return ref === undefined ? undefined : { ref, port: this.httpsPort };
  }

  /** A listener that ends the host's TLS with the platform's certificate; ours isn't needed then. */
  private ownListener({ host }: Route): Listener | undefined {
    const listener = serving(this.gateway, ListenerProtocol.HTTPS, host);
    return listener?.ownCertificate === true ? listener : undefined;
  }

  private sectionOf(listener: Listener | undefined): ParentReference | undefined {
    return listener === undefined ? undefined : this.referenceTo(listener);
  }

  private referenceTo({ name }: Listener): ParentReference {
    return { name: this.gateway.name, ...this.place(), sectionName: name };
  }

  /** Where clients of its HTTPS listeners connect to. */
  private get httpsPort(): number {
    return this.gateway.listeners.find(({ protocol }) => protocol === ListenerProtocol.HTTPS)?.port ?? 443;
  }

  private place(): { namespace?: string } {
    return this.gateway.namespace === this.request.namespace ? {} : { namespace: this.gateway.namespace };
  }

  private addedListener(route: Route, certified: CertifiedNames): ParentReference | undefined {
    const { app, exposure, namespace } = this.request;
    if (!this.admits(route)) {
      return undefined;
    }
    if (exposure.certificate === undefined) {
      this.report('KEELSON2018', `none for ${route.text}, which no listener of ${this.text} has one for`, 'given where the gateway has none',
        'try Certificate.issuedBy(…)', 'certificate');
      return undefined;
    }
    const known = added.at(app.scope);
    const key = this.keyOf(route);
    const other = known.get(key);
    const shared = other === undefined ? undefined : this.shared(route, other, identityOf(exposure.certificate));
    if (other !== undefined && shared === undefined) {
      return undefined;
    }
    if (shared !== undefined && other?.certifiedHost !== certified.route.host) {
      return shared;
    }
    // also of one that is there already: this exposure may need more names of it
    const secretName = secretFor(this.request, exposure.certificate, certified.route, certified.further);
    if (secretName === undefined || shared !== undefined) {
      return shared;
    }
    const name = route.host === undefined ? app.name : hostLabel(route.host);
    this.defineListenerSet(route, route.host === certified.route.host ? 'ListenerSet' : 'WwwListenerSet', name, secretName);
    const ref = { group: GROUP, kind: 'ListenerSet', name, sectionName: 'https' };
    known.set(key, {
      ref, path: app.scope.node.path, namespace, certificate: identityOf(exposure.certificate), certifiedHost: certified.route.host,
    });
    return ref;
  }

  private keyOf({ host }: Route): string {
    return [this.text, host ?? ''].join('\n');
  }

  private admits({ text }: Route): boolean {
    const { gatewayApi } = ClusterProfile.of(this.request.app.scope);
    const orElse = "add an HTTPS listener for it to the gateway and to 'listeners' of Gateway.named(…)";
    const last = "ask for a gateway of the app's own by ExposureTarget.ownGateway(…)";
    if (this.gateway.implementation === GatewayImplementation.TRAEFIK) {
      this.report('KEELSON2358', `${text}, which no HTTPS listener of ${this.text} serves with a certificate of its own, and Traefik reads no ListenerSets`,
        'of hosts whose TLS somebody ends', `${orElse}, or ${last}`);
      return false;
    }
    if (!this.gateway.admitsListenerSets) {
      this.report('KEELSON2014', `${text}, which no HTTPS listener of ${this.text} serves with a certificate of its own`,
        'of hosts whose TLS somebody ends', `${orElse}, let the gateway admit ListenerSets (admitsListenerSets), or ${last}`);
      return false;
    }
    if (!gatewayApi.serves('v1', 'ListenerSet')) {
      this.report('KEELSON2015', `${text}, for which ${this.text} admits ListenerSets, but Gateway API ${gatewayApi.version} has none`,
        'of hosts whose TLS somebody ends', `update the Gateway API to 1.5 and set 'gatewayApi' of ClusterProfile, ${orElse}, or ${last}`);
      return false;
    }
    return true;
  }

  /** Another path of a host that has its listener: the two have to agree. */
  private shared({ text }: Route, other: AddedListener, certificate: string): ParentReference | undefined {
    const { namespace } = this.request;
    if (other.namespace !== namespace) {
      this.report('KEELSON2021', `${text}, whose listener '${other.path}' adds from another namespace`, 'of hosts whose listener is in the namespace of the app',
        "add an HTTPS listener for it to the gateway and to 'listeners' of Gateway.named(…), or bring both apps into one namespace");
      return undefined;
    }
    if (other.certificate !== certificate) {
      this.report('KEELSON2022', `${certificate} for ${text}, for which '${other.path}' has ${other.certificate}`, 'the same for all exposures of a host',
        'give both the same', 'certificate');
      return undefined;
    }
    return other.ref;
  }

  private defineListenerSet({ host, scope }: Route, id: string, name: string, secretName: string): void {
    new Manifest(scope, id, {
      apiVersion: `${GROUP}/v1`,
      kind: 'ListenerSet',
      metadata: { name, labels: sharedLabels(this.request.app.labels) },
      spec: {
        parentRef: { name: this.gateway.name, ...this.place() },
        listeners: [{
          name: 'https',
          hostname: host,
          port: this.httpsPort,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: secretName }] },
          allowedRoutes: { namespaces: { from: 'Same' } },
        }],
      },
    });
  }

  private report(code: string, got: string, allowed: string, fix: string, member?: string): void {
    Faults.report(this.request.app.scope, 'exposure', [{ code, member, got, allowed, fix }]);
  }
}

function textOf({ namespace, name }: Gateway): string {
  return `gateway '${namespace}/${name}'`;
}

/** The listener that requests for a host come in at: of those that serve it, the one whose own host is closest. */
function serving({ listeners }: Gateway, protocol: ListenerProtocol, host: string | undefined): Listener | undefined {
  if (host === undefined) {
    return listeners.find(listener => listener.protocol === protocol && listener.hosts.length === 0);
  }
  const able = listeners.filter(listener => listener.protocol === protocol && listener.serves(host));
  const closest = Math.max(...able.map(listener => closeness(listener, host)));
  return able.find(listener => closeness(listener, host) === closest);
}

/** Longer names are closer, and a listener of any host is the farthest. */
function closeness(listener: Listener, host: string): number {
  const matching = listener.hosts.filter(own => HostName.matchesAnyDepth(own, host));
  return Math.max(0, ...matching.map(own => own === host ? Infinity : own.length));
}
