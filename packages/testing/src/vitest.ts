import { expect } from 'vitest';
import { Reachability } from './reachability/reachability.js';
import { differences } from './reachability/markdown.js';
import type { RenderedConstruct } from './reachability/rendered-construct.js';

type Manifests = Reachability | string | readonly unknown[];
type End = string | RenderedConstruct;

declare module 'vitest' {
  interface Matchers<T> {
    /**
     * Whether a connection is allowed by the NetworkPolicies among manifests, given as such or as `reachability(manifests)`.
     *
     * @param source `shop/web`, an address or a construct, as `Reachability.from` takes it.
     * @param destination the same.
     * @param port a number (of TCP), `'53/UDP'`, or the name that the destination's containers give it.
     */
    toReach(source: End, destination: End, port: number | string): T;
    /**
     * Whether the matrix of all connections is as in a Markdown table, such as `reachability(manifests).matrix().toMarkdown()` gives.
     * `no` in it stands for `no (in)` and `no (out)` too; spaces don't matter.
     */
    toHaveReachability(table: string): T;
  }
}

expect.extend({
  toReach(manifests: Manifests, source: End, destination: End, port: number | string) {
    const { allowed, why } = networkOf(manifests).from(source).to(destination, port);
    const ends = `${nameOf(source)} ${this.isNot === true ? 'not ' : ''}to reach ${nameOf(destination)} ${port}`;
    return { pass: allowed, message: () => `expected ${ends}: ${why}` };
  },
  toHaveReachability(manifests: Manifests, table: string) {
    const matrix = networkOf(manifests).matrix();
    const faults = differences(table, matrix);
    return {
      pass: faults.length === 0,
      message: () => (faults.length === 0 ? 'expected another reachability than the table\'s' : `expected the reachability of the table:\n${faults.join('\n')}`),
      actual: matrix.toMarkdown(),
      expected: table,
    };
  },
});

function networkOf(manifests: Manifests): Reachability {
  return manifests instanceof Reachability ? manifests : new Reachability(manifests);
}

function nameOf(end: End): string {
  return typeof end === 'string' ? end : end.node.path;
}
