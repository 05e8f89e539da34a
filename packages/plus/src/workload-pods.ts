import { ContainerPort, Faults, Protocol, Workload } from '@keelson/core';
import { ApiObject } from 'cdk8s';
import type { INetworkPolicyPeer, IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

const ID = 'PlusPods';

/** Where cdk8s-plus-27 looks for ports. */
export interface ListeningContainer {
  /** The ports it listens on. */
  readonly ports: ContainerPort[];
}

/** The pods of a workload of ours, as cdk8s-plus-27 selects and connects them. Made by `ToPlus.pods`. */
export class WorkloadPods extends Construct implements IPodSelector, INetworkPolicyPeer {
  /** @internal */
  public static _of(workload: Workload): WorkloadPods {
    return workload.node.tryFindChild(ID) as WorkloadPods | undefined ?? new WorkloadPods(workload);
  }

  private constructor(private readonly workload: Workload) {
    super(workload, ID);
    this.node.addValidation({ validate: () => this.openedWide() });
  }

  /**
   * The TCP ports that the workload offers to those who connect to it. cdk8s-plus-27 reads them here for `allowTo`, takes each for TCP, and
   * opens every port where there is none.
   */
  public get containers(): ListeningContainer[] {
    const offered = this.workload.connections.offeredPorts.filter(({ protocol }) => protocol === Protocol.TCP);
    const numbers = offered.flatMap(({ number, endPort = number }) => Array.from({ length: endPort - number + 1 }, (_, i) => number + i));
    return [{ ports: numbers.map(number => ({ number })) }];
  }

  /** The one label that selects the pods, and their namespace where it is known. */
  public toPodSelectorConfig(): PodSelectorConfig {
    // Here and not above: who uses none of this needn't load 2.5 MB, which takes as long as all of cdk8s.
    const { LabelSelector } = require('cdk8s-plus-27') as typeof import('cdk8s-plus-27');
    const { namespace, selector } = this.workload;
    const labelSelector = LabelSelector.of({ labels: selector });
    return { labelSelector, namespaces: namespace === undefined ? undefined : { names: [namespace] } };
  }

  /** The pods, as one end of a rule. */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** Itself: the other end's policy selects the same pods. */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }

  /** Only rules of `allowTo` are meant: who writes a rule without ports by hand may want all of them. */
  private openedWide(): string[] {
    if (this.containers.some(({ ports }) => ports.length > 0)) {
      return [];
    }
    const own = new RegExp(`^AllowEgress${this.node.addr}$`);
    const wide = this.node.root.node.findAll().filter(({ node: { id } }) => own.test(id)).filter(policy => {
      const { egress = [] } = (ApiObject.of(policy).toJson() as { spec: { egress?: { ports?: unknown[] }[] } }).spec;
      return egress.some(({ ports = [] }) => ports.length === 0);
    });
    return wide.map(policy => Faults.describe('ports', {
      code: 'KEELSON2203', got: `none from '${policy.node.scope?.node.path}'`, allowed: 'named in allowTo, since the workload offers no TCP port, and none is every port',
      fix: "write allowTo(…, { ports: [NetworkPolicyPort.udp(53)] }) with the port meant, or have the workload offer it by 'connections.offer'",
    }));
  }
}
