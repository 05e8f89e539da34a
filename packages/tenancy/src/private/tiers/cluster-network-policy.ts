import { Manifest, Port } from '@keelson/core';
import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Namespaces, split, TieredPeer, TieredPolicy, TieredRule } from './tiered-policy';

const NAME = 'kubernetes.io/metadata.name';

/** A policy in the words of the Network Policy API. */
export function clusterNetworkPolicy(scope: Construct, { name, tier, priority, subject, ingress, egress }: TieredPolicy): Manifest {
  return new Manifest(scope, 'ClusterNetworkPolicy', {
    apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name },
    spec: {
      tier, priority,
      subject: { namespaces: selectorOf(subject) },
      ingress: Lazy.any({ produce: () => split(ingress()).map(rule => rendered('from', rule)) }),
      egress: egress.length === 0 ? undefined : split(egress).map(rule => rendered('to', rule)),
    },
  });
}

function rendered(direction: 'from' | 'to', { name, action, peers, ports }: TieredRule): object {
  return { name, action, [direction]: peers.map(peerOf), ...ports === undefined ? {} : { protocols: ports.map(protocolOf) } };
}

function peerOf(peer: TieredPeer): object {
  if (peer.namespaces === undefined) {
    return { networks: peer.networks };
  }
  const { namespaces, podLabels } = peer;
  return podLabels === undefined ? { namespaces: selectorOf(namespaces) }
    : { pods: { namespaceSelector: selectorOf(namespaces), podSelector: { matchLabels: podLabels } } };
}

function selectorOf(namespaces: Namespaces): object {
  if ('labels' in namespaces) {
    const { labels, requirements = [] } = namespaces;
    return {
      ...Object.keys(labels).length === 0 ? {} : { matchLabels: labels },
      ...requirements.length === 0 ? {} : { matchExpressions: requirements },
    };
  }
  if ('except' in namespaces) {
    return { matchExpressions: [{ key: NAME, operator: 'NotIn', values: namespaces.except }] };
  }
  const [first, ...others] = namespaces.named;
  return others.length === 0 ? { matchLabels: { [NAME]: first } } : { matchExpressions: [{ key: NAME, operator: 'In', values: namespaces.named }] };
}

function protocolOf({ protocol, number, endPort }: Port): object {
  return { [protocol.toLowerCase()]: { destinationPort: endPort === undefined ? { number } : { range: { start: number, end: endPort } } } };
}
