import { Fault } from '../faults';
import { frozen, podsFaults } from '../private/profile-checks';
import { cidrTexts, sourceFaults } from '../private/profile-networks';
import { quoted } from '../private/quoted';
import { within } from '../private/within';
import { ResourceName } from '../resource-name';
import { ClusterPods } from './cluster-pods';

/** Where an ingress controller runs. */
export interface IngressControllerOptions {
  /** The namespace it runs in. */
  readonly namespace: string;

  /**
   * Its pods, which call the apps.
   *
   * @default - all pods of its namespace.
   */
  readonly pods?: ClusterPods;

  /**
   * CIDRs that it calls from where it runs outside the pod network. Apps let these in too.
   *
   * @default - none.
   */
  readonly sourceCidrs?: string[];

  /**
   * Whether it reads the annotations of ingress-nginx, `nginx.ingress.kubernetes.io/…`: ingress-nginx itself, and Traefik with its
   * provider `kubernetesIngressNGINX`. What an Ingress can't say is said by them then.
   *
   * @default - where the class is `nginx`.
   * @see https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-ingress-nginx/
   */
  readonly readsNginxAnnotations?: boolean;

  /**
   * Whether it is ingress-nginx itself. Who else reads its annotations reads fewer of them.
   *
   * @default - where the class is `nginx` and `readsNginxAnnotations` isn't said.
   */
  readonly isIngressNginx?: boolean;

  /**
   * Headers of answers that an Ingress may set: `global-allowed-response-headers` of ingress-nginx, or
   * `globalAllowedResponseHeaders` of Traefik's provider, written as there: case counts. Who sets others gets no answers at all.
   *
   * @default - none, as is the controllers' own default.
   * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#global-allowed-response-headers
   */
  readonly allowedResponseHeaders?: string[];
}

/** What ingress-nginx takes for the name of a header. */
const HEADER = /^[A-Za-z0-9_-]{1,256}$/;

/**
 * What carries out Ingress objects: exposures of that target name its class, and the apps' policies let it in.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/
 */
export class IngressController {
  /**
   * ingress-nginx as its own chart and manifests install it. It gets no more security fixes since March 2026.
   *
   * @see https://github.com/kubernetes/ingress-nginx/blob/main/deploy/static/provider/cloud/deploy.yaml
   */
  public static ingressNginx(): IngressController {
    const namespace = 'ingress-nginx';
    const labels = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
    return IngressController.named('nginx', { namespace, pods: { namespace, labels } });
  }

  /**
   * Traefik as its own chart installs it into namespace `traefik`.
   *
   * @see https://github.com/traefik/traefik-helm-chart/blob/master/traefik/templates/_helpers.tpl
   */
  public static traefik(): IngressController {
    const namespace = 'traefik';
    return IngressController.named('traefik', { namespace, pods: { namespace, labels: { 'app.kubernetes.io/name': 'traefik' } } });
  }

  /**
   * Cilium's own, of the class `cilium`: its traffic has no pods' labels, and is known to Cilium as the entity `ingress`. Only where the
   * cluster's network plugin is Cilium.
   *
   * @see https://docs.cilium.io/en/stable/network/servicemesh/ingress/
   */
  public static cilium(): IngressController {
    return IngressController.ofCilium;
  }

  /**
   * An ingress controller by its class.
   *
   * @param className the IngressClass.
   * @param options where it runs.
   */
  public static named(className: string, options: IngressControllerOptions): IngressController {
    return new IngressController(className, options);
  }

  /** One, so that a profile's file can tell it from one of the same class. */
  private static readonly ofCilium = new IngressController('cilium', { namespace: 'kube-system' }, true);

  /** The namespace it runs in. */
  public readonly namespace: string;

  /** The pods that call the apps. */
  public readonly pods: ClusterPods;

  /** CIDRs outside the pod network that call the apps. */
  public readonly sourceCidrs: string[];

  /** Whether it reads the annotations of ingress-nginx. */
  public readonly readsNginxAnnotations: boolean;

  /** Whether it is ingress-nginx itself. */
  public readonly isIngressNginx: boolean;

  /** Headers of answers that an Ingress may set. */
  public readonly allowedResponseHeaders: string[];

  /** Whether its pods were given. @internal */
  public readonly _namesPods: boolean;

  /** What is wrong with it; the profile or the exposure that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** The IngressClass that an Ingress names. */
    public readonly className: string,
    options: IngressControllerOptions,
    /** Whether it is Cilium's own proxy that calls the apps. @internal */
    public readonly _isCilium: boolean = false,
  ) {
    this.namespace = options.namespace;
    this.pods = options.pods ?? { namespace: options.namespace, labels: {} };
    this._namesPods = options.pods !== undefined;
    this.sourceCidrs = cidrTexts(options.sourceCidrs ?? []);
    this.isIngressNginx = options.isIngressNginx ?? (className === 'nginx' && options.readsNginxAnnotations === undefined);
    this.readsNginxAnnotations = options.readsNginxAnnotations ?? (className === 'nginx' || this.isIngressNginx);
    this.allowedResponseHeaders = frozen(options.allowedResponseHeaders ?? []);
    this.faults = [
      ...within('className', ResourceName.faultsOf('IngressClass', className)),
      ...within('namespace', ResourceName.faultsOf('Namespace', options.namespace)),
      ...podsFaults('pods', options.pods),
      ...sourceFaults('sourceCidrs', this.sourceCidrs),
      ...this.allowedResponseHeaders.flatMap((name, at) => within(`allowedResponseHeaders[${at}]`, headerFaults(name))),
    ];
  }
}

function headerFaults(name: string): Fault[] {
  return typeof name === 'string' && HEADER.test(name) ? [] : [{
    code: 'KEELSON1750', got: quoted(name), allowed: "a header's name: at most 256 letters, digits, '-' and '_'", fix: "write it like 'X-Robots-Tag'",
  }];
}
