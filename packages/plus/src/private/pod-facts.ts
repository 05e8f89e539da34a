import { ContainerPort, Port, Protocol } from '@keelson/core';
import type { AbstractPod } from 'cdk8s-plus-27';

/** The label that every pod of cdk8s-plus-27 has, and that its own Services and policies select it by. */
export function selectorOf(pods: AbstractPod): { [key: string]: string } {
  return { ...pods.toPodSelectorConfig().labelSelector._toKube().matchLabels };
}

export function containerPortsOf({ containers }: AbstractPod): ContainerPort[] {
  return containers.flatMap(({ ports }) => ports).map(({ number, name, protocol }) => ({ number, name, protocol: protocolOf(protocol) }));
}

export function portsOf(pods: AbstractPod): Port[] {
  return containerPortsOf(pods).map(({ number, protocol = Protocol.TCP }) => Port.range(protocol, number, number));
}

/** Both have the API's own words. */
function protocolOf(protocol: string | undefined): Protocol | undefined {
  return Object.values(Protocol).find(each => each === protocol);
}
