/** When a claim gets its volume. */
export enum VolumeBindingMode {
  /** When a pod that mounts it is scheduled: the volume is made where that pod can run. */
  WAIT_FOR_FIRST_CONSUMER = 'WaitForFirstConsumer',

  /** At once, wherever there is room: a pod that can't run there waits for ever. */
  IMMEDIATE = 'Immediate',
}
