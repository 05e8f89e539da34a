import { spawn, type ChildProcess } from 'node:child_process';
import { output, run } from '../command.js';

/** As many runs at once as the range has room for. */
const MOST = 64;

/** What a namespace that outlives us is ended by: our end of its input closes with us, whatever ends us. */
const GUARD = `cat >/dev/null
for try in 1 2 3 4 5 6 7 8 9 10; do ip netns pids "$1" | xargs -r kill -KILL; sleep 0.1; ip netns del "$1" && break; done`;

/**
 * A network namespace for the programs behind the proxy: their addresses must not be the machine's own loopback, which the API server
 * refuses as an endpoint. It has a piece of 198.18.0.0/15 (RFC 2544: for tests, never routed) that no other run has.
 */
export class BackEndNetwork {
  /** Makes one; fails where the machine lets us have none. */
  public static async create(): Promise<BackEndNetwork> {
    for (let index = 0; index < MOST; index += 1) {
      const name = `keelson-edge-${index}`;
      const { code, stderr } = await run('ip', ['netns', 'add', name]).catch((error: unknown) => ({ code: 127, stderr: String(error) }));
      if (code !== 0 && /File exists/.test(stderr)) continue;
      if (code !== 0) {
        throw new Error(`real requests need a network namespace for what is behind the proxy, and 'ip netns add ${name}' says: ${stderr.trim()}\nrun as root, on Linux with iproute2`);
      }
      const network = new BackEndNetwork(name, index);
      try {
        await network.connect();
        return network;
      } catch (error) {
        await network.remove();
        throw error;
      }
    }
    throw new Error(`there are ${MOST} namespaces keelson-edge-… already: remove those that nobody uses by 'ip netns del'`);
  }

  private readonly guard: ChildProcess;
  private given = 0;

  private constructor(private readonly name: string, private readonly index: number) {
    this.guard = spawn('sh', ['-c', GUARD, 'guard', name], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  }

  /** The address of programs that are no app's. */
  public get address(): string {
    return this.at(0, 2);
  }

  /** What is before a command that runs in it. */
  public get prefix(): string[] {
    return ['ip', 'netns', 'exec', this.name];
  }

  /** An address for one endpoint of one app; programs in the namespace get what is sent to any of them. */
  public nextAddress(): string {
    this.given += 1;
    return this.at(4 + Math.floor(this.given / 256), this.given % 256);
  }

  /** An address of the machine's loopback that no other run has, such as one for each proxy. */
  public loopback(which: number): string {
    return `127.${88 + Math.floor(this.index / 32)}.${this.index % 32}.${which}`;
  }

  /** Ends it and what runs in it. */
  public async remove(): Promise<void> {
    const { stdout } = await run('ip', ['netns', 'pids', this.name], { cleanup: true });
    for (const pid of stdout.split('\n').filter((each) => each !== '')) await run('kill', ['-KILL', pid], { cleanup: true });
    await run('ip', ['netns', 'del', this.name], { cleanup: true });
    this.guard.kill('SIGKILL');
  }

  private async connect(): Promise<void> {
    const [here, there] = [`kedge${this.index}`, `kedge${this.index}b`];
    const range = `${this.at(4, 0)}/22`;
    const ip = (line: string): Promise<string> => output('ip', line.split(' '));
    await ip(`link add ${here} type veth peer name ${there} netns ${this.name}`);
    await ip(`addr add ${this.at(0, 1)}/24 dev ${here}`);
    await ip(`link set ${here} up`);
    await ip(`-n ${this.name} link set lo up`);
    await ip(`-n ${this.name} addr add ${this.at(0, 2)}/24 dev ${there}`);
    await ip(`-n ${this.name} link set ${there} up`);
    await ip(`-n ${this.name} route add local ${range} dev lo`);
    await ip(`route add ${range} via ${this.at(0, 2)}`);
  }

  private at(third: number, fourth: number): string {
    const block = this.index * 8 + third;
    return `198.${18 + Math.floor(block / 256)}.${block % 256}.${fourth}`;
  }
}
