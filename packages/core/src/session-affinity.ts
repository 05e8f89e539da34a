import { Duration } from 'cdk8s';
import { Fault } from './faults';

const LONGEST = 86400;

/**
 * Whether a client's requests go to the same pod.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity
 */
export class SessionAffinity {
  /**
   * A client's address keeps its pod. Behind a proxy all clients have one address, and so one pod.
   *
   * @param timeout how long after its last request, in whole seconds from 1 to 86400 (a day); 3 hours, unless given.
   */
  public static clientIp(timeout: Duration = Duration.hours(3)): SessionAffinity {
    return new SessionAffinity(timeout.toSeconds({ integral: false }));
  }

  /** What is wrong with it; the Service that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** How long a client keeps its pod after its last request. */
    public readonly timeoutSeconds: number,
  ) {
    this.faults = Number.isInteger(timeoutSeconds) && timeoutSeconds >= 1 && timeoutSeconds <= LONGEST ? [] : [{
      code: 'KEELSON1701', member: 'timeout', got: `${timeoutSeconds} s`, allowed: `whole seconds from 1 to ${LONGEST}`, fix: 'try Duration.hours(3)',
    }];
  }
}
