/** What becomes of a volume, and of the data in it, when its claim is deleted. */
export enum ReclaimPolicy {
  /** It stays, and so does its data, until somebody deletes both. Another claim gets neither before. */
  RETAIN = 'Retain',

  /** It is deleted with all that is in it. */
  DELETE = 'Delete',
}
