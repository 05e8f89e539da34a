import { Fault } from '../faults';
import { Labels } from '../labels';
import { oneOfFaults } from '../private/one-of';
import { frozen, podsFaults, repeated } from '../private/profile-checks';
import { quoted } from '../private/quoted';
import { within } from '../private/within';
import { ResourceName } from '../resource-name';
import { ClusterPods } from './cluster-pods';

/**
 * What carries the mesh's traffic.
 *
 * @see https://istio.io/latest/docs/overview/dataplane-modes/
 */
export enum MeshDataPlane {
  /** A proxy in each pod, which the API server adds. */
  SIDECAR = 'sidecar',

  /** A proxy on each node. */
  AMBIENT = 'ambient',
}

/** What is known of Istio. */
export interface IstioMeshProps {
  /**
   * What carries the traffic. Sidecars need Kubernetes 1.29, whose sidecar containers start before all others and end after them; and,
   * since namespaces are held to Pod Security *restricted*, Istio's CNI plugin: without it an init container asks for `NET_ADMIN`.
   *
   * @see https://istio.io/latest/docs/setup/additional-setup/cni/
   */
  readonly dataPlane: MeshDataPlane;

  /**
   * The revision of Istio that adds sidecars: namespaces say `istio.io/rev` by it. With sidecars only.
   *
   * @default - namespaces say `istio-injection: enabled`, which is the default revision.
   * @see https://istio.io/latest/docs/setup/upgrade/canary/
   */
  readonly revision?: string;

  /**
   * What identities begin with: `trustDomain` of Istio's `meshConfig`.
   *
   * @default 'cluster.local'
   */
  readonly trustDomain?: string;

  /**
   * The control plane, istiod: sidecars get certificates and configuration from it on port 15012.
   *
   * @default - pods with `app: istiod` in namespace `istio-system`.
   */
  readonly controlPlane?: ClusterPods;

  /**
   * All namespaces whose pods are not in the mesh, and so call without mTLS: what they may call takes plain text on those ports. Pods of
   * every other namespace are taken to be in it.
   *
   * @default - those of the profile's ingress controller, Traefik and monitoring, and of its gateway unless Istio runs it. Give an empty
   * list where all of these are in the mesh.
   */
  readonly outsideNamespaces?: string[];
}

/**
 * The service mesh of a cluster: who calls is known by a certificate of its ServiceAccount. Connections are rendered for it, too.
 *
 * ```ts
 * ClusterProfile.kubernetes({ mesh: Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT }) });
 * ```
 *
 * A `Namespace`, and with it every tenant, has the label by which its pods join. Namespaces that are made elsewhere get it there.
 *
 * @see https://istio.io/latest/docs/concepts/security/
 */
export class Mesh {
  /**
   * Istio 1.24 or newer.
   *
   * @param props what is known of it.
   */
  public static istio(props: IstioMeshProps): Mesh {
    return new Mesh(props);
  }

  /** What carries the traffic. */
  public readonly dataPlane: MeshDataPlane;

  /** The revision that adds sidecars, if named. */
  public readonly revision?: string;

  /** What identities begin with. */
  public readonly trustDomain: string;

  /** The control plane's pods. */
  public readonly controlPlane: ClusterPods;

  /** The namespaces whose pods are not in the mesh, if said. */
  public readonly outsideNamespaces?: string[];

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(props: IstioMeshProps) {
    this.dataPlane = props.dataPlane;
    this.revision = props.revision;
    this.trustDomain = props.trustDomain ?? 'cluster.local';
    this.controlPlane = props.controlPlane ?? { namespace: 'istio-system', labels: { app: 'istiod' } };
    this.outsideNamespaces = props.outsideNamespaces && frozen(props.outsideNamespaces);
    this.faults = [
      ...oneOfFaults('MeshDataPlane', MeshDataPlane, props.dataPlane, 'dataPlane'),
      ...this.revisionFaults(),
      ...trustDomainFaults(this.trustDomain),
      ...podsFaults('controlPlane', props.controlPlane),
      ...namespacesFaults(this.outsideNamespaces ?? []),
    ];
  }

  /** Of a namespace, so that its pods join. @internal */
  public get _namespaceLabels(): { [key: string]: string } {
    if (this.dataPlane === MeshDataPlane.AMBIENT) {
      return { 'istio.io/dataplane-mode': 'ambient' };
    }
    return this.revision === undefined ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': this.revision };
  }

  private revisionFaults(): Fault[] {
    const { revision, dataPlane } = this;
    if (revision === undefined) {
      return [];
    }
    if (dataPlane === MeshDataPlane.AMBIENT) {
      return [{
        code: 'KEELSON1181', member: 'revision', got: `${quoted(revision)} with the data plane 'ambient'`, allowed: 'left out there: it says who adds sidecars',
        fix: "remove it, or say 'dataPlane: MeshDataPlane.SIDECAR'",
      }];
    }
    return revision === '' ? [{ code: 'KEELSON1181', member: 'revision', got: "''", allowed: 'the name of a revision', fix: "leave it out for the default revision, or try 'stable'" }]
      : within('revision', Labels.faultsOf('istio.io/rev', revision));
  }
}

const LONGEST = 255;
const TRUST_DOMAIN = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/;

/** As SPIFFE has it: a `*` would match the identities of others. */
function trustDomainFaults(name: string): Fault[] {
  return typeof name === 'string' && name.length <= LONGEST && TRUST_DOMAIN.test(name) ? [] : [{
    code: 'KEELSON1182', member: 'trustDomain', got: quoted(name), allowed: `at most ${LONGEST} lower-case letters, digits, '.', '-' and '_'`,
    fix: "write it as Istio's meshConfig does, such as 'cluster.local'",
  }];
}

function namespacesFaults(names: readonly string[]): Fault[] {
  return [
    ...names.flatMap((name, at) => within(`outsideNamespaces[${at}]`, ResourceName.faultsOf('Namespace', name))),
    ...repeated(names).map(name => ({
      code: 'KEELSON1183', member: 'outsideNamespaces', got: `${quoted(name)} twice`, allowed: 'each namespace once', fix: 'remove one of the two',
    })),
  ];
}
