/** How headers are changed on the way. Names are compared without regard to case; of one name, only one change. */
export interface HeaderChanges {
  /**
   * Values by name, instead of what was there.
   *
   * @default - none.
   */
  readonly set?: { [name: string]: string };

  /**
   * Values by name, beside what was there.
   *
   * @default - none.
   */
  readonly add?: { [name: string]: string };

  /**
   * Names of headers that are taken away.
   *
   * @default - none.
   */
  readonly remove?: string[];
}
