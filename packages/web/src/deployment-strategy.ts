import { Fault, Faults } from '@keelson/core';
import { PercentOrAbsolute } from './percent-or-absolute';
import { givenFaults, made } from './private/made';

/** How many pods a rolling update adds and takes away at a time. */
export interface RollingUpdateOptions {
  /**
   * Pods above the wanted number.
   *
   * @default - one quarter of them, at least one.
   */
  readonly maxSurge?: PercentOrAbsolute;

  /**
   * Pods below the wanted number.
   *
   * @default - none: a release never takes capacity away.
   */
  readonly maxUnavailable?: PercentOrAbsolute;
}

/**
 * How a new release replaces the one before.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export class DeploymentStrategy {
  /**
   * New pods start, and old ones stop as new ones are ready.
   *
   * @param options how many at a time.
   */
  public static rollingUpdate(options: RollingUpdateOptions = {}): DeploymentStrategy {
    const maxSurge = options.maxSurge ?? PercentOrAbsolute.percent(25);
    const maxUnavailable = options.maxUnavailable ?? PercentOrAbsolute.absolute(0);
    const idle = made(maxSurge)?.isZero === true && made(maxUnavailable)?.isZero === true;
    return new DeploymentStrategy(true, { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } }, [
      ...Faults.within('maxSurge', givenFaults(maxSurge, 'PercentOrAbsolute', 'absolute(1)')),
      ...Faults.within('maxUnavailable', givenFaults(maxUnavailable, 'PercentOrAbsolute', 'absolute(1)')),
      ...(idle ? [{
        code: 'KEELSON2052', member: 'maxSurge', got: '0, with maxUnavailable 0', allowed: 'more than 0 where maxUnavailable is 0',
        fix: 'let one pod start or stop at a time, else the release never begins',
      }] : []),
    ]);
  }

  /**
   * All old pods stop before new ones start: for what may run only once, such as pods that write to one volume. Nobody is
   * answered in between.
   */
  public static recreate(): DeploymentStrategy {
    return new DeploymentStrategy(false, { type: 'Recreate' }, []);
  }

  private readonly rendered: unknown;

  private constructor(
    /** Whether old and new pods run at the same time. */
    public readonly overlaps: boolean,
    rendered: unknown,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
  ) {
    this.rendered = rendered;
  }

  /** As Kubernetes writes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    return this.rendered;
  }
}
