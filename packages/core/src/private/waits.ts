import { Construct, IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import type { Connections } from '../connections';
import { Fault, Faults } from '../faults';
import { Image } from '../image';
import type { PodTemplate } from '../pod-template';
import type { WaitFor } from '../wait-for';
import { imagePolicyFaults } from './image-policy';
import { quoted } from './quoted';
import { within } from './within';

/** A workload as far as waiting goes. */
interface Waiter extends Construct {
  readonly connections: Connections;
  readonly pods: PodTemplate;
  readonly namespace: string | undefined;
}

/** That a workload waits for something. */
export interface Waiting {
  /** The workload, where mistakes are reported. */
  readonly scope: IConstruct;
  readonly namespace: string | undefined;
  readonly connections: Connections;
  readonly wait: WaitFor;
}

/** All waits of an app, in the order in which they were said. */
const waits = new WeakMap<IConstruct, Waiting[]>();

/** The waits of an app's workloads that are still in it. */
export function waitsOf(root: IConstruct): Waiting[] {
  return (waits.get(root) ?? []).filter(({ connections }) => !connections._isRemoved);
}

/** Has a workload wait, and opens the way there: it would wait for ever else. */
export function acceptWait(waiter: Waiter, wait: WaitFor, denyDns: boolean): void {
  const { connections, pods, namespace } = waiter;
  Faults.report(waiter, 'waitFor', [...wait.faults, ...placeFaults(waiter, wait, denyDns)]);
  const { root } = waiter.node;
  const known = waits.get(root) ?? [];
  waits.set(root, known);
  if (known.some(other => other.scope === waiter && other.wait._host === wait._host && other.wait._port === wait._port)) {
    return;
  }
  known.push({ scope: waiter, namespace, connections, wait });
  pods._waits.push(wait);
  if (wait._peer.connections !== connections) {
    connections._open(wait._peer, { ports: wait._ports });
  }
}

function placeFaults(waiter: Waiter, { _host, _asksDns }: WaitFor, denyDns: boolean): Fault[] {
  const profile = ClusterProfile.of(waiter);
  return [
    ...within('image', imagePolicyFaults(Image.parse(profile.waitImage), profile)),
    ...!denyDns || !_asksDns ? [] : [{
      code: 'KEELSON1662', got: quoted(_host), allowed: "for an address where 'denyDns' is set", fix: "give its IP address to WaitFor.host(…), or leave 'denyDns' out",
    }],
  ];
}
