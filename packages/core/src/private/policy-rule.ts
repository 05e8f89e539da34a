import { IConstruct } from 'constructs';
import { Fault } from '../faults';
import { Port } from '../port';
import type { IpBlock } from './public-blocks';

/** From where a peer is seen: the workload whose policy selects it. */
export interface Viewpoint {
  /** The workload, by which the cluster's profile is found. */
  readonly scope: IConstruct;
  /** The namespace of its policy. */
  readonly namespace: string | undefined;
  /** How messages name it. */
  readonly text: string;
}

/** One element of a rule's `from` or `to`; what stands in it together must all be true. */
export interface PolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: IpBlock;
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/** Who may connect, and where. */
export interface PolicyRule {
  /** One of them is enough; none is everybody. */
  readonly peers: readonly PolicyPeer[];
  /** None: the ports that the accepting end offers. */
  readonly ports: readonly Port[];
  /** The same object is a rule of many workloads. */
  readonly shared?: boolean;
}

/** A DNS name, or a pattern of names, by which an address is known. */
type FqdnSelector = { readonly matchName: string } | { readonly matchPattern: string };

/** Who has no labels and no address that a NetworkPolicy could name; one of the two. */
export interface UnlabelledPeer {
  /** An identity that Cilium reserves. */
  readonly entity?: 'ingress' | 'kube-apiserver';
  readonly fqdn?: FqdnSelector;
  /** The ports it is known by, such as the API server's. None: those of the connection. */
  readonly ports: readonly Port[];
}

/** What a peer is in a policy, or why it can't be told. */
export interface ResolvedPeer {
  readonly rules: readonly PolicyRule[];
  /** What only a CiliumNetworkPolicy can name of it. */
  readonly unlabelled?: readonly UnlabelledPeer[];
  readonly faults: readonly Fault[];
}

/** All pods of a namespace. By its name, which nobody can put on another namespace, unlike labels. */
export function namespaceNamed(name: string): LabelSelector {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

/** Pods by their labels: alone in the viewpoint's own namespace, else together with the namespace, so that both must be true. */
export function podsSelected(labels: Readonly<Record<string, string>>, namespace: string | undefined, viewpoint: Viewpoint): PolicyPeer {
  const podSelector = Object.keys(labels).length > 0 ? { matchLabels: labels } : undefined;
  if (namespace === viewpoint.namespace || namespace === undefined) {
    return { podSelector: podSelector ?? {} };
  }
  return { namespaceSelector: namespaceNamed(namespace), podSelector };
}
