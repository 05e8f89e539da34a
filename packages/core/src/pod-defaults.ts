import { IConstruct } from 'constructs';
import { Inherited } from './private/inherited';
import { mergeResources } from './private/render-resources';
import { Resources } from './resources';

const inherited = new Inherited<PodDefaults>();
const NONE: Resources = {};

/**
 * What pods below a construct get unless they say otherwise.
 *
 * ```ts
 * declare const app: App;
 * declare const batchChart: Chart;
 * PodDefaults.of(app).useResources({ cpuRequest: Cpu.millis(50) });
 * PodDefaults.of(batchChart).useResources({ memoryRequest: Size.gibibytes(1) });
 * ```
 *
 * Order-free; field by field, the nearest one wins.
 */
export class PodDefaults {
  /**
   * The defaults that `scope` passes on.
   *
   * @param scope an app, a chart or any construct.
   */
  public static of(scope: IConstruct): PodDefaults {
    let own = inherited.own(scope);
    if (own === undefined) {
      own = new PodDefaults();
      inherited.set(scope, own);
    }
    return own;
  }

  /** @internal */
  public static _resourcesAt(scope: IConstruct): Resources {
    return inherited.all(scope).reduce<Resources>((outer, { resources }) => mergeResources(outer, resources), NONE);
  }

  private resources: Resources = {};

  private constructor() {}

  /**
   * Resources of every container below that doesn't set the field itself.
   *
   * @param resources the fields to set; those not named stay as they are.
   */
  public useResources(resources: Resources): void {
    this.resources = mergeResources(this.resources, resources);
  }
}
