/** When the containers of a pod are started again. */
export enum RestartPolicy {
  /** Whenever they exit: servers. */
  ALWAYS = 'Always',
  /** When they fail: tasks. */
  ON_FAILURE = 'OnFailure',
  /** Never: tasks whose failure makes a new pod. */
  NEVER = 'Never',
}
