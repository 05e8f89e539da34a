import { isObject, joinPath, type Json, type JsonObject } from '../manifest.js';
import type { Report } from '../rules/rule.js';

/** One member of a manifest: where it is, and whom to tell what is wrong with it. */
export class Field {
  public constructor(public readonly value: Json | undefined, private readonly path: string, private readonly report: Report) {}

  /** Whether nothing is there: YAML's `from:` without anything is the same to the API server. */
  public get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** What is wrong here, by the rule that it breaks. */
  public refuse(rule: string): undefined {
    this.report(this.path, `${rule}, got ${JSON.stringify(this.value) ?? 'nothing'}`);
    return undefined;
  }

  /** The members of an object; none may be there but these. Only `undefined` says that it is no object. */
  public members<K extends string>(...known: readonly K[]): { readonly [key in K]: Field } | undefined {
    const { value } = this;
    if (!isObject(value)) return this.refuse('must be an object');
    for (const key of Object.keys(value)) {
      if (!known.some((each) => each === key)) this.report(joinPath(this.path, key), `is not a field: ${known.join(', ')} are`);
    }
    return Object.fromEntries(known.map((key) => [key, this.at(value, key)])) as { [key in K]: Field };
  }

  /** A member of an object of which others aren't looked at. */
  public member(key: string): Field {
    return isObject(this.value) ? this.at(this.value, key) : new Field(undefined, joinPath(this.path, key), this.report);
  }

  /** The items of a list: none where it is absent. */
  public items(): Field[] {
    if (this.isAbsent) return [];
    if (!Array.isArray(this.value)) {
      this.refuse('must be a list');
      return [];
    }
    return this.value.map((item, index) => new Field(item, joinPath(this.path, index), this.report));
  }

  /** A map of texts, as labels are: an empty one where it is absent. */
  public texts(): Record<string, string> {
    if (this.isAbsent) return {};
    const { value } = this;
    if (!isObject(value)) {
      this.refuse('must be an object');
      return {};
    }
    return Object.fromEntries(Object.keys(value).flatMap((key): [string, string][] => {
      const text = this.at(value, key).text();
      return text === undefined ? [] : [[key, text]];
    }));
  }

  /** A text that has to be there. */
  public text(): string | undefined {
    return typeof this.value === 'string' ? this.value : this.refuse('must be a text');
  }

  /** One of some words, or the one that its absence means. */
  public word<T extends string>(words: readonly T[], absent: T): T {
    if (this.isAbsent) return absent;
    const found = words.find((each) => each === this.value);
    if (found === undefined) this.refuse(`must be one of ${words.join(', ')}`);
    return found ?? absent;
  }

  /** The number of a port. */
  public port(): number | undefined {
    const { value } = this;
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535 ? value : this.refuse('must be a port from 1 to 65535');
  }

  private at(object: JsonObject, key: string): Field {
    return new Field(object[key], joinPath(this.path, key), this.report);
  }
}
