import { Duration } from 'cdk8s';
import { Fault } from './faults';
import { Labels } from './labels';
import { durationFaults, wholeSeconds } from './private/duration';
import { oneOfFaults } from './private/one-of';
import { within } from './private/within';

/** What a node's taint does to pods that don't tolerate it. */
export enum TaintEffect {
  /** They aren't placed on the node. */
  NO_SCHEDULE = 'NoSchedule',

  /** They are placed on it only if there is no other. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',

  /** They aren't placed on the node, and those that run there have to go. */
  NO_EXECUTE = 'NoExecute',
}

/** Options of tolerations. */
export interface TolerationOptions {
  /**
   * The effect that is tolerated.
   *
   * @default - every effect.
   */
  readonly effect?: TaintEffect;

  /**
   * How long a pod stays on a node after it got the taint, in whole seconds; only with `TaintEffect.NO_EXECUTE`.
   *
   * @default - for ever.
   */
  readonly evictAfter?: Duration;
}

/**
 * A taint of nodes that pods bear.
 *
 * ```ts
 * Toleration.value('dedicated', 'batch', { effect: TaintEffect.NO_SCHEDULE });
 * Toleration.exists('node.kubernetes.io/unreachable', { effect: TaintEffect.NO_EXECUTE, evictAfter: Duration.seconds(30) });
 * ```
 *
 * It lets pods onto such nodes; it doesn't draw them there: that takes `nodeSelector` or `NodeAffinity`.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export class Toleration {
  /**
   * Taints with the key, whatever their value.
   *
   * @param key the taint's key.
   * @param options which effect, and for how long.
   */
  public static exists(key: string, options: TolerationOptions = {}): Toleration {
    return new Toleration({ key, operator: 'Exists' }, options, taintFaults(key, ''));
  }

  /**
   * Taints with the key and the value.
   *
   * @param key the taint's key.
   * @param value the taint's value.
   * @param options which effect, and for how long.
   */
  public static value(key: string, value: string, options: TolerationOptions = {}): Toleration {
    return new Toleration({ key, operator: 'Equal', value }, options, taintFaults(key, value));
  }

  /**
   * Every taint, those of nodes that are going down or are kept for others among them: for agents that have to be on each node.
   *
   * @param options which effect, and for how long.
   */
  public static everything(options: TolerationOptions = {}): Toleration {
    return new Toleration({ operator: 'Exists' }, options, []);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly taint: object, private readonly options: TolerationOptions, faults: Fault[]) {
    const { effect, evictAfter } = options;
    this.faults = [
      ...faults,
      ...oneOfFaults('TaintEffect', TaintEffect, effect, 'effect'),
      ...(evictAfter === undefined ? [] : within('evictAfter', durationFaults(evictAfter, { from: 0 }))),
      ...(evictAfter === undefined || effect === TaintEffect.NO_EXECUTE ? [] : [{
        code: 'KEELSON1281', member: 'evictAfter', got: `${wholeSeconds(evictAfter)} s with ${effect ?? 'every effect'}`,
        allowed: 'given with TaintEffect.NO_EXECUTE only', fix: 'set that effect, or remove it: no other one evicts',
      }]),
    ];
  }

  /** What is tolerated, whatever for how long. @internal */
  public get _taint(): string {
    return JSON.stringify([this.taint, this.options.effect]);
  }

  /** @internal An entry of `tolerations`. */
  public _render(): object {
    const { effect, evictAfter } = this.options;
    return {
      ...this.taint,
      ...(effect === undefined ? {} : { effect }),
      ...(evictAfter === undefined ? {} : { tolerationSeconds: wholeSeconds(evictAfter) }),
    };
  }
}

/** A taint's key and value are written as a label's. */
function taintFaults(key: string, value: string): Fault[] {
  return Labels.faultsOf(key, value).map(fault => ({ ...fault, allowed: fault.allowed.replace('a label key', "a taint's key") }));
}
