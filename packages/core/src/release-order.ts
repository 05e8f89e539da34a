import { Fault } from './faults';
import { rankOf } from './private/apply-order';
import { INT32, integerFaults } from './private/integer';
import { SYNC_WAVE } from './private/release-claims';

/** Options for `ReleaseOrder.helmHook`. */
export interface HelmHookOptions {
  /**
   * Weight of the Job among the chart's hooks, which run from the lowest to the highest; what the Job needs gets one less.
   *
   * @default 0
   */
  readonly weight?: number;

  /**
   * On the first installation run after all else is there: for a Task that connects to what comes with the same chart, such as its
   * database. The app has to bear then that the Task comes after it, once.
   *
   * @default false
   */
  readonly postInstall?: boolean;
}

/** Options for `ReleaseOrder.argoCdSyncWave`. */
export interface SyncWaveOptions {
  /**
   * Wave of the Job, from 1 on. What it needs, and everything else, is in wave 0, but for claims, which are bound with pods; what waits
   * for it is in the next one.
   *
   * @default 1
   */
  readonly wave?: number;
}

const HELM = 'helm.sh/hook';
const ARGO = 'argocd.argoproj.io';

/**
 * How a Task that runs before a release is put before it: by the tool that applies the manifests. Kubernetes itself knows no order.
 *
 * | | first | then | the Task runs |
 * |---|---|---|---|
 * | `kubectlApply()` | by hand or by script, as below | | once for each description |
 * | `helmHook()` | Helm waits for the hook, and stops where it fails | all else | at every installation and upgrade |
 * | `argoCdSyncWave()` | Argo CD applies wave 0, then the Job, and waits | the workload | once for each description |
 * | `argoCdPreSync()` | Argo CD waits for the hook | all else | at every sync |
 *
 * With kubectl, the Task is in the files before the workload, which keeps nobody from starting at once. To wait, apply first all but
 * the workloads that are to wait, by the label that each carries its name in: what the Task is given of the app, configuration and
 * rights, mostly has no such label, and so is among it.
 *
 * ```sh
 * set -euo pipefail
 * job=$(kubectl apply --server-side -f dist/ -l 'app.kubernetes.io/instance notin (storefront)' -o name \
 *   | grep '^job.batch/storefront-migrate-')
 * kubectl wait --for=condition=complete --timeout=10m -n shop "$job"
 * kubectl apply --server-side -f dist/
 * ```
 *
 * Of a ConfigMap that both read, pods of the last version that start meanwhile see the new content; `immutable` keeps them apart.
 *
 * @see https://helm.sh/docs/topics/charts_hooks/
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export class ReleaseOrder {
  /** In the files before what it runs before; who applies them waits. */
  public static kubectlApply(): ReleaseOrder {
    return new ReleaseOrder('kubectl', 0, []);
  }

  /**
   * A hook of Helm, `pre-install,pre-upgrade`: for charts that `cdk8s synth --format helm` writes. Account, policy, files and rights of
   * the Task become hooks too, before it, since nothing else of the chart is there yet: Helm deletes them and makes them anew at each
   * release, and leaves them at `helm uninstall`. Rights that others have, too, can't come with it.
   *
   * @param options its weight, and when it runs first.
   */
  public static helmHook(options: HelmHookOptions = {}): ReleaseOrder {
    const { weight = 0, postInstall = false } = options;
    return new ReleaseOrder('helm', weight, integerFaults('KEELSON1529', 'weight', weight, -INT32, INT32, 'Helm sorts hooks by it'), postInstall);
  }

  /**
   * A sync wave of Argo CD: first what the Task needs, of whatever part of the app, then the Job, then the workload; claims come with the
   * first pods that mount them. A Job that was pruned or deleted is made again by the next sync, so that it gets no `ttlAfterFinished`.
   *
   * @param options which wave.
   */
  public static argoCdSyncWave(options: SyncWaveOptions = {}): ReleaseOrder {
    const { wave = 1 } = options;
    return new ReleaseOrder('wave', wave, integerFaults('KEELSON1529', 'wave', wave, 1, INT32 - 1, 'what it needs is in wave 0'));
  }

  /**
   * A `PreSync` hook of Argo CD, before anything else of the sync. Account, policy, files and rights of the Task become hooks too, before
   * it. Rights that others have, too, can't come with it.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  public static argoCdPreSync(): ReleaseOrder {
    return new ReleaseOrder('presync', 0, []);
  }

  /** What is wrong with it; the Task that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly tool: string, private readonly at: number, faults: Fault[], private readonly postInstall = false) {
    this.faults = faults;
  }

  /** The tool deletes the Job before it makes it again: it needs one name, not one for each description. @internal */
  public get _isHook(): boolean {
    return this.tool === 'helm' || this.tool === 'presync';
  }

  /** Nothing else of the app is there when it runs for the first time. @internal */
  public get _comesFirst(): boolean {
    return this._isHook && !this.postInstall;
  }

  /** The wave that what comes after the Task is in. @internal */
  public get _waveAfter(): number | undefined {
    return this.tool === 'wave' ? this.at + 1 : undefined;
  }

  /** Whether, in the order of one tool, the other comes after this one. @internal */
  public _isBefore(other: ReleaseOrder): boolean {
    return this.tool !== other.tool || !['helm', 'wave'].includes(this.tool) || this.at < other.at;
  }

  /** How it is written down. @internal */
  public get _text(): string {
    return { helm: `hook weight ${this.at}`, wave: `sync wave ${this.at}`, presync: 'a PreSync hook', kubectl: 'no hook' }[this.tool] ?? '';
  }

  /** Of the Task's own objects. @internal */
  public _annotationsOf(apiVersion: string, kind: string): { [key: string]: string } | undefined {
    const isJob = kind === 'Job';
    // A claim isn't healthy before a pod uses it.
    const goesFirst = !isJob && kind !== 'PersistentVolumeClaim';
    switch (this.tool) {
      case 'helm':
        return {
          [HELM]: this.postInstall ? 'post-install,pre-upgrade' : 'pre-install,pre-upgrade',
          [`${HELM}-weight`]: String(isJob ? this.at : this.at - 1),
          [`${HELM}-delete-policy`]: 'before-hook-creation',
        };
      case 'presync':
        return { [`${ARGO}/hook`]: 'PreSync', [`${ARGO}/hook-delete-policy`]: 'BeforeHookCreation', [SYNC_WAVE]: goesFirst ? '-1' : '0' };
      case 'wave':
        return ReleaseOrder._waveOf(apiVersion, kind, this.at);
      default:
        return undefined;
    }
  }

  /**
   * Pods, and what works on them, have the wave; what they need is in wave 0 with all else, but for claims (see `bringClaims`).
   *
   * @internal
   */
  public static _waveOf(apiVersion: string, kind: string, wave: number): { [key: string]: string } | undefined {
    return rankOf(apiVersion, kind) >= rankOf('batch/v1', 'Job') ? { [SYNC_WAVE]: String(wave) } : undefined;
  }
}
