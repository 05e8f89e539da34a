import type { Workbench } from '../measure/workbench.js';
import type { Row } from '../report/row.js';

/** One of the figures G1 to G12 of docs/performance.md. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly measure: (bench: Workbench) => Promise<Row[]>;
}
