import { Fault } from '@keelson/core';
import { INT32 } from './private/integer';
import { shown } from './private/made';

/** Options for `RateLimit`. */
export interface RateLimitOptions {
  /**
   * How many requests may come at once, from 1 on, before the rate counts. Ingress-nginx takes multiples of the rate only.
   *
   * @default - as many as the rate allows in its period.
   */
  readonly burst?: number;
}

/**
 * How many requests are taken from one client address; others are answered 429, by ingress-nginx itself 503. Each pod of the gateway counts
 * for itself.
 */
export class RateLimit {
  /**
   * So many a second.
   *
   * @param requests from 1 on.
   * @param options how many at once.
   */
  public static perSecond(requests: number, options: RateLimitOptions = {}): RateLimit {
    return new RateLimit(requests, 1, options);
  }

  /**
   * So many a minute.
   *
   * @param requests from 1 on.
   * @param options how many at once.
   */
  public static perMinute(requests: number, options: RateLimitOptions = {}): RateLimit {
    return new RateLimit(requests, 60, options);
  }

  /** How many requests may come at once. */
  public readonly burst: number;

  /** What is wrong with it; the app that is exposed reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** How many requests in a period. */
    public readonly requests: number,
    /** The period: 1 or 60 seconds. */
    public readonly periodSeconds: number,
    options: RateLimitOptions,
  ) {
    this.burst = options.burst ?? requests;
    this.faults = [...countFaults('requests', requests), ...options.burst === undefined ? [] : countFaults('burst', options.burst)];
  }
}

function countFaults(member: string, count: number): Fault[] {
  return Number.isInteger(count) && count >= 1 && count <= INT32 ? [] : [{
    code: 'KEELSON2302', member, got: shown(count), allowed: `an integer from 1 to ${INT32}`, fix: 'give a number of requests',
  }];
}
