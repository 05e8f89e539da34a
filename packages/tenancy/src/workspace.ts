import { Faults, IGrantable, Quantity } from '@keelson/core';
import { Construct } from 'constructs';
import { Admission } from './admission';
import { NetworkGuard } from './network-guard';
import { isStorageOfClass } from './private/storage-of-class';
import { Quota } from './quota';
import { Tenant } from './tenant';
import { TenantPeople, TenantProps } from './tenant-props';

/** Properties for `Workspace`. */
export interface WorkspaceProps extends TenantPeople {
  /**
   * What all of its tenants together may have. Kubernetes has no quota over several namespaces: each tenant gets a fixed part, and what
   * one leaves unused no other can take.
   *
   * @default - as much as its tenants' quotas say.
   */
  readonly quota?: Quota;

  /**
   * What the API server admits into tenants that say nothing of their own. Needs Kubernetes 1.30.
   *
   * @default - as of a tenant that says nothing of it.
   */
  readonly admission?: Admission;

  /**
   * What no NetworkPolicy opens in tenants that say no guard of their own.
   *
   * @default - none.
   */
  readonly networkGuard?: NetworkGuard;

  /**
   * Whether pods of its tenants reach each other, on all ports; not those of a tenant with another isolation than `Isolation.TENANT`.
   *
   * @default true
   */
  readonly allowBetweenTenants?: boolean;
}

/**
 * Tenants of one team, or one customer: its people have their roles in all of them, pods of one reach those of another, and nobody else's
 * do.
 *
 * ```ts
 * declare const app: App;
 * const acme = new Workspace(app, 'acme', { quota: Quota.large(), admins: [Subject.group('acme-leads')] });
 * const shop = acme.tenant('acme-shop', { quota: Quota.medium(), operators: [Subject.group('acme-shop-developers')] });
 * const data = acme.tenant('acme-data', { quota: Quota.small() });
 * ```
 *
 * Defines nothing but its tenants: Kubernetes has no object for it.
 *
 * @see https://kubernetes.io/docs/concepts/security/multi-tenancy/
 */
export class Workspace extends Construct {
  /** Its tenants, in the order in which they were defined. */
  public readonly tenants: Tenant[] = [];

  private readonly place: Construct;
  private readonly props: WorkspaceProps;

  /**
   * @param scope the app.
   * @param id what it is called in messages.
   * @param props quota and people.
   */
  public constructor(scope: Construct, id: string, props: WorkspaceProps = {}) {
    super(scope, id);
    this.place = scope;
    this.props = props;
    Faults.report(this, 'quota', props.quota?.faults ?? []);
    this.node.addValidation({ validate: () => this.split() });
  }

  /**
   * Define a tenant of it: a chart of the app.
   *
   * @param id the chart's id, and the namespace's name unless `name` is another.
   * @param props what a tenant takes; its people are added to the workspace's.
   */
  public tenant(id: string, props: TenantProps): Tenant {
    const { admission, networkGuard, admins, operators, viewers, allowBetweenTenants = true } = this.props;
    const both = (one: IGrantable[] = [], other: IGrantable[] = []) => [...one, ...other];
    const tenant = new Tenant(this.place, id, {
      ...props,
      admission: props.admission ?? admission,
      networkGuard: props.networkGuard ?? networkGuard,
      admins: both(admins, props.admins),
      operators: both(operators, props.operators),
      viewers: both(viewers, props.viewers),
    });
    for (const other of allowBetweenTenants ? this.tenants : []) {
      if (tenant._allowsWithin && other._allowsWithin) {
        tenant.isolation?.allowNamespace(other.tenantNamespace.name);
        other.isolation?.allowNamespace(tenant.tenantNamespace.name);
      }
    }
    this.tenants.push(tenant);
    return tenant;
  }

  /** What the parts come to, where it is more than the whole. */
  private split(): string[] {
    const { quota } = this.props;
    if (quota === undefined || quota.faults.length > 0) {
      return [];
    }
    return Object.keys(quota.hard).flatMap((resource) => {
      const parts = this.tenants.flatMap(({ node: { id }, quota: part }) => {
        // of a class that has no limit of its own, all that claims may have
        const amount = part.limitOf(resource) ?? (isStorageOfClass(resource) ? part.limitOf('requests.storage') : undefined);
        return amount === undefined ? [] : [{ id, amount }];
      });
      const sum = parts.reduce((all, { amount }) => all.plus(amount), Quantity.ofCount(0));
      const whole = quota.limitOf(resource) ?? sum;
      return !sum.exceeds(whole) ? [] : [Faults.describe('quota', {
        code: 'KEELSON4008', member: resource, got: `${whole.text} for tenants with ${parts.map(({ id, amount }) => `${amount.text} (${id})`).join(', ')}`,
        allowed: `at least what its tenants have together, ${sum.text}`, fix: 'raise it, or give a tenant less',
      })];
    });
  }
}
