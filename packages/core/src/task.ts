import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Faults } from './faults';
import { JobProps } from './job-props';
import { Manifest } from './manifest';
import { rankOf } from './private/apply-order';
import { HASH_LENGTH } from './private/hashed-name';
import { checkJob, jobRestartPolicy, jobSpec } from './private/job-spec';
import { flagFaults, isMade, otherType, unmadeFaults } from './private/made';
import { annotateObjects } from './private/object-annotations';
import { quoted } from './private/quoted';
import { checkRelease, laterWave } from './private/release-checks';
import { ReleaseOrder } from './release-order';
import { ResourceName } from './resource-name';
import { Workload } from './workload';
import { WorkloadProps } from './workload-props';

const LONGEST = 63 - HASH_LENGTH;

/** Properties for `Task`. */
export interface TaskProps extends WorkloadProps, JobProps {
  /**
   * Make the Job, and don't start it: for one that somebody starts by hand, such as a restore.
   * `kubectl patch job NAME --type merge -p '{"spec":{"suspend":false}}'` does.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#suspending-a-job
   */
  readonly suspend?: boolean;

  /**
   * How the Task comes before what it runs before: see `runBefore`. Hooks make it run at every release, also where nothing of it has
   * changed.
   *
   * @default ReleaseOrder.kubectlApply()
   */
  readonly releaseOrder?: ReleaseOrder;
}

/**
 * Pods that run once, to their end, with the same connections, configuration and security as any workload.
 *
 * ```ts
 * declare const chart: Chart;
 * declare const app: Workload;
 * const migrate = new Task(chart, 'storefront-migrate', {
 *   image: 'registry.example.com/shop/storefront:1.8.2',
 *   args: ['migrate'],
 * });
 * migrate.runBefore(app);
 * ```
 *
 * Defines a Job, a ServiceAccount without a token and a NetworkPolicy. Nearly all of a Job can't be changed, so the Job's name ends in a
 * hash of that: `storefront-migrate-3f2a9c04d1`. Any change of the pods, also of configuration that they use, makes another Job, which
 * runs; the same description keeps its name, and applying it again does nothing. All else keeps the base name, of at most 52 characters.
 * The Task has to bear being run again, as all of Kubernetes' Jobs have to.
 *
 * Jobs of earlier descriptions stay, with the logs of their pods, until they are pruned (`kubectl apply --prune`, Argo CD and Flux do it)
 * or deleted. `ttlAfterFinished` deletes each by itself after a while. It isn't the default, because whoever applies the same files after
 * that makes the Job anew: it runs again, though nothing has changed.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class Task extends Workload {
  /** The Job; its name in here is what is before the hash. */
  public readonly job: Manifest;

  private readonly releaseOrder: ReleaseOrder;
  private readonly waitsForSomebody: boolean;

  public constructor(scope: Construct, id: string, props: TaskProps) {
    super(scope, id, props, {
      kind: 'Job', component: 'task', restartPolicy: jobRestartPolicy(props), replicated: (props.parallelism ?? 1) > 1,
    });
    const { suspend } = props;
    const releaseOrder = isMade(props.releaseOrder) ? props.releaseOrder : ReleaseOrder.kubectlApply();
    this.releaseOrder = releaseOrder;
    this.waitsForSomebody = suspend === true;
    this.job = new Manifest(this, 'Job', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: this.objectMetadata,
      spec: { suspend, ...jobSpec(props, this.pods, this) },
    });
    const hashed = !releaseOrder._isHook;
    checkJob(this, hashed ? `${this.name}-${'0'.repeat(HASH_LENGTH - 1)}` : this.name, props, this.pods);
    Faults.report(this, 'suspend', flagFaults(suspend));
    Faults.report(this, 'releaseOrder', props.releaseOrder === undefined ? [] : unmadeFaults(props.releaseOrder, 'ReleaseOrder', 'helmHook()'));
    Faults.report(this, 'releaseOrder', releaseOrder.faults);
    if (releaseOrder._isHook) {
      this.checkSuspended();
    }
    annotateObjects(this, (apiVersion, kind) => releaseOrder._annotationsOf(apiVersion, kind));
    checkRelease(this, releaseOrder, props.ttlAfterFinished !== undefined);
    if (hashed && this.checkLength()) {
      this.job._hashName();
    }
  }

  /**
   * Have the Task run, and succeed, before a new version of a workload starts: a migration before the app that needs it.
   *
   * The workload comes behind the Task in what is written; that nothing starts before the Task has ended is up to the tool that applies
   * it, see `ReleaseOrder`.
   *
   * @param workload what waits for it.
   */
  public runBefore(workload: Workload): void {
    if (!Construct.isConstruct(workload)) {
      Faults.report(this, 'runBefore', [otherType(workload, 'a workload', 'name the WebApp, Worker or Task that is to wait for it')]);
      return;
    }
    this.checkSuspended();
    if (workload === this) {
      Faults.report(this, 'runBefore', [{
        code: 'KEELSON1530', got: 'itself', allowed: 'another workload', fix: 'name what is to wait for it',
      }]);
      return;
    }
    if (workload instanceof Task && !this.releaseOrder._isBefore(workload.releaseOrder)) {
      Faults.report(this, 'runBefore', [{
        code: 'KEELSON1531', got: `[${workload.node.path}] in ${workload.releaseOrder._text}`, allowed: `a Task of a later place than ${this.releaseOrder._text}`,
        fix: 'give that one a higher number',
      }]);
    }
    const runners = workload.node.findAll().filter(ApiObject.isApiObject).filter(({ apiVersion, kind }) => rankOf(apiVersion, kind) >= rankOf('batch/v1', 'Job'));
    runners.forEach(runner => runner.node.addDependency(this.job));
    const wave = this.releaseOrder._waveAfter;
    if (wave !== undefined) {
      laterWave(workload, wave);
    }
  }

  /** Whoever waits for it would wait until somebody starts it. */
  private checkSuspended(): void {
    Faults.report(this, 'suspend', !this.waitsForSomebody ? [] : [{
      code: 'KEELSON1536', got: 'true', allowed: 'left out for a Task that comes before a release: nothing starts it, and the release waits for its end',
      fix: 'remove it, or leave the Task out of the release',
    }]);
  }

  /** Whether there is room for the hash. */
  private checkLength(): boolean {
    if (ResourceName.faultsOf('Job', this.name).length > 0 || this.name.length <= LONGEST) {
      return ResourceName.faultsOf('Job', this.name).length === 0;
    }
    Faults.report(this, 'name', [{
      code: 'KEELSON1515', got: quoted(this.name), allowed: `at most ${LONGEST} characters long for a Task (the hash of its Job adds ${HASH_LENGTH})`, fix: 'shorten it',
    }]);
    return false;
  }
}
