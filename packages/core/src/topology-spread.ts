import { Fault } from './faults';
import { INT32, integerFaults } from './private/integer';
import { within } from './private/within';
import { Topology } from './topology';
import { quoted } from './private/quoted';

/** Options for `TopologySpread.over`. */
export interface TopologySpreadOptions {
  /**
   * How many more pods one place may have than the one with the fewest; an integer from 1 on.
   *
   * @default 1
   */
  readonly maxSkew?: number;

  /**
   * Whether pods rather wait than break the rule. Nodes without the topology's label then get none.
   *
   * @default false
   */
  readonly required?: boolean;

  /**
   * How many places there have to be; while there are fewer, pods wait. An integer from 1 on, only with `required`.
   *
   * @default - as many as there are.
   */
  readonly minDomains?: number;
}

/**
 * How the pods of a workload spread over nodes, zones or other places.
 *
 * ```ts
 * const topologySpread = [TopologySpread.over(Topology.ZONE, { required: true, minDomains: 3 }), TopologySpread.over(Topology.HOSTNAME)];
 * ```
 *
 * Only pods of the same revision are counted, so that a rolling update doesn't end uneven.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 * @see https://github.com/kubernetes/kubernetes/issues/98215
 */
export class TopologySpread {
  /**
   * Spread evenly.
   *
   * @param topology over what.
   * @param options how evenly, and how strictly.
   */
  public static over(topology: Topology, options: TopologySpreadOptions = {}): TopologySpread {
    const { maxSkew, required, minDomains } = options;
    return new TopologySpread(topology, options, [
      ...within('topology', topology.faults),
      ...(maxSkew === undefined ? [] : integerFaults('KEELSON1277', 'maxSkew', maxSkew, 1, INT32, 'count the pods that one place may have more')),
      ...(minDomains === undefined ? [] : integerFaults('KEELSON1278', 'minDomains', minDomains, 1, INT32, 'count the places')),
      ...(minDomains === undefined || required === true ? [] : [{
        code: 'KEELSON1279', member: 'minDomains', got: quoted(minDomains), allowed: "left out without 'required: true'", fix: 'make the spread required, or remove it',
      }]),
    ]);
  }

  private constructor(
    private readonly topology: Topology,
    private readonly options: TopologySpreadOptions,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
  ) {}

  /** @internal The same for two that the API server takes for one. */
  public get _identity(): string {
    return `${this.topology.key}, ${this.options.required === true ? 'required' : 'not required'}`;
  }

  /** @internal An entry of `topologySpreadConstraints`. */
  public _render(selector: { [key: string]: string }, revisionLabel: string | undefined): object {
    const { maxSkew, required, minDomains } = this.options;
    return {
      maxSkew: maxSkew ?? 1,
      topologyKey: this.topology.key,
      whenUnsatisfiable: required === true ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: { matchLabels: { ...selector } },
      ...(minDomains === undefined ? {} : { minDomains }),
      ...(revisionLabel === undefined ? {} : { matchLabelKeys: [revisionLabel] }),
    };
  }
}
