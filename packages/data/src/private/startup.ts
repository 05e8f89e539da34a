import { Duration } from 'cdk8s';

/** How often a server is asked, every 10 seconds, until it counts as one that doesn't start; what isn't a time is said elsewhere. */
export function startupAttempts(timeout: Duration | undefined): number {
  const seconds = typeof timeout?.toSeconds === 'function' ? timeout.toSeconds({ integral: false }) : 3600;
  return Math.max(1, Math.ceil(seconds / 10));
}
