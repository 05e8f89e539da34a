import { ClusterProfile, Fault, Faults, ServiceAccount, Warnings } from '@keelson/core';
import { Construct } from 'constructs';
import { AdmissionProps } from './admission-props';
import { admissionFaults, registryOf } from './private/admission/faults';
import { ingressPolicy } from './private/admission/ingress';
import { networkPolicy, Openings } from './private/admission/networks';
import { certificatePolicy, claimPolicy, servicePolicy } from './private/admission/objects';
import { podPolicies } from './private/admission/pods';
import { isPlatform, PlatformNames, platformPolicy, secretPolicy, triggerPolicies } from './private/admission/platform';
import { definePolicies } from './private/admission/policy';
import { referencePolicy } from './private/admission/references';
import { gatewayPolicy, listenerSetPolicy, portRoutePolicy, routePolicy } from './private/admission/routes';
import { solverOf } from './private/admission/solver';
import { cordonPolicy, deletionPolicy } from './private/admission/state';
import { BoundRole, RoleSubject, strangerFaults } from './private/admission/strangers';
import { traefikPolicies } from './private/admission/traefik';
import { Quota } from './quota';
import { TenantState } from './tenant-props';

/** The first release that has ValidatingAdmissionPolicy. */
const SINCE = '1.30';
const PLATFORM = ['system:masters', 'kubeadm:cluster-admins'];

/**
 * What the API server admits into a tenant, whoever asks: pipelines, people, and controllers that make pods for them. It judges
 * what is written from then on; what is there already is looked at when it is changed.
 *
 * ```ts
 * const admission = Admission.of({ hostNames: ['shop.example.com', '*.shop.example.com'], registries: ['registry.example.com/shop'] });
 * ```
 *
 * Defines a ValidatingAdmissionPolicy and a ValidatingAdmissionPolicyBinding for each group of kinds, which a tenant's people can't write:
 * they are in no namespace. Needs Kubernetes 1.30.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class Admission {
  /**
   * These rules. With nothing said, they hold for Service types and `externalIPs`, node names and `system-…` priority classes of pods;
   * and, for everybody but the platform, for what makes the tenant, Secrets with tokens, volumes by name, references of Traefik to other
   * namespaces, and KEDA's identity. Every tenant has these.
   *
   * @param props what is allowed.
   */
  public static of(props: AdmissionProps): Admission {
    return new Admission(props);
  }

  /** What is wrong with it; the tenant that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly props: AdmissionProps) {
    this.faults = admissionFaults(props);
  }

  /**
   * Renders the rules for namespaces.
   *
   * @internal
   * @param owner what receives it, and reports what is wrong.
   * @param prefix what the names of all objects begin with.
   * @param quota what Services are given by it.
   */
  public _bind(owner: Construct, prefix: string, namespaces: readonly string[], quota: Quota): void {
    const profile = ClusterProfile.of(owner);
    const { props } = this;
    if (this.faults.length > 0 || !this.isServed(owner)) {
      return;
    }
    const solver = solverOf(props.certManager ?? ServiceAccount.fromServiceAccountName('cert-manager', 'cert-manager'));
    const registries = props.registries ?? (profile.allowedRegistries.length > 0 ? profile.allowedRegistries : undefined);
    const { platform } = this;
    definePolicies(new Construct(owner, 'Admission'), prefix, namespaces, [
      platformPolicy(platform, profile.mesh !== undefined), secretPolicy(platform), ...triggerPolicies(platform),
      ...podPolicies(props, registries?.map(registryOf), solver),
      servicePolicy(props, quota, solver), claimPolicy(props, platform), certificatePolicy(props, profile.clusterDomain),
      ingressPolicy(props, solver), routePolicy(props, solver, platform), gatewayPolicy(props), listenerSetPolicy(props),
      portRoutePolicy(props),
      ...traefikPolicies(props), referencePolicy(platform),
    ]);
  }

  /**
   * Renders what holds for network policies of others than the platform.
   *
   * @internal
   */
  public _guardNetworks(scope: Construct, prefix: string, namespaces: readonly string[], openings: () => Openings): void {
    if (this.faults.length === 0) {
      definePolicies(scope, prefix, namespaces, [networkPolicy(openings, this.platform)]);
    }
  }

  /**
   * Renders what holds while the tenant is in a state.
   *
   * @internal
   */
  public _bindState(
    scope: Construct, namespace: string, { cordoned = false, preventDeletion = false }: TenantState, subjects: () => readonly RoleSubject[],
  ): void {
    const policies = [...preventDeletion ? [deletionPolicy(namespace)] : [], ...cordoned ? [cordonPolicy(this.platform, subjects)] : []];
    if (policies.length > 0 && this.faults.length === 0) {
      definePolicies(new Construct(scope, 'State'), `${namespace}.tenant`, [namespace], policies);
    }
  }

  /**
   * What is wrong with who is the platform, given who has roles of the tenant.
   *
   * @internal
   */
  public _strangerFaults(namespace: string, roles: readonly BoundRole[]): Fault[] {
    return this.faults.length > 0 ? [] : strangerFaults(this.names, namespace, roles);
  }

  private get names(): PlatformNames {
    const { platformGroups: groups = PLATFORM, platformUsers: users = [] } = this.props;
    return { groups, users };
  }

  /** Whether the platform asks. */
  private get platform(): string {
    return isPlatform(this.names);
  }

  private isServed(scope: Construct): boolean {
    const { version } = ClusterProfile.of(scope);
    if (version.isAtLeast(SINCE)) {
      return true;
    }
    if (this.props.unsafeOmitBefore130 === true) {
      Warnings.report(scope, 'KEELSON4036', `its admission is left out, since Kubernetes ${version.text} has no ValidatingAdmissionPolicy: nobody is held to it there`);
    } else {
      Faults.report(scope, 'admission', [{
        code: 'KEELSON4035', got: `on Kubernetes ${version.text}, which has no ValidatingAdmissionPolicy`, allowed: `on Kubernetes ${SINCE} or newer`,
        fix: 'upgrade the cluster and say so in its profile; or have nobody held to it there: unsafeOmitBefore130',
      }]);
    }
    return false;
  }
}
