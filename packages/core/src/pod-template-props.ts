import { ContainerProps } from './container';
import { PodProps } from './pod-props';
import { RestartPolicy } from './restart-policy';

/** Properties for `PodTemplate`. */
export interface PodTemplateProps extends PodProps {
  /** The main container. */
  readonly container: ContainerProps;

  /** Labels of the pods, the one of `selector` among them. */
  readonly labels: { [key: string]: string };

  /** The one label that tells these pods from all others of the namespace. */
  readonly selector: { [key: string]: string };

  /**
   * When containers are started again.
   *
   * @default RestartPolicy.ALWAYS
   */
  readonly restartPolicy?: RestartPolicy;

  /**
   * Whether there are two pods or more, which then are kept apart.
   *
   * @default false
   */
  readonly replicated?: boolean;

  /**
   * The label that tells pods of one revision from those of the next, such as `pod-template-hash` for a Deployment.
   *
   * @default - none: spreading counts pods of all revisions.
   */
  readonly revisionLabel?: string;
}
