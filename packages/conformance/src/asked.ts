import type { Options, Part } from './options.js';

/** What each part has been asked of: a part that was wanted and asked of nothing has proven nothing. */
export class Asked {
  private readonly counts = new Map<Part, number>();

  /** Notes that so many apps, cases or goldens went through a part. */
  public add(part: Part, count: number): void {
    this.counts.set(part, (this.counts.get(part) ?? 0) + count);
  }

  /** The parts that were wanted and had nothing to look at, on any version. */
  public faults({ parts, versions }: Pick<Options, 'parts' | 'versions'>): string[] {
    return [...parts].filter((part) => (this.counts.get(part) ?? 0) === 0)
      .map((part) => `${part} was asked for and looked at nothing on ${versions.map(({ name }) => name).join(', ')}`);
  }
}
