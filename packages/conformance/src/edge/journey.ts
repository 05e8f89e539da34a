import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Echo } from './back-end/ports.js';
import { send, type Answer } from './client.js';
import { CookieJar } from './cookie-jar.js';
import type { EdgeRequest, Expected, Fact } from './edge-case.js';
import { factsOf } from './facts.js';
import type { Proxy, Stage } from './stage.js';
import { GATEWAY } from './targets.js';

const FROM = '127.0.0.1';
const FROM_ELSEWHERE = '127.0.0.77';
const MIRROR_MS = 3000;
const MOST_HOPS = 12;

/** What came back for one request. */
export interface Observed {
  readonly title: string;
  readonly facts: ReadonlyMap<Fact, string | undefined>;
}

/** What was sent, and what came of it. */
interface Sent {
  readonly answers: readonly Answer[];
  /** Of the last request. */
  readonly id: string;
  /** The other hosts, in order. */
  readonly visited: readonly string[];
}

/** One client's way through an app: its cookies, and where it was sent. */
export class Journey {
  private readonly cookies = new CookieJar();
  private last?: { readonly url: URL; readonly answer: Answer };

  public constructor(private readonly stage: Stage, private readonly proxy: Proxy, private readonly namespace: string) {}

  /** Sends a request, and gives the facts that are expected of it by anybody. */
  public async go(request: EdgeRequest, expectations: readonly Expected[]): Promise<Observed> {
    const asked = [...new Set(expectations.flatMap((each) => Object.keys(each) as Fact[]))];
    const url = this.urlOf(request);
    if (url === undefined) return { title: request.title, facts: new Map(asked.map((fact) => [fact, undefined])) };
    try {
      const { answers, id, visited } = request.browsing === true ? await this.browse(request, url) : await this.repeat(request, url);
      const surroundings = {
        arrived: await this.arrived(id, asked), visited,
        appAt: (address: string) => this.stage.appAt(address), ownerOf: (certificate: string) => this.ownerOf(certificate),
      };
      return { title: request.title, facts: factsOf(asked, answers, surroundings) };
    } catch (error) {
      return { title: request.title, facts: new Map(asked.map((fact) => [fact, fact === 'status' ? String(error) : undefined])) };
    }
  }

  private async repeat(request: EdgeRequest, url: URL): Promise<Sent> {
    const ids = Array.from({ length: request.times ?? 1 }, () => randomUUID());
    const answers: Answer[] = [];
    if (request.atOnce === true) answers.push(...await Promise.all(ids.map((id) => this.send(request, url, id))));
    else for (const id of ids) answers.push(await this.send(request, url, id));
    return { answers, id: ids.at(-1) ?? '', visited: [] };
  }

  /** As a browser does: to where it is sent, with its cookies. */
  private async browse(request: EdgeRequest, start: URL): Promise<Sent> {
    const visited: string[] = [];
    let [url, id] = [start, randomUUID()];
    let answer = await this.send({ ...request, withCookies: true }, url, id);
    for (let hop = 0; hop < MOST_HOPS && answer.status >= 300 && answer.status < 400 && answer.headers.location !== undefined; hop += 1) {
      if (visited.at(-1) !== url.hostname) visited.push(url.hostname);
      [url, id] = [new URL(answer.headers.location, url), randomUUID()];
      answer = await this.send({ ...request, withCookies: true }, url, id);
    }
    return { answers: [answer], id, visited: [...new Set(visited)].filter((host) => host !== url.hostname) };
  }

  private async send(request: EdgeRequest, url: URL, id: string): Promise<Answer> {
    const cookies = request.withCookies === true ? this.cookies.header : undefined;
    const headers = { 'x-edge-id': id, ...(cookies === undefined ? {} : { cookie: cookies }), ...request.headers };
    const proxy = this.stage.addressFor(url.hostname, this.proxy);
    const from = proxy !== this.proxy.address ? undefined : request.fromElsewhere === true ? FROM_ELSEWHERE : FROM;
    const answer = await send({ ...request, url, headers, proxy, from, ca: this.stage.authority.certificate });
    this.cookies.take(answer.headers['set-cookie']);
    this.last = { url, answer };
    return answer;
  }

  private urlOf({ url }: EdgeRequest): URL | undefined {
    if (url !== undefined) return new URL(url);
    const to = this.last?.answer.headers.location;
    return to === undefined ? undefined : new URL(to, this.last?.url);
  }

  private async arrived(id: string, asked: readonly Fact[]): Promise<Echo[]> {
    if (!asked.includes('tries') && !asked.includes('also went to')) return [];
    // What is mirrored comes when it comes.
    const end = performance.now() + (asked.includes('also went to') ? MIRROR_MS : 0);
    let arrived = await this.stage.arrived(id);
    while (arrived.length < 2 && performance.now() < end) {
      await delay(50);
      arrived = await this.stage.arrived(id);
    }
    return arrived;
  }

  private ownerOf(certificate: string): string {
    const namespace = certificate.slice(0, certificate.indexOf('.'));
    return certificate === '' ? 'not trusted' : namespace === this.namespace ? 'of the app' : namespace === GATEWAY.namespace ? 'of the platform' : `of ${certificate}`;
  }
}
