import { Fault } from './faults';
import { Labels } from './labels';
import { integerFaults } from './private/integer';
import { listFaults } from './private/made';
import { oneOfFaults } from './private/one-of';
import { quoted } from './private/quoted';
import { within } from './private/within';

const MOST_CODES = 255;

/** What follows from a failed pod. */
export enum PodFailureAction {
  /** The Job fails at once. */
  FAIL_JOB = 'FailJob',
  /** The pod's index fails at once; only with `backoffLimitPerIndex`, from Kubernetes 1.29 on. */
  FAIL_INDEX = 'FailIndex',
  /** It doesn't count, and a new pod is made. */
  IGNORE = 'Ignore',
  /** It counts towards `backoffLimit`, as without a rule. */
  COUNT = 'Count',
}

/** Options of rules by exit code. */
export interface ExitCodeOptions {
  /**
   * Name of the container, or init container, whose exit code it is.
   *
   * @default - any.
   */
  readonly container?: string;
}

/**
 * What a Job makes of a failed pod, by exit code or by condition.
 *
 * ```ts
 * const rules = [PodFailureRule.exitCodes(PodFailureAction.FAIL_JOB, [2, 64]), PodFailureRule.disruption()];
 * ```
 *
 * @see https://kubernetes.io/docs/tasks/job/pod-failure-policy/
 */
export class PodFailureRule {
  /**
   * For pods with a container that ended with one of these codes.
   *
   * @param action what follows.
   * @param codes 1 to 255 exit codes, each from 1 to 255.
   * @param options of which container.
   */
  public static exitCodes(action: PodFailureAction, codes: number[], options: ExitCodeOptions = {}): PodFailureRule {
    return PodFailureRule.byCode(action, 'In', codes, options);
  }

  /**
   * For pods with a container that ended with any other code, success aside.
   *
   * @param action what follows.
   * @param codes 1 to 255 exit codes that it isn't about, each from 1 to 255.
   * @param options of which container.
   */
  public static otherExitCodes(action: PodFailureAction, codes: number[], options: ExitCodeOptions = {}): PodFailureRule {
    return PodFailureRule.byCode(action, 'NotIn', codes, options);
  }

  /**
   * For pods with a condition, such as `DisruptionTarget`, or one that an operator sets.
   *
   * @param action what follows.
   * @param type the condition's type; it has to be true.
   */
  public static condition(action: PodFailureAction, type: string): PodFailureRule {
    return new PodFailureRule(action, { onPodConditions: [{ type, status: 'True' }] }, within('type', Labels.faultsOf(type, '')));
  }

  /**
   * Pods that are evicted, preempted, or drained with their node don't count as failures.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions
   */
  public static disruption(): PodFailureRule {
    return PodFailureRule.condition(PodFailureAction.IGNORE, 'DisruptionTarget');
  }

  private static byCode(action: PodFailureAction, operator: string, given: number[], { container }: ExitCodeOptions): PodFailureRule {
    const noList = listFaults(given ?? null, 'exit codes', 'write it like [2, 64]', 'codes');
    if (noList.length > 0) {
      return new PodFailureRule(action, { onExitCodes: { containerName: container, operator, values: [] } }, noList, container);
    }
    const codes = given;
    const faults = codes.flatMap(code => integerFaults('KEELSON1516', 'codes', code, 1, MOST_CODES, 'name codes of failures: 0 is success'));
    const values = [...new Set(codes)].sort((a, b) => a - b);
    if (codes.length === 0) {
      faults.push({ code: 'KEELSON1517', member: 'codes', got: 'none', allowed: 'one exit code or more', fix: 'name those that it is about' });
    }
    return new PodFailureRule(action, { onExitCodes: { containerName: container, operator, values } }, faults, container);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly action: PodFailureAction, private readonly pattern: object, faults: Fault[], container?: string) {
    this.faults = [...oneOfFaults('PodFailureAction', PodFailureAction, action, 'action'), ...faults];
    this._container = container;
  }

  /** @internal */
  public readonly _container: string | undefined;

  /** @internal */
  public get _failsIndex(): boolean {
    return this.action === PodFailureAction.FAIL_INDEX;
  }

  /** What is wrong with it in a Job of these containers. @internal */
  public _faultsAmong(containers: string[]): Fault[] {
    return this._container === undefined || containers.includes(this._container) ? [] : [{
      code: 'KEELSON1518', member: 'container', got: quoted(this._container), allowed: `a container of the pod (${containers.map(quoted).join(', ')})`,
      fix: 'name one of them',
    }];
  }

  /** @internal */
  public _render(): object {
    return { action: this.action, ...this.pattern };
  }
}
