import { Peer, ServiceAccount, Workload } from '@keelson/core';
import { AccountSubject } from './account-subject';
import { WorkloadPods } from './workload-pods';

/**
 * What is ours, as cdk8s-plus-27 takes it.
 *
 * ```ts
 * declare const reports: kplus.Deployment;
 * declare const role: kplus.Role;
 * reports.connections.allowTo(ToPlus.pods(storefront));
 * role.bind(ToPlus.subject(storefront));
 * ```
 *
 * Config maps, Secrets and accounts go by name, as any that cdk8s-plus-27 didn't make:
 * `kplus.Secret.fromSecretName(chart, 'session', 'storefront-session')`.
 */
export class ToPlus {
  /**
   * The pods of a workload, for `connections.allowTo` and `allowFrom`, `NetworkPolicy` and the selectors of Services. Twice is the same.
   *
   * `allowTo` opens the TCP ports that the workload offers. Others have to be named, since cdk8s-plus-27 takes all ports for TCP.
   *
   * @param workload the workload.
   */
  public static pods(workload: Workload): WorkloadPods {
    return WorkloadPods._of(workload);
  }

  /**
   * The account that a workload's pods run as, for the bindings of cdk8s-plus-27. Its main container gets a token for that, and may
   * connect to the API server. Twice is the same.
   *
   * @param workload the workload.
   */
  public static subject(workload: Workload): AccountSubject {
    workload.pods.mountServiceAccountToken();
    workload.connections.to(Peer.apiServer());
    return AccountSubject._of(workload, workload.serviceAccount.name, workload.serviceAccount.namespace ?? workload.namespace);
  }

  /**
   * An account, for the bindings of cdk8s-plus-27. No pod gets a token by it. Twice is the same.
   *
   * @param account the account.
   */
  public static serviceAccount(account: ServiceAccount): AccountSubject {
    return AccountSubject._of(account, account.name, account.namespace);
  }

  private constructor() {}
}
