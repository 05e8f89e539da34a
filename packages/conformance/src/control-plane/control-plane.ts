import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@keelson/testing';
import { ApiClient } from '../api-client.js';
import { run, type Outcome } from '../command.js';
import type { Binaries } from './binaries.js';
import { freePorts, Servers } from './servers.js';
import type { Version } from './versions.js';

/** The simulated nodes: two in each of two zones. */
const NODES = ['a1', 'a2', 'b1', 'b2'];

/** An API server with its store, controllers, scheduler and simulated nodes, on ports of its own. */
export class ControlPlane {
  /** Starts one in a folder of its own; it is gone with `stop`. */
  public static async start(version: Version, binaries: Binaries): Promise<ControlPlane> {
    const plane = new ControlPlane(version.name, mkdtempSync(join(tmpdir(), `keelson-${version.name}-`)), binaries);
    STARTED.add(plane);
    try {
      await plane.boot(version);
      return plane;
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  /** Stops all that are running or being started. */
  public static async stopAll(): Promise<void> {
    await Promise.all([...STARTED].map((each) => each.stop()));
  }

  private readonly servers: Servers;
  private connection?: ApiClient;

  private constructor(public readonly version: string, public readonly folder: string, private readonly binaries: Binaries) {
    this.servers = new Servers(folder);
  }

  /** The connection to its API server, as its administrator. */
  public get client(): ApiClient {
    if (this.connection === undefined) throw new Error(`the control plane ${this.version} isn't running`);
    return this.connection;
  }

  /** Runs kubectl, whatever comes of it. */
  public kubectl(args: readonly string[], input?: string): Promise<Outcome> {
    const env = {
      KUBECONFIG: join(this.folder, 'kubeconfig'), KUBECACHEDIR: join(this.folder, 'kubectl-cache'),
      KUBECTL_EXTERNAL_DIFF: undefined, // a user's own may print what nobody here can read, or nothing
    };
    return run(this.binaries.kubectl, args, { env, ...(input === undefined ? {} : { input }) });
  }

  /** Ends it and removes its files. */
  public async stop(): Promise<void> {
    if (!STARTED.delete(this)) return;
    await this.connection?.close();
    await this.servers.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async boot(version: Version): Promise<void> {
    const { etcd, apiServer, controllerManager, scheduler, kwok, stages } = this.binaries;
    const [clients = 0, peers = 0, port = 0] = await freePorts(3);
    const inFolder = (name: string): string => join(this.folder, name);
    const token = randomBytes(16).toString('hex');
    writeFileSync(inFolder('sa.key'), generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    writeFileSync(inFolder('tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
    mkdirSync(inFolder('certs'));
    const emulated = version.name === version.built ? [] : [`--emulated-version=${version.name}`];
    const [clientUrl, peerUrl] = [`http://127.0.0.1:${clients}`, `http://127.0.0.1:${peers}`];
    const server = `https://127.0.0.1:${port}`;

    this.servers.start('etcd', etcd, [
      '--data-dir', inFolder('etcd'), '--unsafe-no-fsync', '--log-level', 'warn',
      '--listen-client-urls', clientUrl, '--advertise-client-urls', clientUrl,
      '--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl, '--initial-cluster', `default=${peerUrl}`,
    ]);
    this.servers.start('kube-apiserver', apiServer, [
      '--etcd-servers', clientUrl, '--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1', '--secure-port', String(port),
      '--cert-dir', inFolder('certs'), '--token-auth-file', inFolder('tokens.csv'), '--authorization-mode', 'RBAC',
      '--service-account-issuer', 'https://kubernetes.default.svc',
      '--service-account-key-file', inFolder('sa.key'), '--service-account-signing-key-file', inFolder('sa.key'),
      '--service-cluster-ip-range', '10.96.0.0/16,fd00:10:96::/112', '--allow-privileged=true', ...emulated,
    ]);
    await this.servers.until('the API server is ready', 180, async () => {
      const ca = readFileSync(inFolder('certs/apiserver.crt'), 'utf8');
      const client = new ApiClient({ server, token, ca }, 32);
      if ((await client.send('GET', '/readyz')).error !== undefined) {
        await client.close();
        return false;
      }
      this.connection = client;
      return true;
    });

    const kubeconfig = {
      'apiVersion': 'v1', 'kind': 'Config', 'current-context': 'conformance',
      'clusters': [{ name: 'conformance', cluster: { server, 'certificate-authority': inFolder('certs/apiserver.crt') } }],
      'users': [{ name: 'admin', user: { token } }],
      'contexts': [{ name: 'conformance', context: { cluster: 'conformance', user: 'admin' } }],
    };
    writeFileSync(inFolder('kubeconfig'), JSON.stringify(kubeconfig), { mode: 0o600 });
    // Nothing waits for rate limits or for an autoscaler's next round.
    const unhurried = ['--kube-api-qps=1000', '--kube-api-burst=2000'];
    this.servers.start('kube-controller-manager', controllerManager, [
      '--kubeconfig', inFolder('kubeconfig'), '--service-account-private-key-file', inFolder('sa.key'), '--root-ca-file', inFolder('certs/apiserver.crt'),
      '--leader-elect=false', '--secure-port', '0', '--horizontal-pod-autoscaler-sync-period=2s', ...unhurried, ...emulated,
    ]);
    this.servers.start('kube-scheduler', scheduler, ['--kubeconfig', inFolder('kubeconfig'), '--leader-elect=false', '--secure-port', '0', ...unhurried, ...emulated]);
    for (const name of NODES) await this.must(node(name));
    this.servers.start('kwok', kwok, [
      '--kubeconfig', inFolder('kubeconfig'), '--manage-all-nodes=true', '--node-lease-duration-seconds=40', '--config', stages,
    ]);
    await this.servers.until('the default account is there and nodes are ready', 120, async () => {
      const account = await this.client.read({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } });
      return account.error === undefined && (await this.client.list('/api/v1/nodes')).every(isReady);
    });
  }

  private async must(object: JsonObject): Promise<void> {
    const { error } = await this.client.apply(object, { fieldManager: 'conformance' });
    if (error !== undefined) throw new Error(error);
    if (object.status !== undefined) {
      const { name } = object.metadata as { name: string };
      await this.client.send('PATCH', `/api/v1/nodes/${name}/status?fieldManager=conformance`, object, { 'content-type': 'application/apply-patch+yaml' });
    }
  }
}

const STARTED = new Set<ControlPlane>();

function node(name: string): JsonObject {
  const resources = { 'cpu': '32', 'memory': '256Gi', 'pods': '1000', 'ephemeral-storage': '500Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${name}`,
      labels: {
        'kubernetes.io/hostname': `node-${name}`, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': `zone-${name.charAt(0)}`, 'topology.kubernetes.io/region': 'here',
      },
    },
    status: { allocatable: resources, capacity: resources },
  };
}

function isReady(node: JsonObject): boolean {
  const { conditions } = node.status as { conditions?: { type: string; status: string }[] };
  return (conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
}
