import { ApiObject } from 'cdk8s';
import type { Readable } from './integrity';
import { hasStockResolvers, plain } from './render';

/** What of an object is content. */
interface Fields {
  readonly data?: Record<string, unknown>;
  readonly binaryData?: Record<string, unknown>;
  readonly stringData?: Record<string, unknown>;
}

/** The data of a ConfigMap or Secret by key. */
export class Content {
  private text: string | undefined;

  public constructor(private readonly entries: ReadonlyMap<string, unknown>) {}

  public has(key: string): boolean {
    return this.entries.has(key);
  }

  public keys(): string[] {
    return [...this.entries.keys()];
  }

  /** Keys and values as JSON, sorted: of those keys that are there, or of all. */
  public json(keys?: Iterable<string>): string {
    if (keys === undefined) {
      return this.text ??= this.jsonOf(this.keys());
    }
    return this.jsonOf([...keys].filter(key => this.has(key)));
  }

  private jsonOf(keys: string[]): string {
    return JSON.stringify(keys.sort().map(key => [key, this.entries.get(key)]));
  }
}

/** What was read of objects that tell when they change; undefined where that is to be read again. */
const contents = new WeakMap<ApiObject, { read: Content | undefined }>();

/** Has an object's content kept: whoever calls this calls `dropContent` at every change. */
export function keepContent(object: ApiObject): void {
  contents.set(object, { read: undefined });
}

/** Says that an object's content isn't what it was; of an object that isn't kept it says nothing. */
export function dropContent(object: ApiObject): void {
  const kept = contents.get(object);
  if (kept !== undefined) {
    kept.read = undefined;
  }
}

/** The data of a ConfigMap or Secret as it will be rendered, read again only where it may be another. */
export function readContent(object: ApiObject): Content {
  // a resolver of the user's may say something else each time
  const kept = hasStockResolvers(object) ? contents.get(object) : undefined;
  if (kept === undefined) {
    return contentOf(object.toJson() as Fields);
  }
  return kept.read ??= contentOf(fieldsOf(object) ?? object.toJson() as Fields);
}

/** Of an object of ours that wasn't patched nothing else needs rendering. */
function fieldsOf(object: ApiObject): Fields | undefined {
  const source = (object as Partial<Readable>)._source?.() as Fields | undefined;
  const read = (part: object | undefined) => plain(part, { sort: true, fresh: false }) as Record<string, unknown> | undefined;
  return source && { data: read(source.data), binaryData: read(source.binaryData), stringData: read(source.stringData) };
}

function contentOf({ data, binaryData, stringData }: Fields): Content {
  const entries = new Map<string, unknown>();
  for (const part of [data, binaryData, stringData]) {
    for (const key of Object.keys(part ?? {})) {
      entries.set(key, part?.[key]);
    }
  }
  return new Content(entries);
}
