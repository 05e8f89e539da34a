import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Faults } from './faults';
import { Manifest } from './manifest';
import { PodSecurityLevel } from './pod-security-level';
import { claimId } from './private/construct-id';
import { meshAt } from './private/mesh-members';
import { meshLabelFaults, namespaceLabelFaults, namespaceNameFaults, securityFaults, securityVersionFaults } from './private/namespace-faults';

/** A Namespace: ours, one of cdk8s-plus, or made elsewhere. */
export interface INamespace {
  /** Its `metadata.name`. */
  readonly name: string;

  /** Always `Namespace`. */
  readonly kind: string;
}

/** Properties for `Namespace`. */
export interface NamespaceProps {
  /**
   * The Pod Security level that pods must keep to: others are refused.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * The level whose violations are noted in the API server's audit log, and let pass.
   *
   * @default - that of `podSecurity`.
   */
  readonly podSecurityAudit?: PodSecurityLevel;

  /**
   * The level whose violations whoever applies is warned of, and are let pass.
   *
   * @default - that of `podSecurity`.
   */
  readonly podSecurityWarn?: PodSecurityLevel;

  /**
   * The Kubernetes release whose rules the levels are judged by, such as `1.33`, not newer than the cluster. `latest` is what
   * the API server knows: then an upgrade may refuse, or let pass, what it hasn't before.
   *
   * @default - that of the cluster's profile.
   */
  readonly podSecurityVersion?: string;

  /**
   * Its `metadata.name`: at most 63 lower-case letters, digits and `-`. Another name is another namespace, and what is in the
   * old one stays there.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Its labels, which network policies and admission rules may select by.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Its annotations.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * A Namespace whose pods are held to Pod Security *restricted*, by the rules of the cluster's own release. Charts that are in it
 * are applied after the one that defines it.
 *
 * ```ts
 * declare const app: App;
 * new Namespace(new Chart(app, 'platform'), 'shop', { labels: { team: 'shop' } });
 * const shop = new Chart(app, 'shop', { namespace: 'shop' });
 * ```
 *
 * Where the cluster profile names a `Mesh`, it has the label by which its pods join. Deleting it deletes everything in it. Defines a
 * Namespace.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class Namespace extends Construct implements INamespace {
  /**
   * A Namespace made elsewhere.
   *
   * @param name its `metadata.name`.
   */
  public static fromNamespaceName(name: string): INamespace {
    return { name, kind: 'Namespace' };
  }

  /** Always `Namespace`. */
  public readonly kind = 'Namespace';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  public constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    super(scope, claimId(scope, id));
    const { podSecurity: enforce = PodSecurityLevel.RESTRICTED, labels = {} } = props;
    const { podSecurityAudit: audit = enforce, podSecurityWarn: warn = enforce } = props;
    const { version } = ClusterProfile.of(this);
    const name = props.name ?? id;
    Faults.report(this, 'name', namespaceNameFaults(name));
    const mesh = meshAt(this, name);
    Faults.report(this, 'labels', [...namespaceLabelFaults(name, labels), ...mesh === undefined ? [] : meshLabelFaults(labels)]);
    Faults.report(this, 'podSecurity', securityFaults(enforce));
    Faults.report(this, 'podSecurityAudit', audit === enforce ? [] : securityFaults(audit));
    Faults.report(this, 'podSecurityWarn', warn === enforce ? [] : securityFaults(warn));
    Faults.report(this, 'podSecurityVersion', securityVersionFaults(props.podSecurityVersion, version));
    const pinned = props.podSecurityVersion ?? version.text;
    const release = /^(?:latest$|v)/.test(pinned) ? pinned : `v${pinned}`;
    const levels = Object.entries({ enforce, audit, warn }).flatMap(([mode, level]) => [
      [`pod-security.kubernetes.io/${mode}`, level], [`pod-security.kubernetes.io/${mode}-version`, release],
    ] as const);
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name, labels: { ...mesh?._namespaceLabels, ...labels, ...Object.fromEntries(levels) }, annotations: props.annotations },
    });
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }
}
