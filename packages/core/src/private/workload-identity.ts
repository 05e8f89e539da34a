import { Construct } from 'constructs';
import type { CloudIdentity } from '../cloud-identity';
import { ClusterProfile } from '../cluster-profile';
import { IConnectable } from '../connections';
import { Faults } from '../faults';
import { LoadBalancerController } from '../profile/load-balancer-controller';
import { Warnings } from '../warnings';
import { WorkloadProps } from '../workload-props';
import { quoted } from './quoted';

/** Who a workload's pods are for the cloud. An account that this app makes says it itself, once for all its workloads. */
export function identityOf(workload: Construct, { cloudIdentity, serviceAccount, denyDns }: WorkloadProps): CloudIdentity | undefined {
  const identity = cloudIdentity ?? serviceAccount?.cloudIdentity;
  if (identity !== undefined && denyDns === true) {
    Warnings.report(workload, 'KEELSON1592', `${identity._text} with denyDns: an SDK finds the cloud's services, and mostly its credentials, by name: leave 'denyDns' out`);
  }
  if (cloudIdentity === undefined || serviceAccount === undefined) {
    return identity;
  }
  Faults.report(workload, 'cloudIdentity', cloudIdentity.faults);
  warnOfCloud(workload, cloudIdentity);
  if (Construct.isConstruct(serviceAccount)) {
    Faults.report(workload, 'cloudIdentity', [{
      code: 'KEELSON1543', got: `one beside the account ${quoted(serviceAccount.name)}, which this app makes`, allowed: 'given to the ServiceAccount',
      fix: "set its 'cloudIdentity': all workloads that use the account have it then",
    }]);
  }
  return cloudIdentity;
}

/** A profile tells its cloud by who makes its load balancers. */
const CLOUDS: ReadonlyMap<LoadBalancerController, string> = new Map([
  [LoadBalancerController.AWS, 'EKS'], [LoadBalancerController.GKE, 'GKE'], [LoadBalancerController.AZURE, 'AKS'],
]);

/** Warns of an identity that another cloud gives: its pods come up without credentials. */
export function warnOfCloud(scope: Construct, identity: CloudIdentity): void {
  const cloud = CLOUDS.get(ClusterProfile.of(scope).loadBalancers);
  if (cloud !== undefined && cloud !== identity._cloud) {
    Warnings.report(scope, 'KEELSON1591', `${identity._text} on ${cloud}, as the profile's load balancers say: pods get such credentials on ${identity._cloud} only, `
      + 'or where you run what gives them: use the identity of that cloud');
  }
}

/** Lets the pods out to where the cloud's SDK gets its credentials. */
export function connectToCloud(workload: Construct & IConnectable, identity: CloudIdentity | undefined): void {
  if (identity !== undefined) {
    identity._sources(ClusterProfile.of(workload).ipFamilies).forEach(({ peer, options }) => workload.connections.to(peer, options));
  }
}
