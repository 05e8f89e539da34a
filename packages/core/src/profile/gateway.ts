import { Fault } from '../faults';
import { frozen, podsFaults, repeated } from '../private/profile-checks';
import { cidrTexts, sourceFaults } from '../private/profile-networks';
import { quoted } from '../private/quoted';
import { within } from '../private/within';
import { ResourceName } from '../resource-name';
import { ClusterPods } from './cluster-pods';
import { GatewayImplementation } from './gateway-implementation';
import { Listener } from './listener';

/** What is known of a gateway besides its name. */
export interface GatewayOptions {
  /**
   * Where it listens.
   *
   * @default - `Listener.http()` and `Listener.https()`: `http` on 80, and `https` on 443 with a
   * certificate that the platform brings, both for any host.
   */
  readonly listeners?: Listener[];

  /**
   * Whether it lets apps add listeners of their own (`spec.allowedListeners`), which is how an app brings its
   * own certificate. Needs Gateway API 1.5.
   *
   * @default false
   * @see https://gateway-api.sigs.k8s.io/reference/api-types/listenerset/
   */
  readonly admitsListenerSets?: boolean;

  /**
   * Its GatewayClass, for gateways that an app makes for itself.
   *
   * @default - not known: an app can't make its own.
   */
  readonly className?: string;

  /**
   * The pods that call the apps: the data plane, which may run elsewhere than the Gateway object is.
   *
   * @default - those that Envoy Gateway makes in its own namespace, where it is the `implementation`; none where Cilium is, on a cluster
   * whose network plugin is Cilium: its traffic is known as the entity `ingress`; else all pods of the gateway's namespace.
   * @see https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/gateway-api/
   * @see https://gateway.envoyproxy.io/latest/tasks/operations/gateway-namespace-mode/
   */
  readonly pods?: ClusterPods;

  /**
   * CIDRs that the data plane calls from, where it runs outside the pod network: a cloud's load balancer, or
   * pods in the node's network. Apps let these in too.
   *
   * @default - none.
   */
  readonly sourceCidrs?: string[];

  /**
   * What runs it. In a profile's file its name: Envoy Gateway, Traefik, Cilium, Istio, NGINX Gateway Fabric, or another one.
   *
   * @default - not known: only what Gateway API itself has is rendered.
   */
  readonly implementation?: GatewayImplementation;
}

/**
 * A Gateway that the platform runs: exposures attach their routes to it, and the apps' policies let it in.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/gateway/
 */
export class Gateway {
  /**
   * A Gateway made elsewhere.
   *
   * @param name its name.
   * @param namespace the namespace it is in.
   * @param options what is known of it.
   */
  public static named(name: string, namespace: string, options: GatewayOptions = {}): Gateway {
    return new Gateway(name, namespace, options);
  }

  /** Where it listens. */
  public readonly listeners: Listener[];

  /** Whether an app may add listeners, so that it can bring its own certificate. */
  public readonly admitsListenerSets: boolean;

  /** Its GatewayClass, if known. */
  public readonly className?: string;

  /** The pods that call the apps. */
  public readonly pods: ClusterPods;

  /** CIDRs outside the pod network that call the apps. */
  public readonly sourceCidrs: string[];

  /** What runs it, if known. */
  public readonly implementation?: GatewayImplementation;

  /** What is wrong with it; the profile or the exposure that receives it reports them. */
  public readonly faults: Fault[];

  /** Whether it is Cilium's own proxy that calls the apps. @internal */
  public readonly _isCilium: boolean;

  /** Whether its pods were given. @internal */
  public readonly _namesPods: boolean;

  private constructor(
    /** Its name. */
    public readonly name: string,
    /** The namespace it is in. */
    public readonly namespace: string,
    options: GatewayOptions,
  ) {
    this.listeners = frozen(options.listeners ?? [Listener.http(), Listener.https()]);
    this.admitsListenerSets = options.admitsListenerSets ?? false;
    this.className = options.className;
    this.pods = options.pods ?? dataPlaneOf(name, namespace, options.implementation);
    this._namesPods = options.pods !== undefined;
    this._isCilium = options.implementation === GatewayImplementation.CILIUM;
    this.sourceCidrs = cidrTexts(options.sourceCidrs ?? []);
    this.implementation = options.implementation;
    this.faults = [
      ...within('name', ResourceName.faultsOf('Gateway', name)),
      ...within('namespace', ResourceName.faultsOf('Namespace', namespace)),
      ...this.listenerFaults(),
      ...within('className', options.className === undefined ? [] : ResourceName.faultsOf('GatewayClass', options.className)),
      ...podsFaults('pods', options.pods),
      ...sourceFaults('sourceCidrs', this.sourceCidrs),
      ...within('implementation', implementationFaults(options.implementation)),
    ];
  }

  private listenerFaults(): Fault[] {
    if (this.listeners.length === 0) {
      return [{
        code: 'KEELSON1163', member: 'listeners', got: 'none', allowed: 'at least one listener', fix: "give those of the Gateway, or leave 'listeners' out",
      }];
    }
    return [
      ...repeated(this.listeners.map(({ name }) => name)).map(name => ({
        code: 'KEELSON1161', member: 'listeners', got: `'${name}' twice`, allowed: 'listeners of different names', fix: 'give each the name it has in the Gateway',
      })),
      ...this.listeners.flatMap((listener, at) => within(`listeners[${at}]`, listener.faults)),
    ];
  }
}

/** JavaScript lets users give a text. */
function implementationFaults(implementation: GatewayImplementation | undefined): Fault[] {
  return implementation === undefined || implementation instanceof GatewayImplementation ? implementation?.faults ?? [] : [{
    code: 'KEELSON1752', got: quoted(implementation), allowed: 'a GatewayImplementation', fix: 'try GatewayImplementation.ENVOY_GATEWAY, or one by GatewayImplementation.of(…)',
  }];
}

function dataPlaneOf(name: string, namespace: string, implementation: GatewayImplementation | undefined): ClusterPods {
  return implementation !== GatewayImplementation.ENVOY_GATEWAY ? { namespace, labels: {} } : {
    namespace: 'envoy-gateway-system',
    labels: { 'gateway.envoyproxy.io/owning-gateway-name': name, 'gateway.envoyproxy.io/owning-gateway-namespace': namespace },
  };
}
