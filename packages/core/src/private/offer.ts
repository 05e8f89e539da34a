import { Endpoint } from '../endpoint';
import { IEnvValue } from '../env-value';
import { Fault } from '../faults';
import { Port } from '../port';
import { Volume } from '../volume';
import type { Edge } from './edge';
import { inOrder, sortedBy } from './order';
import { portSet } from './port-set';
import { quoted } from './quoted';

/** What a client gets of an offer. */
interface Offered {
  readonly offer: Offer;
  /** Whose it is, in messages. */
  readonly title: string;
  readonly endpoint: Endpoint;
}

/** What an end offers to those who connect to it; grows until synth. */
export class Offer {
  /** Of who is reached, and no more. */
  public static readonly NOTHING = new Offer();

  /** What a client gets, one endpoint for each server and prefix. */
  public static received(edges: Edge[]): Endpoint[] {
    return Offer.inOrder(edges).map(({ endpoint }) => endpoint);
  }

  /** What can't be given to a client, because two servers offer it under one name. */
  public static collisions(edges: Edge[]): Fault[] {
    const env = new Map<string, Offered>();
    const volumes = new Map<string, Offered>();
    const faults: Fault[] = [];
    const claim = (taken: Map<string, Offered>, key: string, offered: Offered, fault: Omit<Fault, 'got'>) => {
      const first = taken.get(key) ?? offered;
      taken.set(key, first);
      // two may have one name
      if (first.offer !== offered.offer) {
        faults.push({ ...fault, got: `${quoted(key)} from both ${first.title} and ${offered.title}` });
      }
    };
    for (const offered of Offer.inOrder(edges.filter(({ brings }) => brings))) {
      for (const name of Object.keys(offered.endpoint.env ?? {})) {
        claim(env, name, offered, {
          code: 'KEELSON1362', allowed: 'peers that offer different environment variables', fix: "give one of the connections an 'envPrefix'",
        });
      }
      for (const path of Object.keys(offered.endpoint.volumes ?? {})) {
        claim(volumes, path, offered, {
          code: 'KEELSON1363', allowed: 'peers that offer different files', fix: 'let one of them offer its files under another path',
        });
      }
    }
    return faults;
  }

  private static inOrder(edges: Edge[]): Offered[] {
    const ordered = [...edges].sort((a, b) => inOrder(a.server._text, b.server._text));
    return ordered.flatMap(({ server, taken }) => taken
      .map(({ offer, prefix }) => ({ offer, title: `${server._text}${offer.title}`, endpoint: offer.endpoint(prefix) })));
  }

  /** What is wrong with what was offered. */
  public readonly faults: Fault[] = [];

  private listening: readonly Port[] = [];
  /** Most offer ports alone. */
  private env: Map<string, IEnvValue> | undefined;
  private volumes: Map<string, Volume> | undefined;

  /**
   * @param endpoint what is offered from the beginning.
   * @param title what tells it from the end's own, in messages.
   */
  public constructor(endpoint?: Endpoint, public readonly title = '') {
    if (endpoint !== undefined) {
      this.add(endpoint);
    }
  }

  /** Whether clients get anything but open ports. */
  public get brings(): boolean {
    return this.env !== undefined || this.volumes !== undefined;
  }

  public get ports(): Port[] {
    return portSet(this.listening);
  }

  public add({ ports = [], env, volumes }: Endpoint): void {
    this.listening = [...this.listening, ...ports];
    this.env = this.put(this.env, env, 'env');
    this.volumes = this.put(this.volumes, volumes, 'volumes');
  }

  public endpoint(envPrefix: string): Endpoint {
    const sorted = <T>(map: Map<string, T> | undefined, prefix: string): Record<string, T> =>
      Object.fromEntries(sortedBy(map ?? [], ([key]) => key).map(([key, value]) => [`${prefix}${key}`, value]));
    return { ports: this.ports, env: sorted(this.env, envPrefix), volumes: sorted(this.volumes, '') };
  }

  private put<T>(before: Map<string, T> | undefined, more: Record<string, T> | undefined, member: string): Map<string, T> | undefined {
    let map = before;
    for (const [key, value] of Object.entries(more ?? {})) {
      const known = map?.get(key);
      if (known !== undefined && known !== value) {
        this.faults.push({ code: 'KEELSON1361', member, got: `two values for ${quoted(key)}`, allowed: 'one value for each name', fix: 'offer it once' });
      }
      map = (map ?? new Map<string, T>()).set(key, value);
    }
    return map;
  }
}
