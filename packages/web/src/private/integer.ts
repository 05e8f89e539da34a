/** The highest number that the API takes where it counts: an int32. */
export const INT32 = 2147483647;

/** Whether a number can be a field of the API that counts. */
export function isInt32From(lowest: number, value: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= INT32;
}
