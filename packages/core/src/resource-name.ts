import { Fault } from './faults';

/** The syntax of `metadata.name`, kind by kind. */
export class ResourceName {
  /**
   * What is wrong with an object's name: characters, and the length up to which objects of the kind not only
   * are accepted but work.
   *
   * @param kind such as `Deployment`.
   * @param name the object's name.
   */
  public static faultsOf(kind: string, name: string): Fault[] {
    return [];
  }

  private constructor() {}
}
