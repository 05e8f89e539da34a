import { Duration } from 'cdk8s';
import { Fault } from './faults';
import { commandFaults } from './private/command';
import { DrainTarget, PreStopHook } from './private/pre-stop-hook';
import { durationFaults, wholeSeconds } from './private/duration';

/** Options for `PreStop.drain`. */
export interface DrainOptions {
  /**
   * What to run on clusters below Kubernetes 1.30, which know no `sleep` of their own, such as `['sleep', '15']`. The image
   * must contain the program; where it doesn't, the hook fails and the app is stopped at once. No shell, one word an entry.
   *
   * @default - nothing: below 1.30 the app gets its signal at once, while requests may still come (synth warns).
   */
  readonly fallbackCommand?: string[];
}

/**
 * What happens in a container before it gets the signal to stop.
 *
 * When a pod stops, load balancers and other nodes learn of it a while later, and still send it requests. A server that waits
 * that long before it stops answers them all.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
 * @see https://github.com/kubernetes/kubernetes/issues/43576
 */
export class PreStop {
  /**
   * Wait as long as the cluster profile says that load balancers need to stop sending requests. From Kubernetes 1.30 on the
   * kubelet waits by itself, and the image needs no program for it.
   *
   * @param options what to do below 1.30.
   */
  public static drain(options: DrainOptions = {}): PreStop {
    const { fallbackCommand } = options;
    const faults = fallbackCommand === undefined ? [] : commandFaults(fallbackCommand, 'fallbackCommand');
    return new PreStop('drain', undefined, fallbackCommand, faults);
  }

  /**
   * Wait for a time of your own. Kubernetes 1.30 or newer.
   *
   * @param duration whole seconds from 1 on, less than the pod's `terminationGracePeriod`.
   */
  public static sleep(duration: Duration): PreStop {
    return new PreStop('sleep', duration, undefined, durationFaults(duration, { from: 1 }));
  }

  /**
   * Run a command in the container. Its time counts as part of the pod's `terminationGracePeriod`.
   *
   * @param command the program and its arguments, one word an entry; no shell, and the image must contain the program.
   */
  public static exec(command: string[]): PreStop {
    return new PreStop('exec', undefined, command, commandFaults(command));
  }

  /** Nothing: the signal to stop comes at once. */
  public static none(): PreStop {
    return new PreStop('none', undefined, undefined, []);
  }

  private constructor(
    private readonly kind: 'drain' | 'sleep' | 'exec' | 'none',
    private readonly duration: Duration | undefined,
    private readonly command: string[] | undefined,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
  ) {}

  /** @internal Seconds that it takes from the grace period, or that requests may still come where no hook can wait for them. */
  public _delaySeconds(target: DrainTarget): number {
    const duration = this.kind === 'drain' ? target.loadBalancerDrain : this.duration;
    return duration === undefined ? this.sleptSeconds() : wholeSeconds(duration);
  }

  /** @internal The object under `preStop:`, and what is wrong with it on this cluster and with this grace period. */
  public _render(target: DrainTarget, grace: number): PreStopHook {
    const { command } = this;
    const seconds = this._delaySeconds(target);
    const exec = command === undefined || command.length === 0 ? undefined : { exec: { command: [...command] } };
    const knowsSleep = target.version.isAtLeast('1.30');
    if (this.kind === 'exec') {
      return { handler: exec, faults: [...this.faults, ...this.graceFaults(seconds, grace)] };
    }
    if (this.kind === 'none' || seconds === 0) {
      return { faults: this.faults };
    }
    if (this.kind === 'drain' && !knowsSleep) {
      return {
        handler: exec, seconds, faults: [...this.faults, ...this.graceFaults(seconds, grace)],
        warning: exec === undefined ? `pods stop without waiting for load balancers: Kubernetes ${target.version.text} has no sleep of its own `
          + "(1.30 has), so name a program of the image in 'fallbackCommand' of PreStop.drain, such as ['sleep', '" + seconds + "']" : undefined,
      };
    }
    return { handler: { sleep: { seconds } }, seconds, faults: [...this.faults, ...this.sleepFaults(target, seconds, grace)] };
  }

  private sleepFaults(target: DrainTarget, seconds: number, grace: number): Fault[] {
    const faults: Fault[] = [];
    if (!target.version.isAtLeast('1.30')) {
      faults.push({
        code: 'KEELSON1261', got: `a sleep on Kubernetes ${target.version.text}`, allowed: 'a sleep on Kubernetes 1.30 or newer only',
        fix: `use PreStop.exec(['sleep', '${seconds}']) where the image has that program`,
      });
    }
    return [...faults, ...this.graceFaults(seconds, grace)];
  }

  /** How long a command waits that does nothing else; of others it isn't known. */
  private sleptSeconds(): number {
    const [program, seconds = '', ...more] = this.command ?? [];
    return program === 'sleep' && more.length === 0 && /^\d+$/.test(seconds) ? Number(seconds) : 0;
  }

  private graceFaults(seconds: number, grace: number): Fault[] {
    // The API takes an equal one, which leaves no time between the signal to stop and the kill.
    return seconds < grace ? [] : [{
      code: 'KEELSON1260', got: `${seconds} s${this.kind === 'drain' ? " (the cluster profile's drain time)" : ''}`,
      allowed: `shorter than 'terminationGracePeriod', ${grace} s`, fix: `lengthen 'terminationGracePeriod' to ${seconds + 30} s, or wait for less`,
    }];
  }
}
