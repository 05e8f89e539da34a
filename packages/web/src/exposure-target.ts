import {
  ClusterPods, ClusterProfile, Fault, Faults, Gateway, GatewayImplementation, IngressController, Port, ResourceName, Traefik,
} from '@keelson/core';
import { trustedProxiesFaults } from './private/envoy-gateway/trusted-proxies';
import { GatewayApiTarget } from './private/gateway-api-target';
import { IngressTarget } from './private/ingress-target';
import { givenFaults } from './private/made';
import { OwnGateway } from './private/own-gateway';
import { TargetRenderer } from './private/target-renderer';
import { TraefikTarget } from './private/traefik/traefik-target';

/** What is known of a gateway that the app makes for itself. */
export interface OwnGatewayOptions {
  /**
   * The pods that the gateway's controller makes to carry its traffic: who is let in to the app.
   *
   * @default - the pods labelled `gateway.networking.k8s.io/gateway-name` with the gateway's name, in the app's
   * namespace, as Istio, NGINX Gateway Fabric and others make them; and, where the profile's gateway is of the same
   * class, whoever calls apps for that one. Envoy Gateway makes them in its own namespace: name them.
   * @see https://gateway-api.sigs.k8s.io/geps/gep-1762/
   */
  readonly pods?: ClusterPods;

  /**
   * CIDRs outside the pod network that call the app, such as a cloud's load balancer.
   *
   * @default - none, or those of the profile's gateway, where it is of the same class.
   */
  readonly sourceCidrs?: string[];

  /**
   * What runs it. What Gateway API itself can't say is rendered in its own kinds.
   *
   * @default - that of the profile's gateway, where it is of the same class; else not known.
   */
  readonly implementation?: GatewayImplementation;

  /**
   * How many proxies before it are believed in what they say of the client's address (`X-Forwarded-For`), from 1 to 100: those that
   * `allowedSources` and `rateLimit` are to look behind, such as a load balancer that connects by itself. Envoy Gateway only.
   *
   * @default - none: the client is who connects.
   * @see https://gateway.envoyproxy.io/docs/tasks/traffic/client-traffic-policy/
   */
  readonly trustedProxies?: number;

  /**
   * Its port for plain HTTP, from 1 to 65535.
   *
   * @default 80
   */
  readonly httpPort?: number;

  /**
   * Its port for HTTPS, from 1 to 65535.
   *
   * @default 443
   */
  readonly httpsPort?: number;
}

/**
 * Which objects say how an app is reached. The exposure means the same with each.
 *
 * An exposure that names none goes through the gateway of the cluster's profile; where that names none, through its Traefik, and where it
 * names none either, through its ingress controller. `ExposureTarget.INGRESS` asks for another one, such as while apps move from one to the
 * other.
 */
export class ExposureTarget {
  /**
   * HTTPRoutes at the gateway of the cluster's profile.
   *
   * @see https://gateway-api.sigs.k8s.io/
   */
  public static readonly GATEWAY_API = new ExposureTarget([], ({ gateway }) => gateway && new GatewayApiTarget(gateway), {
    code: 'KEELSON2011', got: 'Gateway API, but the cluster profile names no gateway', allowed: 'a target that the cluster has',
    fix: "set 'gateway' of ClusterProfile, or name one by ExposureTarget.throughGateway(…)",
  });

  /**
   * IngressRoutes and Middlewares for the Traefik of the cluster's profile.
   *
   * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/
   */
  public static readonly TRAEFIK = new ExposureTarget([], ({ traefik }) => traefik && new TraefikTarget(traefik), {
    code: 'KEELSON2352', got: 'IngressRoutes of Traefik, but the cluster profile names no Traefik', allowed: 'a target that the cluster has',
    fix: "set 'traefik' of ClusterProfile, or name one by ExposureTarget.throughTraefik(…)",
  });

  /**
   * Ingress objects of the class of the cluster profile's ingress controller.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  public static readonly INGRESS = new ExposureTarget([], ({ ingress }) => ingress && new IngressTarget(ingress), {
    code: 'KEELSON2012', got: 'Ingress, but the cluster profile names no ingress controller', allowed: 'a target that the cluster has',
    fix: "set 'ingress' of ClusterProfile, or name one by ExposureTarget.throughIngress(…)",
  });

  /**
   * HTTPRoutes at another gateway than the profile's.
   *
   * @param gateway one that the platform runs.
   */
  public static throughGateway(gateway: Gateway): ExposureTarget {
    return new ExposureTarget(givenFaults(gateway, 'Gateway', 'named(…)'), () => new GatewayApiTarget(gateway));
  }

  /**
   * HTTPRoutes at a Gateway that the app makes for itself, in its namespace: mostly a load balancer with an address of its
   * own, which somebody pays for. All exposures of the app that ask for one of a class share it.
   *
   * @param className its GatewayClass.
   * @param options who carries its traffic.
   */
  public static ownGateway(className: string, options: OwnGatewayOptions = {}): ExposureTarget {
    const port = (member: string, number: number | undefined) =>
      (number === undefined ? [] : Faults.within(member, Port.faultsOfNumber(number)));
    // A gateway of the profile is checked with its profile; this one borrows its checks.
    const borrowed = Gateway.named('own', 'own', { pods: options.pods, sourceCidrs: options.sourceCidrs, implementation: options.implementation }).faults;
    return new ExposureTarget([
      ...Faults.within('className', ResourceName.faultsOf('GatewayClass', className)), ...borrowed,
      ...port('httpPort', options.httpPort), ...port('httpsPort', options.httpsPort), ...trustedProxiesFaults(options.trustedProxies),
    ], ({ gateway }) => {
      const usual = gateway?.className === className ? gateway.implementation : undefined;
      return new OwnGateway(className, { ...options, implementation: options.implementation ?? usual });
    });
  }

  /**
   * IngressRoutes and Middlewares for another Traefik than the profile's.
   *
   * @param traefik where it runs, and its entry points.
   */
  public static throughTraefik(traefik: Traefik): ExposureTarget {
    return new ExposureTarget(givenFaults(traefik, 'Traefik', 'inNamespace(…)'), () => new TraefikTarget(traefik));
  }

  /**
   * Ingress objects for another ingress controller than the profile's.
   *
   * @param controller its class, and where it runs.
   */
  public static throughIngress(controller: IngressController): ExposureTarget {
    return new ExposureTarget(givenFaults(controller, 'IngressController', 'named(…)'), () => new IngressTarget(controller));
  }

  /**
   * The target of exposures that name none.
   *
   * @internal
   */
  public static _preferredOf({ gateway, traefik, ingress }: ClusterProfile): ExposureTarget | undefined {
    const known: [object | undefined, ExposureTarget][] = [
      [gateway, ExposureTarget.GATEWAY_API], [traefik, ExposureTarget.TRAEFIK], [ingress, ExposureTarget.INGRESS],
    ];
    return known.find(([value]) => value !== undefined)?.[1];
  }

  private constructor(
    /** What is wrong with it; the app that is exposed reports them. */
    public readonly faults: Fault[],
    private readonly rendererIn: (profile: ClusterProfile) => TargetRenderer | undefined,
    private readonly missing?: Fault,
  ) {}

  /** @internal */
  public _rendererIn(profile: ClusterProfile): TargetRenderer | undefined {
    return this.rendererIn(profile);
  }

  /** @internal */
  public _faultsIn(profile: ClusterProfile): Fault[] {
    return this.missing === undefined || this.rendererIn(profile) !== undefined ? [] : [this.missing];
  }
}
