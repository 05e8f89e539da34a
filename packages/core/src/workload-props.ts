import { CloudIdentity } from './cloud-identity';
import { ContainerOptions, ContainerPort } from './container';
import { Endpoint } from './endpoint';
import { Health } from './health';
import { Metrics } from './metrics';
import { PodProps } from './pod-props';
import { RestartPolicy } from './restart-policy';
import { WaitFor } from './wait-for';

/** What every workload can be told. */
export interface WorkloadProps extends PodProps, ContainerOptions {
  /**
   * Image of the main container, with a tag other than `latest`, a digest, or best both:
   * `registry.example.com/shop/web:1.8.2@sha256:…`.
   */
  readonly image: string;

  /**
   * Name of the workload and what belongs to it; its Service answers to it. Changing it makes another workload.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Labels of the workload, what belongs to it, and its pods.
   *
   * @default - the recommended ones: name, instance, version, component, part-of, managed-by, and `app`.
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the workload object.
   *
   * @default - none.
   */
  readonly annotations?: { [key: string]: string };

  /**
   * What the pods offer to those who connect to them. Name `ports` here to offer fewer than the main container declares, such
   * as those for clients without those for other members.
   *
   * @default - all ports of the main container.
   */
  readonly offers?: Endpoint;

  /**
   * Who the pods are for the cloud. The pods are labelled, and let out, as the cloud asks for. Of an account made elsewhere
   * the annotations are made there, too; one that this app makes takes the identity itself.
   *
   * @default - that of the account.
   */
  readonly cloudIdentity?: CloudIdentity;

  /**
   * What the pods wait for, in this order, before any of their containers starts; see also `waitFor`.
   *
   * @default - nothing.
   */
  readonly waitFor?: WaitFor[];

  /**
   * Where the pods' metrics are. The cluster's monitoring may then reach that port, and scrapes it: by a PodMonitor, or by annotations
   * of the pods where the cluster profile says so.
   *
   * @default - nobody scrapes.
   */
  readonly metrics?: Metrics;

  /**
   * Close DNS too: then the pods reach addresses only, and no name, not even of a Service.
   *
   * @default false
   */
  readonly denyDns?: boolean;

  /**
   * Have Stakater's Reloader restart the pods when a Secret or ConfigMap they use changes, also one that isn't defined
   * here. Synth sees what is defined here only: a change of that restarts the pods without any of this.
   *
   * @default false
   * @see https://github.com/stakater/Reloader
   */
  readonly reloadOnChange?: boolean;
}

/** What a kind of workload decides for its users. */
export interface WorkloadOptions {
  /** The kind of its object, such as `Deployment`: it limits the name. */
  readonly kind: string;

  /**
   * What it is in the architecture, `app.kubernetes.io/component`.
   *
   * @default - not said.
   */
  readonly component?: string;

  /**
   * Ports of the main container, the main one first.
   *
   * @default - none.
   */
  readonly ports?: ContainerPort[];

  /**
   * How the main container tells that it works.
   *
   * @default - it isn't asked.
   */
  readonly health?: Health;

  /**
   * When containers are started again.
   *
   * @default RestartPolicy.ALWAYS
   */
  readonly restartPolicy?: RestartPolicy;

  /**
   * Whether there are two pods or more.
   *
   * @default false
   */
  readonly replicated?: boolean;

  /**
   * The label that tells pods of one revision from those of the next.
   *
   * @default - none.
   */
  readonly revisionLabel?: string;

  /**
   * Whether users gave the props to the workload's scope, of which it is a part: what is wrong with them is then said of that.
   *
   * @default false
   */
  readonly propsOfScope?: boolean;
}
