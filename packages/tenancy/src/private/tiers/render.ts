import { ClusterProfile, Cni, Fault, Manifest } from '@keelson/core';
import { Construct } from 'constructs';
import { globalNetworkPolicy } from './calico';
import { clusterNetworkPolicy } from './cluster-network-policy';
import { TieredPolicy } from './tiered-policy';

/** What a caller says of a policy of a tier. */
export interface TierProps {
  readonly priority?: number;
  readonly calicoTier?: string;
}

/** Defines a policy by what the cluster has: one of the Network Policy API, else one of Calico. */
export function defineTiered(scope: Construct, calicoTier: string, policy: TieredPolicy): Manifest | undefined {
  const { networkPolicyApi, cni } = ClusterProfile.of(scope);
  if (networkPolicyApi !== undefined) {
    return clusterNetworkPolicy(scope, policy);
  }
  if (cni === Cni.CALICO) {
    return globalNetworkPolicy(scope, calicoTier, policy);
  }
  return undefined;
}

/** What is wrong where the cluster has neither. */
export function clusterFaults(scope: Construct): Fault[] {
  const { networkPolicyApi, cni } = ClusterProfile.of(scope);
  return networkPolicyApi !== undefined || cni === Cni.CALICO ? [] : [{
    code: 'KEELSON4051', got: `on ${cni === Cni.UNSPECIFIED ? 'an unspecified network plugin' : cni.name} without the Network Policy API`,
    allowed: 'on a cluster that has ClusterNetworkPolicies, or Calico',
    fix: "where its CRD is installed and the network plugin enforces it, say 'networkPolicyApi: NetworkPolicyApi.of('0.2')' in the profile"
      + "; on Calico from 3.29 on, 'cni: Cni.CALICO'; else leave it out",
  }];
}

/** What is wrong with the name of a policy that is the caller's own: in Calico's one dot parts the tier from it. */
export function nameFaults(scope: Construct, name: string): Fault[] {
  const { networkPolicyApi, cni } = ClusterProfile.of(scope);
  const isCalicos = networkPolicyApi === undefined && cni === Cni.CALICO;
  return isCalicos && name.includes('.') ? [{
    code: 'KEELSON4055', got: `'${name}'`, allowed: 'a name without dots on Calico, where one parts it from its tier', fix: `try '${name.replaceAll('.', '-')}'`,
  }] : [];
}

const TIER = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What is wrong with a priority, and with a tier of Calico: after its own, `default`, nothing comes, so that to pass on is to let in. */
export function tierFaults({ priority, calicoTier }: TierProps): Fault[] {
  const isPriority = priority === undefined || (Number.isInteger(priority) && priority >= 0 && priority <= 1000);
  const isTier = calicoTier === undefined || (TIER.test(calicoTier) && calicoTier !== 'default');
  return [
    ...isPriority ? [] : [{
      code: 'KEELSON4052', member: 'priority', got: String(priority), allowed: 'an integer from 0 to 1000', fix: 'take a lower one for what is to come earlier',
    }],
    ...isTier ? [] : [{
      code: 'KEELSON4053', member: 'calicoTier', got: `'${calicoTier}'`,
      allowed: "the name of a Tier other than 'default', of at most 63 lower-case letters, digits and '-'", fix: 'leave it out, or name a Tier of the cluster',
    }],
  ];
}
