import type { JsonObject } from '@keelson/testing';
import type { Manifests } from '../manifests.js';
import type { PrerequisiteOptions } from './prerequisites.js';

/** What is asked of manifests, in this order. */
export const CHECKS = ['applied', 'stored', 'rolled out', 'unchanged', 'no difference', 'rights', 'deleted'] as const;
export type Check = typeof CHECKS[number];

/** Manifests on their way through a cluster, and what was found wrong with them. */
export class Item {
  public readonly faults: { readonly check: Check; readonly text: string }[] = [];
  /** The objects that the API server took at first: of the others, all was said then. */
  public taken: JsonObject[] = [];
  public rejected = 0;
  public warnings = 0;
  public drift = 0;

  /** The objects as they were stored when nothing moved any more, in the order of those sent. */
  public settled: JsonObject[] = [];

  /**
   * @param manifests what is applied.
   * @param options what the cluster is before.
   * @param before what was applied before, and is replaced.
   */
  public constructor(
    public readonly manifests: Manifests, public readonly options: PrerequisiteOptions = {}, public readonly before?: Manifests,
  ) {}

  public get title(): string {
    return this.manifests.title;
  }

  public get objects(): readonly JsonObject[] {
    return this.manifests.objects;
  }

  /** Notes what is wrong. */
  public report(check: Check, texts: readonly string[]): void {
    this.faults.push(...texts.map((text) => ({ check, text })));
  }
}
