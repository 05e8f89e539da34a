import { Peer } from '@keelson/core';
import type { AbstractPod, Service } from 'cdk8s-plus-27';
import { PlusService } from './plus-service';
import { PlusWorkload } from './plus-workload';
import { portsOf, selectorOf } from './private/pod-facts';

/**
 * What cdk8s-plus-27 made, as ours takes it.
 *
 * ```ts
 * declare const orders: kplus.StatefulSet;
 * storefront.connections.to(FromPlus.workload(orders));
 * ```
 *
 * What is told by its name needs nothing of this: Secrets, ConfigMaps, claims, ServiceAccounts, Roles, `Cpu` and `EnvValue` of
 * cdk8s-plus-27 stand where ours do.
 */
export class FromPlus {
  /**
   * A Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod of cdk8s-plus-27 among ours: to connect, to grant roles to, behind a
   * `Service`.
   *
   * Its pods get a NetworkPolicy like ours, of its name: from then on all is closed to them that isn't declared, here or by
   * `allowTo` and `allowFrom` of cdk8s-plus-27; DNS is open. `peer` leaves them as they are. Twice is the same.
   *
   * @param pods what runs the pods, with all its containers.
   */
  public static workload(pods: AbstractPod): PlusWorkload {
    return PlusWorkload._of(pods);
  }

  /**
   * The pods of cdk8s-plus-27 as a peer, whose own network policies stay as they are: where they are closed, `allowFrom` has to
   * open them.
   *
   * @param pods what runs the pods, with all its containers.
   */
  public static peer(pods: AbstractPod): Peer {
    const peer = Peer.pods({ labels: selectorOf(pods), namespace: pods.metadata.namespace });
    peer.connections.offer({ ports: portsOf(pods) });
    return peer;
  }

  /**
   * A Service of cdk8s-plus-27 with its pods: to connect, to wait for, to expose.
   *
   * @param service the Service, with all its ports.
   * @param pods what runs the pods that it selects, which get a policy as by `workload`.
   */
  public static service(service: Service, pods: AbstractPod): PlusService {
    return PlusService._of(service, pods);
  }

  private constructor() {}
}
