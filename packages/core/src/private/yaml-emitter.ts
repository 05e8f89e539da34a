import { Yaml } from 'cdk8s';
import { sortKeys } from './key-order';
import { FIRST, isLeftOut, tidy } from './render';
import { textsOf } from './settled';
import { startsLikeDocument, stringText } from './yaml-strings';

/** A value that the `yaml` package writes in a way of its own: anchors, tags, explicit keys. */
class Unusual extends Error {}

/** What a remembered string costs is bounded: longer ones are rare, and more would never be asked for again. */
const LONGEST_REMEMBERED = 64;
const MOST_REMEMBERED = 5000;

/** A key whose text is longer is written as `? key`. */
const LONGEST_KEY = 1024;

/**
 * Writes objects as YAML, byte for byte as `cdk8s.Yaml.stringify` does, many times faster.
 *
 * Plain trees of objects, arrays, strings, numbers and booleans are written here; anything else is handed to `cdk8s.Yaml`.
 * One emitter serves one synth: it remembers how short strings are written.
 */
export class YamlEmitter {
  private readonly keys = new Map<string, string>();
  /** Line start, indent and key, by depth. */
  private readonly lines: Map<string, string>[] = [];
  private readonly values = new Map<string, string>();
  private readonly indents: string[] = [''];
  private text = '';
  /** Objects met in this document; a second meeting would be an anchor. Undefined where there can be none. */
  private met: Set<object> | undefined;
  /** That maps are not yet as they are to be written. */
  private loose: { readonly sort: boolean } | undefined;

  /**
   * One document, ending in a newline.
   *
   * @param value the object; undefined gives an empty document.
   * @param isTree that no object in it is met twice (what `render` makes): saves looking.
   */
  public document(value: unknown, isTree = false): string {
    if (value === undefined) {
      return '\n';
    }
    if (typeof value !== 'object' || value === null) {
      return Yaml.stringify(value);
    }
    this.loose = undefined;
    this.met = isTree ? undefined : new Set();
    return this.written(value) ?? Yaml.stringify(value);
  }

  /**
   * One manifest that was rendered without being fresh: keys are sorted here, and what has no value is left out.
   *
   * @param sort whether keys are sorted.
   */
  public manifest(value: object, sort: boolean): string {
    this.loose = { sort };
    this.met = undefined;
    return this.written(value) ?? this.document(tidy(value, sort), true);
  }

  /** Undefined where only the `yaml` package can write it. */
  private written(value: object): string | undefined {
    this.text = '';
    try {
      this.collection(value, 0, true);
      const text = `${this.text}\n`;
      // makes one string of the thousand pieces that V8 would keep until the file is written
      text.charCodeAt(0);
      return text;
    } catch (error) {
      if (error instanceof Unusual) {
        return undefined;
      }
      throw error;
    }
  }

  /** `inItem`: right behind a list's `- `, where the first line needs no line of its own. */
  private collection(value: object, depth: number, inItem: boolean): void {
    // where the same object may be met again, each meeting counts
    const texts = this.met === undefined ? textsOf(value) : undefined;
    if (texts === undefined) {
      this.members(value, depth, inItem);
      return;
    }
    const place = 2 * depth + (inItem ? 1 : 0);
    this.text += (texts[place] ??= this.apart(value, depth, inItem));
  }

  /** The text of a part alone, to be had again. */
  private apart(value: object, depth: number, inItem: boolean): string {
    const before = this.text;
    this.text = '';
    this.members(value, depth, inItem);
    const text = this.text;
    this.text = before;
    return text;
  }

  private members(value: object, depth: number, inItem: boolean): void {
    if (this.met?.has(value) ?? false) {
      throw new Unusual();
    }
    this.met?.add(value);
    if (Array.isArray(value)) {
      this.list(value, depth, inItem);
      return;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      throw new Unusual();
    }
    this.map(value as Record<string, unknown>, depth, inItem);
  }

  private list(items: unknown[], depth: number, inItem: boolean): void {
    if (items.length === 0) {
      this.text += inItem ? '[]' : ' []';
      return;
    }
    const lineStart = `\n${this.indent(depth)}-`;
    let first = inItem;
    for (const item of items) {
      this.text += first ? '-' : lineStart;
      first = false;
      if (typeof item === 'object' && item !== null) {
        this.text += ' ';
        this.collection(item, depth + 1, true);
      } else {
        this.text += this.scalar(item, depth + 1);
      }
    }
  }

  private map(members: Record<string, unknown>, depth: number, inItem: boolean): void {
    let empty = true;
    for (const key of this.keysOf(members, depth)) {
      const value = members[key];
      if (this.loose !== undefined && isLeftOut(key, value)) {
        continue;
      }
      this.text += empty && inItem ? this.key(key, depth + 1) : this.line(key, depth);
      empty = false;
      if (typeof value === 'object' && value !== null) {
        this.collection(value, depth + 1, false);
      } else {
        this.text += this.scalar(value, depth + 1);
      }
    }
    if (empty) {
      this.text += inItem ? '{}' : ' {}';
    }
  }

  private keysOf(members: Record<string, unknown>, depth: number): string[] {
    const keys = Object.keys(members);
    if (this.loose === undefined) {
      return keys;
    }
    const sorted = this.loose.sort ? sortKeys(keys) : keys;
    return depth > 0 ? sorted : [...FIRST.filter(key => key in members), ...sorted.filter(key => !FIRST.includes(key))];
  }

  /** With the blank before it. */
  private scalar(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string':
        return this.string(value, depth);
      case 'number':
        return ` ${numberText(value)}`;
      case 'boolean':
        return value ? ' true' : ' false';
      case 'undefined':
      case 'object':
        return ' null';
      default:
        throw new Unusual();
    }
  }

  private string(value: string, depth: number): string {
    const known = this.values.get(value);
    if (known !== undefined) {
      return known;
    }
    if (value === '<<') {
      throw new Unusual();
    }
    const text = ` ${stringText(value, false, this.indent(depth))}`;
    // more than one line depends on the indent
    if (value.length <= LONGEST_REMEMBERED && this.values.size < MOST_REMEMBERED && !text.includes('\n')) {
      this.values.set(value, text);
    }
    return text;
  }

  private line(key: string, depth: number): string {
    const lines = (this.lines[depth] ??= new Map());
    const known = lines.get(key);
    if (known !== undefined) {
      return known;
    }
    const text = this.key(key, depth + 1);
    const line = `\n${this.indent(depth)}${text}`;
    if (this.keys.has(key)) {
      lines.set(key, line);
    }
    return line;
  }

  private key(key: string, depth: number): string {
    const known = this.keys.get(key);
    if (known !== undefined) {
      return known;
    }
    const text = `${stringText(key, true, this.indent(depth))}:`;
    if (key === '<<' || text.length > LONGEST_KEY + 1) {
      throw new Unusual();
    }
    if (key.length <= LONGEST_REMEMBERED && this.keys.size < MOST_REMEMBERED && !startsLikeDocument(key)) {
      this.keys.set(key, text);
    }
    return text;
  }

  private indent(depth: number): string {
    return (this.indents[depth] ??= '  '.repeat(depth));
  }
}

function numberText(value: number): string {
  if (Number.isFinite(value)) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  return Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf';
}
