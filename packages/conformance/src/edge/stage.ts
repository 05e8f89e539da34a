import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { Servers } from '../control-plane/servers.js';
import { Authority } from './authority.js';
import { BackEndNetwork } from './back-end-network.js';
import { PORTS, type Echo } from './back-end/ports.js';
import { send } from './client.js';
import { factsOf } from './facts.js';
import { traefikFlags } from './traefik.js';

const BACK_END = fileURLToPath(new URL('./back-end/main.ts', import.meta.url));
const PROVIDER = fileURLToPath(new URL('./back-end/provider.ts', import.meta.url));

/** The identity provider that apps sign in with. */
const PROVIDER_HOST = 'login.example.com';

/** The name in the back end's own certificate. */
export const BACK_END_HOST = 'app.internal.example.com';

/** A program sees our names instead of the machine's: in a view of the file system that is its own. */
const WITH_NAMES = 'mount --bind "$0" /etc/hosts && exec "$@"';

/** A proxy that reads some of the objects. */
export interface Proxy {
  readonly address: string;
}

/** What is in front of the API server and behind it: proxies on loopback addresses of their own, and the back end in its own network. */
export class Stage {
  /** Sets one up; it is gone with `stop`. */
  public static async set(): Promise<Stage> {
    const network = await BackEndNetwork.create();
    const stage = new Stage(network, mkdtempSync(join(tmpdir(), 'keelson-edge-')));
    SET.add(stage);
    try {
      await stage.startBackEnd();
      return stage;
    } catch (error) {
      await stage.stop();
      throw error;
    }
  }

  /** Stops all that are set up. */
  public static async stopAll(): Promise<void> {
    await Promise.all([...SET].map((each) => each.stop()));
  }

  private readonly servers: Servers;
  private readonly apps = new Map<string, string>();
  private readonly names = new Map<string, string>([['localhost', '127.0.0.1']]);
  private namesWritten = 0;
  private signer?: Authority;
  private proxies = 0;

  private constructor(private readonly network: BackEndNetwork, private readonly folder: string) {
    this.servers = new Servers(folder);
    this.names.set(PROVIDER_HOST, network.address);
  }

  /** Who signs its certificates. */
  public get authority(): Authority {
    if (this.signer === undefined) throw new Error('the stage has no authority yet');
    return this.signer;
  }

  /** An address of the back end that from now on is an app's. */
  public nextAddress(app: string): string {
    const address = this.network.nextAddress();
    this.apps.set(address, app);
    return address;
  }

  /** The app that an address was given to. */
  public appAt(address: string): string | undefined {
    return this.apps.get(address);
  }

  /** Gives an address a name, for programs that are started from now on. */
  public name(name: string, address: string): void {
    this.names.set(name, address);
  }

  /** The address that clients find a host at: the proxy's, but for hosts that aren't behind it. */
  public addressFor(host: string, proxy: Proxy): string {
    return host === PROVIDER_HOST ? this.network.address : proxy.address;
  }

  /** Says which port the apps at these addresses have, for callers by the name of a Service. */
  public async tellPorts(ports: Readonly<Record<string, number>>): Promise<void> {
    const { body } = await request(this.control(''), { method: 'PUT', body: JSON.stringify(ports) });
    await body.dump();
  }

  /** A file for a program, by its path in the folder. */
  public file(path: string, text: string): string {
    const full = join(this.folder, path);
    mkdirSync(join(full, '..'), { recursive: true });
    writeFileSync(full, text, { mode: 0o600 });
    return full;
  }

  /** Runs a program beside the back end. */
  public startBehind(name: string, command: string, args: readonly string[]): void {
    this.start(name, [...this.network.prefix, ...this.withNames(), command, ...args]);
  }

  /** Starts a proxy; what it prints is in the folder until the end. */
  public startProxy(name: string, binary: string, kubeconfig: string, flags: readonly string[]): Proxy {
    this.proxies += 1;
    const address = this.network.loopback(this.proxies);
    const environment = ['/usr/bin/env', '-u', 'KUBERNETES_SERVICE_HOST', `KUBECONFIG=${kubeconfig}`];
    this.start(name, [...this.withNames(), ...environment, binary, ...traefikFlags(address, flags)]);
    return { address };
  }

  /** Waits until a proxy leads these hosts to the app `ready`. */
  public async untilReady(what: string, { address }: Proxy, hosts: readonly string[]): Promise<void> {
    await this.servers.until(`${what} answers for ${hosts.join(', ')}`, 90, async () => {
      const answers = await Promise.all(hosts.map((host) => this.ask(`http://${host}/`, address)));
      const surroundings = { appAt: (each: string) => this.appAt(each), ownerOf: () => '', arrived: [], visited: [] };
      return answers.every((answer) => factsOf(['app'], [answer], surroundings).get('app') === 'ready');
    });
  }

  /** Waits until programs in the network answer at these URLs, whose hosts are addresses unless one is given. */
  public async untilServed(what: string, urls: readonly string[], address?: string): Promise<void> {
    await this.servers.until(what, 60, async () => {
      const answers = await Promise.all(urls.map((url) => this.ask(url, address ?? new URL(url).hostname)));
      return answers.every(({ status }) => status === 200);
    });
  }

  /** What of a request has come to the back end. */
  public async arrived(id: string): Promise<Echo[]> {
    const { body } = await request(this.control(id));
    return await body.json() as Echo[];
  }

  /** Ends it all and removes its files and its network. */
  public async stop(): Promise<void> {
    if (!SET.delete(this)) return;
    await this.servers.stop();
    await this.network.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private ask(url: string, address: string): ReturnType<typeof send> {
    return send({ url: new URL(url), proxy: address, from: undefined, ca: this.authority.certificate });
  }

  private control(id: string): string {
    return `http://${this.network.address}:${PORTS.control}/${id}`;
  }

  private start(name: string, [command = '', ...args]: readonly string[]): void {
    this.servers.start(name, command, args);
  }

  private withNames(): string[] {
    const lines = [...this.names].map(([name, address]) => `${address} ${name}`);
    // once: whoever looks a name up while the file is written anew finds it empty
    if (this.names.size !== this.namesWritten) {
      this.namesWritten = this.names.size;
      this.file(`hosts-${lines.length}`, `${lines.join('\n')}\n`);
    }
    return ['unshare', '--mount', 'sh', '-c', WITH_NAMES, join(this.folder, `hosts-${lines.length}`)];
  }

  private async startBackEnd(): Promise<void> {
    this.signer = await Authority.create(join(this.folder, 'authority'));
    const run = async (name: string, program: string, host: string, ...args: string[]): Promise<void> => {
      const { certificate, key } = await this.authority.issue(name, [host]);
      const files = [this.file(`${name}.pem`, certificate), this.file(`${name}.key`, key)];
      this.startBehind(name, process.execPath, ['--import', import.meta.resolve('tsx'), program, ...files, ...args]);
    };
    await run('back-end', BACK_END, BACK_END_HOST);
    await run('provider', PROVIDER, PROVIDER_HOST, `https://${PROVIDER_HOST}`, this.network.address);
    await this.servers.until('the back end listens', 30, async () => (await this.arrived('nobody')).length === 0);
    await this.untilServed('the identity provider answers', [`https://${PROVIDER_HOST}/keys`], this.network.address);
  }
}

const SET = new Set<Stage>();
