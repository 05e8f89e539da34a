import { PodProps } from '../pod-props';
import { settle } from './settled';

/** The fields of a pod that say so. */
export interface PodNetwork {
  readonly hostNetwork?: boolean;
  readonly dnsPolicy?: string;
  readonly dnsConfig: object;
}

const USUAL: PodNetwork = { dnsConfig: settle({ options: [{ name: 'ndots', value: '2' }] }) };

/** Whose network the pods are in, and how they resolve names. */
export function podNetwork({ unsafeHostNetwork, dnsOptions }: PodProps): PodNetwork {
  if (unsafeHostNetwork !== true && dnsOptions === undefined) {
    return USUAL;
  }
  const options = Object.entries({ ndots: '2', ...dnsOptions }).map(([name, value]) => (value === '' ? { name } : { name, value }));
  // In the node's network the default policy would resolve the node's names, and none of the cluster's.
  const host = unsafeHostNetwork === true ? { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } : {};
  return { ...host, dnsConfig: { options } };
}
