import { Construct } from 'constructs';
import { claimId } from './private/construct-id';

/** Ids of constructs, for authors of their own. */
export class ConstructId {
  /**
   * The id that a construct may take in a scope: the one that is asked for, unless another has it, or none can. That is reported as a
   * mistake at synth, and the construct goes on under another, where `constructs` would end the program.
   *
   * ```ts
   * class Bucket extends Construct {
   *   public constructor(scope: Construct, id: string) {
   *     super(scope, ConstructId.claim(scope, id));
   *   }
   * }
   * ```
   *
   * @param scope where the construct is to be, in a Chart.
   * @param id the id that is asked for.
   */
  public static claim(scope: Construct, id: string): string {
    return claimId(scope, id);
  }

  private constructor() {}
}
