export { readCluster, type Cluster } from './cluster.js';
export { reachability, type Reachability, type ReachabilityOptions, type Source } from './reachability.js';
export type { Matrix, MatrixCell, MatrixColumn } from './matrix.js';
export type { RenderedConstruct } from './rendered-construct.js';
export { unjudgedAmong } from './unjudged.js';
export type { SideVerdict, Verdict } from './verdict.js';
