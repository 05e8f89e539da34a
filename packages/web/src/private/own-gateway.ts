import { ClusterProfile, ClusterPods, Fault, Faults, IConnectable, Manifest, Peer } from '@keelson/core';
import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { OwnGatewayOptions } from '../exposure-target';
import { secretFor } from './certificate-secret';
import { gatewayFlavor, routeKinds } from './edge/gateway-api-supports';
import { Flavor } from './edge/support';
import { defineTrustedProxies } from './envoy-gateway/trusted-proxies';
import { extensionOf } from './gateway-api/extensions';
import { defineRoutes } from './http-routes';
import { letIn } from './let-in';
import { CertifiedNames, ParentReference, RouteParent, TlsReference } from './route-parent';
import { ExposedApp, ExposureRequest, Route, TargetRenderer } from './target-renderer';

/** Label that controllers put on the pods of a gateway, by GEP-1762. */
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** The most that the Gateway API takes. */
const MOST_LISTENERS = 64;
const LONGEST_SECTION = 253;

/** What names of listeners have before the host. */
const SECTION = 'https-';
const WILDCARD_SECTION = 'wildcard-';

/** A Gateway that an app has made, and the Secrets of its hosts. */
interface MadeGateway {
  readonly name: string;
  readonly options: string;
  readonly secrets: Map<string | undefined, Set<string>>;
}

const made = new WeakMap<Construct, Map<string, MadeGateway>>();

/** Routes at a Gateway that the app makes for itself: one for all its exposures of a class. */
export class OwnGateway implements TargetRenderer {
  public readonly text: string;
  public readonly flavor: Flavor;
  public readonly place: string;
  public readonly kinds: readonly string[];
  public readonly leadsToOtherNamespaces = true;

  public constructor(private readonly className: string, private readonly options: OwnGatewayOptions) {
    this.text = `an own gateway of class ${Faults.quoted(className)}`;
    this.place = this.text;
    this.flavor = gatewayFlavor(options.implementation);
    this.kinds = routeKinds(options.implementation);
  }

  public render(request: ExposureRequest): void {
    const { app } = request;
    const gateways = made.get(app.scope) ?? new Map<string, MadeGateway>();
    made.set(app.scope, gateways);
    const options = JSON.stringify(this.options);
    const gateway = gateways.get(this.className) ?? this.define(app, gateways.size === 0 ? app.name : `${app.name}-${this.className}`, options);
    gateways.set(this.className, gateway);
    if (gateway.options !== options) {
      Faults.report(app.scope, 'exposure', [{
        code: 'KEELSON2024', member: 'target', got: `an own gateway of class ${Faults.quoted(this.className)} with other options than before`,
        allowed: 'the same for all exposures of the app', fix: 'make one ExposureTarget.ownGateway(…) and give it to all of them',
      }]);
      return;
    }
    defineRoutes(request, new AppGateway(this.className, this.options, gateway, request), extensionOf(this.options.implementation));
  }

  private define(app: ExposedApp, name: string, options: string): MadeGateway {
    const secrets = new Map<string | undefined, Set<string>>();
    defineTrustedProxies(app, name, this.options);
    // Late: further exposures add their hosts.
    app.scope.node.addValidation({ validate: () => tooManyFaults(name, secrets.size).map(fault => Faults.describe('exposure', fault)) });
    const allowedRoutes = { namespaces: { from: 'Same' } };
    new Manifest(app.scope, name === app.name ? 'Gateway' : `Gateway-${this.className}`, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name, labels: app.labels },
      spec: Lazy.any({
        produce: () => ({
          gatewayClassName: this.className,
          listeners: [
            { name: 'http', port: this.options.httpPort ?? 80, protocol: 'HTTP', allowedRoutes },
            ...[...secrets].map(([host, names]) => ({
              name: sectionOf(host),
              hostname: host,
              port: this.options.httpsPort ?? 443,
              protocol: 'HTTPS',
              tls: { mode: 'Terminate', certificateRefs: [...names].map(secret => ({ kind: 'Secret', name: secret })) },
              allowedRoutes,
            })),
          ],
        }),
      }),
    });
    return { name, options, secrets };
  }
}

class AppGateway implements RouteParent {
  public readonly text: string;

  public constructor(
    private readonly className: string, private readonly options: OwnGatewayOptions,
    private readonly gateway: MadeGateway, private readonly request: ExposureRequest,
  ) {
    this.text = `gateway '${request.namespace === undefined ? '' : `${request.namespace}/`}${gateway.name}'`;
  }

  public letIn(request: ExposureRequest): void {
    const callers = [...this.dataPlane(request.app), ...(this.options.sourceCidrs ?? []).map(cidr => Peer.cidr(cidr))];
    callers.forEach(caller => letIn(request, caller));
  }

  public http(): ParentReference {
    return { name: this.gateway.name, sectionName: 'http' };
  }

  public https(route: Route, certified: CertifiedNames): TlsReference | undefined {
    const { host, text } = route;
    const { app, exposure } = this.request;
    if (exposure.certificate === undefined) {
      Faults.report(app.scope, 'exposure', [{
        code: 'KEELSON2018', member: 'certificate', got: `none for ${text}, which no listener of ${this.text} has one for`,
        allowed: 'given where the gateway has none', fix: 'try Certificate.issuedBy(…)',
      }]);
      return undefined;
    }
    if (sectionOf(host).length > LONGEST_SECTION) {
      Faults.report(app.scope, 'exposure', [{
        code: 'KEELSON2028', got: text, allowed: `of hosts of at most ${LONGEST_SECTION - SECTION.length} characters (wildcards ${LONGEST_SECTION - WILDCARD_SECTION.length + 2}) at ${this.text}, whose listeners are named by them`,
        fix: "shorten it, or expose it at the platform's gateway",
      }]);
      return undefined;
    }
    const secretName = secretFor(this.request, exposure.certificate, certified.route, certified.further);
    if (secretName === undefined) {
      return undefined;
    }
    this.gateway.secrets.set(host, (this.gateway.secrets.get(host) ?? new Set()).add(secretName));
    return { ref: { name: this.gateway.name, sectionName: sectionOf(host) }, port: this.options.httpsPort ?? 443 };
  }

  private dataPlane({ scope }: ExposedApp): IConnectable[] {
    if (this.options.pods !== undefined) {
      return [podsOf(this.options.pods)];
    }
    const { gateway } = ClusterProfile.of(scope);
    const own = Peer.pods({ labels: { [GATEWAY_NAME]: this.gateway.name } });
    return gateway?.className === this.className ? [own, Peer.gateway(gateway)] : [own];
  }
}

function podsOf({ labels, namespace }: ClusterPods): IConnectable {
  return Object.keys(labels).length === 0 ? Peer.namespace(namespace) : Peer.pods({ labels, namespace });
}

/** Different for each host; no host can be mistaken for a wildcard. */
function sectionOf(host: string | undefined): string {
  return host === undefined ? 'https' : host.startsWith('*.') ? `${WILDCARD_SECTION}${host.slice(2)}` : `${SECTION}${host}`;
}

function tooManyFaults(name: string, hosts: number): Fault[] {
  return hosts < MOST_LISTENERS ? [] : [{
    code: 'KEELSON2027', got: `${hosts} at gateway ${Faults.quoted(name)}`, allowed: `of at most ${MOST_LISTENERS - 1} hosts by HTTPS at one gateway of the app's own`,
    fix: "name several of them by one wildcard, such as '*.example.com', or expose some at the platform's gateway",
  }];
}
