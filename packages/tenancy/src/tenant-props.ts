import { IGrantable, PodSecurityLevel, Resources } from '@keelson/core';
import { Admission } from './admission';
import { Isolation } from './isolation';
import { NetworkGuard } from './network-guard';
import { Quota } from './quota';

/** Who may do what in a tenant, or in all tenants of a workspace. */
export interface TenantPeople {
  /**
   * Who may do all that the tenant is for, read who may what, and hand on what they may themselves. No network policies, quotas, limit
   * ranges, admission or namespaces.
   *
   * @default - nobody.
   */
  readonly admins?: IGrantable[];

  /**
   * Who runs what is in it: workloads, Services, routes, configuration and Secrets; may enter pods.
   *
   * @default - nobody.
   */
  readonly operators?: IGrantable[];

  /**
   * Who looks at it: no Secrets, and no way into pods.
   *
   * @default - nobody.
   */
  readonly viewers?: IGrantable[];
}

/** What is kept as it is. */
export interface TenantState {
  /**
   * Whether people and pipelines are kept from changing anything in it: what runs goes on, as do controllers, and the platform may change
   * everything. Needs Kubernetes 1.30.
   *
   * @default false
   */
  readonly cordoned?: boolean;

  /**
   * Whether its namespace can't be deleted, with all that is in it, by anybody: this has to be taken away and applied before. Needs
   * Kubernetes 1.30.
   *
   * @default false
   */
  readonly preventDeletion?: boolean;
}

/** Properties for `Tenant`. */
export interface TenantProps extends TenantPeople, TenantState {
  /** How much of the cluster it may take. */
  readonly quota: Quota;

  /**
   * The namespace's `metadata.name`: at most 63 lower-case letters, digits and `-`.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * The Pod Security level that its pods must keep to.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * What is closed around its pods.
   *
   * @default Isolation.TENANT
   */
  readonly isolation?: Isolation;

  /**
   * What no NetworkPolicy in it opens, where the cluster has a kind for that: ClusterNetworkPolicies, or Calico's.
   *
   * @default - none: NetworkPolicies add up, and who writes one in its namespace opens what it says.
   */
  readonly networkGuard?: NetworkGuard;

  /**
   * What the API server admits into it. Needs Kubernetes 1.30.
   *
   * @default - from 1.30 on `Admission.of({})`: what it holds everybody to with nothing said; before, what roles, quota and Pod Security
   * allow.
   */
  readonly admission?: Admission;

  /**
   * Pipelines that apply apps: all that a WebApp, Worker, Task or database renders, ServiceAccounts, roles and network policies too.
   * Those may open nothing but what the tenant's own policy opens, the cluster profile's gateway, ingress controller, Traefik and
   * monitoring, and the API server where the profile says its addresses. Not CiliumNetworkPolicies, which nothing would hold to that: on
   * Cilium the platform applies those. Needs Kubernetes 1.30.
   *
   * @default - nobody: the platform applies what has network policies.
   */
  readonly deployers?: IGrantable[];

  /**
   * What containers get that name no resources of their own, field by field; within the quota.
   *
   * @default - requests of 100 millis, 128 MiB of memory and 64 MiB of disk; limits of 500 millis, 128 MiB and 256 MiB.
   */
  readonly containerDefaults?: Resources;

  /**
   * Labels of the namespace.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the namespace.
   *
   * @default - those of the scopes around it.
   */
  readonly annotations?: { [key: string]: string };
}
