import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interruptAll, output, run, type Outcome } from './command.js';
import { ROOT } from './specimens.js';

/** The CRDs that each version's cluster gets. Newer Gateway API releases need CEL functions that 1.27 doesn't have. */
const CRDS = new Map([
  ['1.27', ['gateway-api-v1.4.1-standard.yaml', 'cert-manager-v1.21.1.yaml']],
  ['1.36', ['gateway-api-v1.7.0-standard.yaml', 'cert-manager-v1.21.1.yaml']],
]);

/** The scripts that build and start a control plane, and the CRDs beside them. */
export class ClusterKit {
  private readonly folder = process.env.KEELSON_CLUSTER_KIT ?? join(ROOT, '..', 'shared', 'cluster');
  private readonly started = new Set<ControlPlane>();

  public constructor() {
    for (const path of [this.script, this.crds]) {
      if (!existsSync(path)) throw new Error(`${path} is missing: set KEELSON_CLUSTER_KIT to the folder of the 'cluster' script, with 'crds' beside it`);
    }
  }

  private get script(): string {
    return join(this.folder, 'cluster');
  }

  private get crds(): string {
    return join(this.folder, '..', 'crds');
  }

  /** Compiles what isn't in the kit's cache yet. */
  public async build(versions: readonly string[]): Promise<void> {
    await output(this.script, ['build', ...versions], { live: true });
  }

  /** A running control plane, without CRDs. */
  public async start(version: string): Promise<ControlPlane> {
    const assets = (await output(this.script, ['assets', version])).trim();
    const folder = mkdtempSync(join(tmpdir(), `keelson-conformance-${version}-`));
    const plane = new ControlPlane(version, folder, join(assets, 'kubectl'));
    this.started.add(plane);
    await output(this.script, ['up', version, folder]);
    return plane;
  }

  /** Ends one control plane and removes its files. */
  public async stop(plane: ControlPlane): Promise<void> {
    await output(this.script, ['down', plane.folder], { cleanup: true });
    rmSync(plane.folder, { recursive: true, force: true });
    this.started.delete(plane);
  }

  /** Ends everything, also what is only half started. Nothing can be started any more. */
  public async stopAll(): Promise<void> {
    interruptAll();
    for (const plane of [...this.started]) await this.stop(plane);
  }

  /** Creates the CRDs of the version and waits until they are served. */
  public async loadCrds(plane: ControlPlane): Promise<void> {
    const files = CRDS.get(plane.version);
    if (files === undefined) throw new Error(`no CRDs are named for Kubernetes ${plane.version}: there are ${[...CRDS.keys()].join(', ')}`);
    for (const file of files) await plane.must(['create', '--validate=ignore', '-f', join(this.crds, file)]);
    await plane.must(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  }
}

/** An API server with its controllers and simulated nodes, reached by kubectl. */
export class ControlPlane {
  public constructor(public readonly version: string, public readonly folder: string, private readonly kubectlPath: string) {}

  /** Runs kubectl, whatever comes of it. */
  public kubectl(args: readonly string[], input?: string): Promise<Outcome> {
    const env = { KUBECONFIG: join(this.folder, 'kubeconfig'), KUBECACHEDIR: join(this.folder, 'kubectl-cache') };
    return run(this.kubectlPath, args, { env, ...(input === undefined ? {} : { input }) });
  }

  /** Runs kubectl, which must succeed. */
  public async must(args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.kubectl(args, input);
    if (code !== 0) throw new Error(`kubectl ${args.slice(0, 5).join(' ')} ended with ${code}:\n${(stderr + stdout).trim()}`);
    return stdout;
  }
}
