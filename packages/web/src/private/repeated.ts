import { Fault } from '@keelson/core';

/** Something that the number of pods follows. */
interface Measured {
  /** What tells it from others. */
  readonly key: string;
  /** What messages call it. */
  readonly title: string;
}

/** What is measured twice is a mistake, mostly of copying: the lower target counts alone. */
export function repeatedFaults(member: string, measured: Measured[]): Fault[] {
  const keys = measured.map(({ key }) => key);
  const repeated = measured.filter(({ key }, at) => keys.indexOf(key) !== at);
  return repeated.map(({ title }) => ({
    code: 'KEELSON2147', member, got: `${title} twice`, allowed: 'measured once each', fix: 'remove one of the two: the lower target counts alone',
  }));
}
