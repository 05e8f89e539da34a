import { Construct, IConstruct } from 'constructs';
import { Fault, Faults } from './faults';
import { Manifest } from './manifest';
import { claimId } from './private/construct-id';
import { registerGlobalDefault } from './private/global-defaults';
import { oneOfFaults } from './private/one-of';
import { quoted } from './private/quoted';
import { ResourceName } from './resource-name';

/**
 * Who goes first when nodes are full.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export interface IPriorityClass {
  /** Name of the PriorityClass. */
  readonly name: string;

  /** Always `PriorityClass`. */
  readonly kind: string;
}

/** What pods that wait for a node do to pods of lower priority. */
export enum PreemptionPolicy {
  /** They evict them. */
  PREEMPT_LOWER_PRIORITY = 'PreemptLowerPriority',

  /** They wait, before those of lower priority, until there is room. */
  NEVER = 'Never',
}

/** Properties for `PriorityClass`. */
export interface PriorityClassProps {
  /**
   * The priority: an integer from -2147483648 to 1000000000; higher goes first, and pods without a class have 0. It can't be
   * changed later.
   */
  readonly value: number;

  /**
   * Its `metadata.name`, which can't begin with `system-`.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Give it to pods that name no class. Pods that run already keep what they have. A cluster has one such class at most.
   *
   * @default false
   */
  readonly globalDefault?: boolean;

  /**
   * What its pods do to pods of lower priority where there is no room. It can't be changed later.
   *
   * @default PreemptionPolicy.PREEMPT_LOWER_PRIORITY
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#non-preempting-priority-class
   */
  readonly preemptionPolicy?: PreemptionPolicy;

  /**
   * When to use it.
   *
   * @default - not said.
   */
  readonly description?: string;

  /**
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };
}

const LOWEST = -(2 ** 31);
/** What is above is Kubernetes' own. */
const HIGHEST = 1_000_000_000;
const RESERVED = 'system-';

/**
 * A priority by its name: who goes first when nodes are full, and who makes room.
 *
 * ```ts
 * declare const chart: Chart;
 * const critical = new PriorityClass(chart, 'shop-critical', { value: 100000, description: 'what customers pay by' });
 * new PodDefaults({ priorityClass: critical }).applyTo(chart);
 * ```
 *
 * Defines a PriorityClass, which has no namespace: it is the whole cluster's.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass
 */
export class PriorityClass extends Construct implements IPriorityClass {
  /**
   * The cluster's own class for what it can't do without, such as DNS: it goes before all others but `SYSTEM_NODE_CRITICAL`. Some
   * clusters, GKE among them, take its pods in namespaces only that a ResourceQuota admits, mostly `kube-system`.
   *
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default
   */
  public static readonly SYSTEM_CLUSTER_CRITICAL: IPriorityClass = PriorityClass.fromPriorityClassName('system-cluster-critical');

  /**
   * The cluster's own class for what each node can't do without, such as its network plugin: it goes before all others. Some
   * clusters, GKE among them, take its pods in namespaces only that a ResourceQuota admits, mostly `kube-system`.
   *
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default
   */
  public static readonly SYSTEM_NODE_CRITICAL: IPriorityClass = PriorityClass.fromPriorityClassName('system-node-critical');

  /**
   * A class that the cluster has. One that it hasn't keeps every pod from being made.
   *
   * @param name the class's name, such as `standard`.
   */
  public static fromPriorityClassName(name: string): IPriorityClass {
    return { name, kind: 'PriorityClass' };
  }

  /** Always `PriorityClass`. */
  public readonly kind = 'PriorityClass';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  public constructor(scope: Construct, id: string, props: PriorityClassProps) {
    super(scope, claimId(scope, id));
    const { value, name = id, globalDefault, preemptionPolicy, description, labels } = props;
    Faults.report(this, 'value', valueFaults(value));
    Faults.report(this, 'preemptionPolicy', oneOfFaults('PreemptionPolicy', PreemptionPolicy, preemptionPolicy));
    Faults.report(this, 'name', [...ResourceName.faultsOf(this.kind, name), ...nameFaults(name)]);
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: this.kind,
      metadata: { name, labels },
      value,
      // False and an empty text are stored as nothing.
      globalDefault: globalDefault === true ? true : undefined,
      preemptionPolicy,
      description: description === '' ? undefined : description,
    });
    if (globalDefault === true) {
      this.beTheOnlyDefault();
    }
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  private beTheOnlyDefault(): void {
    const others = registerGlobalDefault(this);
    this.node.addValidation({ validate: () => {
      const [first] = others;
      return first === undefined || first === this ? [] : [Faults.describe('globalDefault', secondDefault(first))];
    } });
  }
}

function valueFaults(value: unknown): Fault[] {
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= LOWEST && value <= HIGHEST;
  return fits ? [] : [{
    code: 'KEELSON1620', got: quoted(value), allowed: `an integer from ${LOWEST} to ${HIGHEST}`,
    fix: typeof value === 'number' && value > HIGHEST ? 'what is above is for classes of Kubernetes itself' : 'write it like 1000',
  }];
}

function nameFaults(name: string): Fault[] {
  return typeof name === 'string' && name.startsWith(RESERVED) ? [{
    code: 'KEELSON1621', got: quoted(name), allowed: `a name without '${RESERVED}' before it, which is for classes of Kubernetes itself`,
    fix: `try ${quoted(name.slice(RESERVED.length))}, or take PriorityClass.SYSTEM_CLUSTER_CRITICAL`,
  }] : [];
}

function secondDefault(first: IConstruct): Fault {
  return {
    code: 'KEELSON1622', got: `true, as [${first.node.path}] has it`, allowed: 'set on one PriorityClass of the cluster', fix: 'remove it from one of the two',
  };
}
