import { Fault } from '../faults';
import { HostName } from '../host-name';
import { frozen, podsFaults } from '../private/profile-checks';
import { cidrTexts, sourceFaults } from '../private/profile-networks';
import { quoted } from '../private/quoted';
import { within } from '../private/within';
import { ResourceName } from '../resource-name';
import { ClusterPods } from './cluster-pods';

/** What is known of a Traefik besides its namespace. */
export interface TraefikOptions {
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
   * The entry point for plain HTTP.
   *
   * @default 'web'
   * @see https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/
   */
  readonly httpEntryPoint?: string;

  /**
   * The entry point for HTTPS.
   *
   * @default 'websecure'
   */
  readonly httpsEntryPoint?: string;

  /**
   * The hosts that the default certificate is for, which the TLSStore `default` names or has generated. An exposure of one of these needs
   * none of its own. Exact, or `*.` and a domain for one more label. A certificate by a resolver of the entry point isn't meant: an
   * IngressRoute that ends TLS doesn't have it asked for.
   *
   * @default - none: each exposure by HTTPS brings its certificate.
   */
  readonly defaultCertificateHosts?: string[];

  /**
   * Whether routes may lead to Services and middlewares of other namespaces (`providers.kubernetesCRD.allowCrossNamespace`).
   *
   * @default false
   * @see https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-crd/
   */
  readonly allowsCrossNamespace?: boolean;

  /**
   * How many proxies stand before it and add the address of whom they answer to `X-Forwarded-For`, from 0 to 16: allow lists and limits
   * then look that many addresses from the right for the client's, also for a gateway that Traefik runs. The entry point has to trust them
   * (`forwardedHeaders.trustedIPs`).
   *
   * @default 0 - the client is who connects.
   * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/ipallowlist/
   */
  readonly trustedProxies?: number;
}

/**
 * A Traefik 3 that reads its own kinds: exposures are IngressRoutes and Middlewares then. `signInUrl` of who decides
 * about requests needs 3.7 or newer, all else 3.4.
 *
 * ```ts
 * ClusterProfile.kubernetes({ traefik: Traefik.inNamespace('traefik') });
 * ```
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/
 */
export class Traefik {
  /**
   * One that runs in a namespace.
   *
   * @param namespace the namespace, such as `traefik` with its own chart, and `kube-system` with k3s.
   * @param options what is known of it.
   */
  public static inNamespace(namespace: string, options: TraefikOptions = {}): Traefik {
    return new Traefik(namespace, options);
  }

  /** The pods that call the apps. */
  public readonly pods: ClusterPods;

  /** CIDRs outside the pod network that call the apps. */
  public readonly sourceCidrs: string[];

  /** The entry point for plain HTTP. */
  public readonly httpEntryPoint: string;

  /** The entry point for HTTPS. */
  public readonly httpsEntryPoint: string;

  /** The hosts that the default certificate is for. */
  public readonly defaultCertificateHosts: string[];

  /** Whether routes may lead to Services and middlewares of other namespaces. */
  public readonly allowsCrossNamespace: boolean;

  /** How many proxies stand before it. */
  public readonly trustedProxies: number;

  /** What is wrong with it; the profile or the exposure that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** The namespace it runs in. */
    public readonly namespace: string,
    options: TraefikOptions,
  ) {
    this.pods = options.pods ?? { namespace, labels: {} };
    this.sourceCidrs = cidrTexts(options.sourceCidrs ?? []);
    this.httpEntryPoint = options.httpEntryPoint ?? 'web';
    this.httpsEntryPoint = options.httpsEntryPoint ?? 'websecure';
    this.defaultCertificateHosts = frozen(options.defaultCertificateHosts ?? []);
    this.allowsCrossNamespace = options.allowsCrossNamespace ?? false;
    this.trustedProxies = options.trustedProxies ?? 0;
    this.faults = [
      ...within('namespace', ResourceName.faultsOf('Namespace', namespace)),
      ...podsFaults('pods', options.pods),
      ...sourceFaults('sourceCidrs', this.sourceCidrs),
      ...this.entryPointFaults(),
      ...this.defaultCertificateHosts.flatMap((host, at) => within(`defaultCertificateHosts[${at}]`, HostName.faultsOf(host, { wildcard: true }))),
      ...proxiesFaults(this.trustedProxies),
    ];
  }

  private entryPointFaults(): Fault[] {
    const { httpEntryPoint, httpsEntryPoint } = this;
    const faults = [...entryPointFaults('httpEntryPoint', httpEntryPoint), ...entryPointFaults('httpsEntryPoint', httpsEntryPoint)];
    return faults.length > 0 || httpEntryPoint !== httpsEntryPoint ? faults : [{
      code: 'KEELSON1741', member: 'httpsEntryPoint', got: `${quoted(httpsEntryPoint)}, which is that for plain HTTP too`, allowed: 'another entry point', fix: 'name the one that ends TLS',
    }];
  }
}

/** How Traefik's own configuration may call one. */
const ENTRY_POINT = /^[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?$/;

function entryPointFaults(member: string, name: string): Fault[] {
  return typeof name === 'string' && ENTRY_POINT.test(name) ? [] : [{
    code: 'KEELSON1740', member, got: quoted(name), allowed: "letters, digits, '-' and '_'", fix: "give the name it has in Traefik's configuration, such as 'web'",
  }];
}

function proxiesFaults(count: number): Fault[] {
  return Number.isInteger(count) && count >= 0 && count <= 16 ? [] : [{
    code: 'KEELSON1742', member: 'trustedProxies', got: quoted(count), allowed: 'an integer from 0 to 16', fix: 'count the proxies between the internet and Traefik',
  }];
}
