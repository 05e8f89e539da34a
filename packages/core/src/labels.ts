import { Fault } from './faults';

/** The syntax of labels and annotations, and the labels that every workload carries. */
export class Labels {
  /**
   * What is wrong with a label.
   *
   * @param key the label's key.
   * @param value the label's value.
   */
  public static faultsOf(key: string, value: string): Fault[] {
    return [];
  }

  /**
   * What is wrong with an annotation.
   *
   * @param key the annotation's key.
   * @param value the annotation's value.
   */
  public static annotationFaultsOf(key: string, value: string): Fault[] {
    return [];
  }

  private constructor() {}
}
