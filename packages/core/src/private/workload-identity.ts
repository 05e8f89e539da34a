import { Construct } from 'constructs';
import type { CloudIdentity } from '../cloud-identity';
import { ClusterProfile } from '../cluster-profile';
import { IConnectable } from '../connections';
import { Faults } from '../faults';
import { WorkloadProps } from '../workload-props';
import { quoted } from './quoted';

/** Who a workload's pods are for the cloud. An account that this app makes says it itself, once for all its workloads. */
export function identityOf(workload: Construct, { cloudIdentity, serviceAccount }: WorkloadProps): CloudIdentity | undefined {
  if (cloudIdentity === undefined || serviceAccount === undefined) {
    return cloudIdentity ?? serviceAccount?.cloudIdentity;
  }
  Faults.report(workload, 'cloudIdentity', cloudIdentity.faults);
  if (Construct.isConstruct(serviceAccount)) {
    Faults.report(workload, 'cloudIdentity', [{
      code: 'KEELSON1543', got: `one beside the account ${quoted(serviceAccount.name)}, which this app makes`, allowed: 'given to the ServiceAccount',
      fix: "set its 'cloudIdentity': all workloads that use the account have it then",
    }]);
  }
  return cloudIdentity;
}

/** Lets the pods out to where the cloud's SDK gets its credentials. */
export function connectToCloud(workload: Construct & IConnectable, identity: CloudIdentity | undefined): void {
  if (identity !== undefined) {
    identity._sources(ClusterProfile.of(workload).ipFamilies).forEach(({ peer, options }) => workload.connections.to(peer, options));
  }
}
