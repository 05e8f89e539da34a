import { isObject, itemsAt, objectAt, type Json, type JsonObject } from '@keelson/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';

const MOST_TRIES = 20;

/** Where an API server is, and as whom to speak to it. */
export interface ApiAccess {
  readonly server: string;
  readonly token: string;
  /** Its certificate, which nobody else signed. */
  readonly ca: string;
}

/** What the API server said of a request. */
export interface Answer {
  /** The message of a refusal. */
  readonly error?: string;
  readonly status: number;
  /** Its `Warning` headers. */
  readonly warnings: readonly string[];
  /** The object as it is stored, or would be. */
  readonly object: JsonObject;
}

/** How an object is applied. */
export interface ApplyOptions {
  /** @default 'keelson' */
  readonly fieldManager?: string;
  /** Nothing is stored: admission and validation only. */
  readonly dryRun?: boolean;
  /** Such as who is impersonated. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/** One kind that the API server serves. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** A connection pool to one API server: what kubectl does by a process each. */
export class ApiClient {
  private readonly agent: Agent;
  private readonly kinds = new Map<string, Promise<ServedKind[]>>();

  public constructor(private readonly access: ApiAccess, connections = 16) {
    this.agent = new Agent({ connections, connect: { ca: access.ca }, headersTimeout: 120_000, bodyTimeout: 120_000 });
  }

  /** Server-side apply with strict field validation. */
  public async apply(object: JsonObject, { fieldManager = 'keelson', dryRun = false, headers = {} }: ApplyOptions = {}): Promise<Answer> {
    const path = await this.pathOf(object);
    if (path === undefined) return refused(`no matches for kind "${String(object.kind)}" in version "${String(object.apiVersion)}"`);
    const query = new URLSearchParams({ fieldManager, fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) });
    return this.send('PATCH', `${path}?${query.toString()}`, object, { ...headers, 'content-type': 'application/apply-patch+yaml' });
  }

  /** The stored object; `status` 404 where there is none. */
  public async read(object: JsonObject): Promise<Answer> {
    const path = await this.pathOf(object);
    return path === undefined ? refused('its kind is not served') : this.send('GET', path);
  }

  /** Deletes it; what depends on it goes in the background, as with kubectl. */
  public async delete(object: JsonObject): Promise<Answer> {
    const path = await this.pathOf(object);
    return path === undefined ? refused('its kind is not served') : this.send('DELETE', path, { propagationPolicy: 'Background' });
  }

  /** Creates an object that has no name, such as a review. */
  public async create(path: string, object: JsonObject, headers: Record<string, string | string[]> = {}): Promise<Answer> {
    return this.send('POST', path, object, headers);
  }

  /** All objects at a path such as `/api/v1/pods`. */
  public async list(path: string): Promise<JsonObject[]> {
    const { error, object } = await this.send('GET', path);
    if (error !== undefined) throw new Error(`${path}: ${error}`);
    return itemsAt(object, 'items').map(([, item]) => item);
  }

  /** Every kind that is served in its preferred version. */
  public async served(): Promise<ServedKind[]> {
    const groups = itemsAt((await this.send('GET', '/apis')).object, 'groups')
      .map(([, group]) => String(objectAt(group, 'preferredVersion').groupVersion));
    return (await Promise.all(['v1', ...groups].map((each) => this.kindsOf(each)))).flat();
  }

  /** Forgets what is served: CRDs have come. */
  public forgetKinds(): void {
    this.kinds.clear();
  }

  /** Sends a request; a refusal is an answer, a broken connection is thrown. */
  public async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: JsonObject, headers: Record<string, string | string[]> = {},
  ): Promise<Answer> {
    const ask = (): ReturnType<typeof request> => request(`${this.access.server}${path}`, {
      method,
      dispatcher: this.agent,
      headers: { 'accept': 'application/json', 'authorization': `Bearer ${this.access.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    let response = await ask();
    // As clients do: a server that isn't ready for a kind, such as of a definition that has just come, says when to ask again.
    for (let tries = 1; response.statusCode === 429 && tries < MOST_TRIES; tries += 1) {
      await response.body.dump();
      await delay(1000 * Math.min(5, Number(response.headers['retry-after'] ?? 1)));
      response = await ask();
    }
    const text = await response.body.text();
    const object = parsed(text);
    const warnings = [response.headers.warning ?? []].flat().map(warningText);
    const { statusCode: status } = response;
    const error = status < 400 ? undefined : String(object.message ?? (text === '' ? `HTTP ${status}` : text));
    return { status, warnings, object, ...(error === undefined ? {} : { error }) };
  }

  /** Closes the connections. */
  public async close(): Promise<void> {
    await this.agent.destroy();
  }

  /** Whether an object of this kind is in a namespace. */
  public async isNamespaced(object: JsonObject): Promise<boolean> {
    return (await this.kindOf(object))?.namespaced ?? false;
  }

  private async pathOf(object: JsonObject): Promise<string | undefined> {
    const kind = await this.kindOf(object);
    if (kind === undefined) return undefined;
    const { name, namespace } = objectAt(object, 'metadata');
    return `${collectionOf(kind, kind.namespaced ? String(namespace ?? 'default') : undefined)}/${encodeURIComponent(String(name))}`;
  }

  private async kindOf({ apiVersion, kind }: JsonObject): Promise<ServedKind | undefined> {
    return (await this.kindsOf(String(apiVersion))).find((each) => each.kind === kind);
  }

  private kindsOf(apiVersion: string): Promise<ServedKind[]> {
    const known = this.kinds.get(apiVersion);
    if (known !== undefined) return known;
    const asked = this.send('GET', rootOf(apiVersion)).then(({ object }) => itemsAt(object, 'resources')
      .filter(([, each]) => !String(each.name).includes('/'))
      .map(([, each]) => ({
        apiVersion,
        kind: String(each.kind),
        plural: String(each.name),
        namespaced: each.namespaced === true,
        verbs: Array.isArray(each.verbs) ? each.verbs.map(String) : [],
      })));
    this.kinds.set(apiVersion, asked);
    return asked;
  }
}

/** The path of all objects of a kind, in one namespace or in all. */
export function collectionOf({ apiVersion, plural }: ServedKind, namespace?: string): string {
  return `${rootOf(apiVersion)}/${namespace === undefined ? '' : `namespaces/${namespace}/`}${plural}`;
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function refused(error: string): Answer {
  return { status: 404, warnings: [], object: {}, error };
}

function parsed(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** `299 - "text \"quoted\""`, as RFC 9111 has it. */
function warningText(header: string): string {
  const quoted = /^\d{3} \S+ "(.*)"$/s.exec(header)?.[1] ?? header;
  return quoted.replaceAll(/\\(.)/g, '$1');
}
