import { IConstruct } from 'constructs';
import { IEnvValue } from './env-value';
import { Fault, Faults } from './faults';
import { envWarnings } from './private/env';
import { Inherited } from './private/inherited';
import {
  Applied, bareResources, defaultsTypeFaults, InForce, inForce, NO_DEFAULTS, podDefaultsFaults, soundDefaults,
} from './private/pod-defaults';
import { IPriorityClass } from './priority-class';
import { Resources } from './resources';
import { ISecret } from './secret-reference';
import { Toleration } from './toleration';
import { Warnings } from './warnings';

const inherited = new Inherited<Applied>();

/** What is in force below a construct, as long as nothing more is applied around it: workloads of one scope share it. */
const known = new WeakMap<Applied, { readonly applied: number; readonly defaults: InForce }>();

const originsOf = new WeakMap<PodDefaults, { [setting: string]: string }>();

/** What pods get that don't say it themselves. */
export interface PodDefaultsProps {
  /**
   * Environment variables of every container, init containers and sidecars too. One that the container sets itself, also by an
   * `envFrom` of a ConfigMap or Secret of this app, or that a connected endpoint brings, stays as it is.
   *
   * @default - none.
   */
  readonly env?: { [name: string]: IEnvValue };

  /**
   * Labels of the pods alone; `Metadata` sets those of all objects.
   *
   * @default - none.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the pods alone; `Metadata` sets those of all objects.
   *
   * @default - none.
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Resources of every container, field by field.
   *
   * @default - those of `Resources`.
   */
  readonly resources?: Resources;

  /**
   * Taints of nodes that the pods bear, besides those they name themselves. An empty list takes away what scopes around say.
   *
   * @default - none.
   */
  readonly tolerations?: Toleration[];

  /**
   * Labels that nodes must carry, besides those the pods name themselves. An empty map takes away what scopes around say.
   *
   * @default - any node.
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * The PriorityClass.
   *
   * @default - the cluster profile's, else the cluster's own default.
   */
  readonly priorityClass?: IPriorityClass;

  /**
   * Secrets with registry credentials, in each pod's namespace, besides those of the cluster profile. An empty list takes
   * away what scopes around say, but not the profile's.
   *
   * @default - none.
   */
  readonly imagePullSecrets?: ISecret[];
}

/**
 * What pods below a construct get unless they say otherwise.
 *
 * ```ts
 * declare const app: App;
 * declare const batch: Chart;
 * new PodDefaults({ env: { TZ: EnvValue.fromValue('UTC') }, resources: { cpuRequest: Cpu.millis(50) } }).applyTo(app);
 * new PodDefaults({ resources: { memoryRequest: Size.gibibytes(1) }, tolerations: [Toleration.exists('batch')] }).applyTo(batch);
 * PodDefaults.of(batch).env;   // what is in force there: { TZ: … }
 * ```
 *
 * Order-free: it reaches what was defined before and after. Maps and lists add up; where two say the same thing, the nearest one
 * wins, and what a workload says itself wins over all. So the same value may be kept in a package and applied to many apps.
 */
export class PodDefaults {
  /**
   * The defaults in force at a construct: those applied to it and above it, taken together.
   *
   * @param scope any construct, such as a workload, whose pods get these.
   */
  public static of(scope: IConstruct): PodDefaults {
    const { origins, ...props } = PodDefaults._at(scope);
    const defaults = new PodDefaults(props);
    originsOf.set(defaults, origins);
    return defaults;
  }

  /** @internal */
  public static _at(scope: IConstruct): InForce {
    const scopes = inherited.all(scope);
    const nearest = scopes.at(-1);
    if (nearest === undefined) {
      return NO_DEFAULTS;
    }
    const applied = scopes.reduce((sum, { props }) => sum + props.length, 0);
    let found = known.get(nearest);
    if (found?.applied !== applied) {
      found = { applied, defaults: inForce(scopes) };
      known.set(nearest, found);
    }
    return found.defaults;
  }

  /** Environment variables of every container. */
  public readonly env: { [name: string]: IEnvValue };

  /** Labels of the pods alone. */
  public readonly labels: { [key: string]: string };

  /** Annotations of the pods alone. */
  public readonly annotations: { [key: string]: string };

  /** Resources of every container. */
  public readonly resources: Resources;

  /** Taints of nodes that the pods bear. */
  public readonly tolerations: Toleration[];

  /** Labels that nodes must carry. */
  public readonly nodeSelector: { [key: string]: string };

  /** The PriorityClass. */
  public readonly priorityClass?: IPriorityClass;

  /** Secrets with registry credentials, besides those of the cluster profile. */
  public readonly imagePullSecrets: ISecret[];

  /** What is wrong with them; `applyTo` reports it. */
  public readonly faults: Fault[];

  private readonly props: PodDefaultsProps;

  /**
   * @param props what pods get.
   */
  public constructor(props: PodDefaultsProps = {}) {
    const sound = soundDefaults(props);
    this.props = sound;
    const { env, labels, annotations, resources, tolerations, nodeSelector, priorityClass, imagePullSecrets } = inForce([{ path: '', props: [sound] }]);
    this.env = env;
    this.labels = labels;
    this.annotations = annotations;
    this.resources = bareResources(resources);
    this.tolerations = tolerations;
    this.nodeSelector = nodeSelector;
    this.priorityClass = priorityClass;
    this.imagePullSecrets = imagePullSecrets;
    this.faults = [...defaultsTypeFaults(props), ...podDefaultsFaults(sound)];
  }

  /**
   * Where each setting that `PodDefaults.of` gives is from: `env.TZ`, `resources.cpuRequest` or `tolerations`, and the path of the
   * construct it was applied to, which is empty for the App. Nothing for defaults that aren't asked for by `of`.
   */
  public get origins(): { [setting: string]: string } {
    return { ...originsOf.get(this) };
  }

  /**
   * Have the pods of everything below a construct get these. Applied to one construct, they add up; where two say the same thing,
   * the later one stays.
   *
   * @param scope an app, a chart or any construct.
   */
  public applyTo(scope: IConstruct): void {
    Faults.report(scope, 'podDefaults', this.faults);
    Object.entries(this.env).forEach(([name, value]) => envWarnings(name, value)
      .forEach(({ code, text }) => Warnings.report(scope, code, text)));
    const own = inherited.own(scope) ?? { path: scope.node.path, props: [] };
    own.props.push(this.props);
    inherited.set(scope, own);
  }
}
