import { quoted } from '../quoted';
import { nearest } from './nearest';
import { Place } from './place';

/** Says what a member of a struct is for: `ClusterProfileProps`, `version`. */
export type Describe = (struct: string, member: string) => string | undefined;

/** How a value stands in a file. */
export interface Shape<T> {
  /** What is allowed, after "must be". */
  readonly allowed: string;
  /** The value; undefined where something is wrong, which is reported. */
  read(value: unknown, place: Place): T | undefined;
  write(value: T): unknown;
  /** As JSON Schema has it. */
  schema(describe: Describe): object;
}

type Fields<T> = { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> };

function wrong(place: Place, value: unknown, allowed: string, fix: string): undefined {
  place.report({ code: 'KEELSON1633', got: quoted(value), allowed, fix: value === null ? 'give it a value, or leave it out' : fix });
  return undefined;
}

/** Any text; what it has to look like, the value made of it says. */
export function text(example: string): Shape<string> {
  const allowed = 'a text';
  return {
    allowed,
    read: (value, place) => {
      const isVersion = /^\d+\.\d+$/.test(example);
      const inQuotes = isVersion ? 'put it in quotes: as a number, 1.30 is 1.3' : `put it in quotes, such as ${quoted(example)}`;
      const fix = typeof value === 'number' ? inQuotes : `write it like ${quoted(example)}`;
      return typeof value === 'string' ? value : wrong(place, value, allowed, fix);
    },
    write: value => value,
    schema: () => ({ type: 'string', examples: [example] }),
  };
}

export function flag(): Shape<boolean> {
  const allowed = 'true or false';
  return {
    allowed,
    read: (value, place) => (typeof value === 'boolean' ? value : wrong(place, value, allowed, 'write it without quotes')),
    write: value => value,
    schema: () => ({ type: 'boolean' }),
  };
}

/** Which ones, the value made of it says. */
export function number(example: number): Shape<number> {
  const allowed = 'a number';
  return {
    allowed,
    read: (value, place) => (typeof value === 'number' ? value : wrong(place, value, allowed, `write it like ${example}, without quotes`)),
    write: value => value,
    schema: () => ({ type: 'integer' }),
  };
}

export function list<T>(item: Shape<T>): Shape<T[]> {
  const allowed = 'a list';
  return {
    allowed,
    read: (value, place) => {
      if (!Array.isArray(value)) {
        return wrong(place, value, allowed, "begin each entry with '- '");
      }
      const items = value.map((each, at) => item.read(each, place.at(at))).filter(each => each !== undefined);
      // That none is left is no mistake of its own.
      return items.length === 0 && value.length > 0 ? undefined : items;
    },
    write: value => value.map(each => item.write(each)),
    schema: describe => ({ type: 'array', items: item.schema(describe) }),
  };
}

/** Texts by keys of the user's. */
export function texts(): Shape<{ [key: string]: string }> {
  const allowed = 'a map of texts';
  const value = text('true');
  return {
    allowed,
    read: (map, place) => (!isMap(map) ? wrong(place, map, allowed, 'write it like { app: edge }')
      : Object.fromEntries(Object.entries(map).flatMap(([key, each]) => {
        const read = value.read(each, place.at(key));
        return read === undefined ? [] : [[key, read] as const];
      }))),
    write: map => ({ ...map }),
    schema: () => ({ type: 'object', additionalProperties: { type: 'string' } }),
  };
}

/** One of some texts, each for a value. */
export function choice<T>(values: ReadonlyMap<string, T>): Shape<T> {
  const names = [...values.keys()];
  const allowed = names.map(quoted).join(', ');
  return {
    allowed,
    read: (value, place) => {
      const found = typeof value === 'string' ? values.get(value) : undefined;
      const meant = typeof value === 'string' ? nearest(value, names) : undefined;
      return found ?? wrong(place, value, `one of ${allowed}`, meant === undefined ? 'take one of these' : `try ${quoted(meant)}`);
    },
    write: value => [...values].find(([, other]) => other === value)?.[0],
    schema: () => ({ enum: names }),
  };
}

/** One of some texts, or a value in full. */
export function choiceOr<T>(values: ReadonlyMap<string, T>, whole: Shape<T>): Shape<T> {
  const named = choice(values);
  const allowed = `${named.allowed}, or ${whole.allowed}`;
  return {
    allowed,
    read: (value, place) => {
      if (isMap(value)) {
        return whole.read(value, place);
      }
      const meant = typeof value === 'string' ? nearest(value, [...values.keys()]) : undefined;
      return (typeof value === 'string' ? values.get(value) : undefined)
        ?? wrong(place, value, `one of ${allowed}`, meant === undefined ? 'take one of these' : `try ${quoted(meant)}`);
    },
    write: value => named.write(value) ?? whole.write(value),
    schema: describe => ({ anyOf: [named.schema(describe), whole.schema(describe)] }),
  };
}

/** A map with keys of ours, those of a struct. */
export function struct<T>(name: string, fields: Fields<T>, required: readonly (keyof T & string)[] = []): Shape<T> {
  const shapes = Object.entries(fields) as [keyof T & string, Shape<unknown>][];
  const keys = shapes.map(([key]) => key);
  const allowed = `a map with the keys ${keys.join(', ')}`;
  return {
    allowed,
    read: (value, place) => {
      if (!isMap(value)) {
        return wrong(place, value, allowed, 'indent its keys below it');
      }
      reportUnknown(Object.keys(value), keys, place);
      const missing = required.filter(key => value[key] === undefined);
      missing.forEach(key => place.at(key).report({ code: 'KEELSON1634', got: 'nothing', allowed: fields[key].allowed, fix: `add ${quoted(key)}` }));
      const given = shapes.filter(([key]) => value[key] !== undefined);
      const read = given.map(([key, shape]) => [key, shape.read(value[key], place.at(key))] as const);
      const lost = required.some(key => read.every(([other, each]) => other !== key || each === undefined));
      return lost ? undefined : Object.fromEntries(read.filter(([, each]) => each !== undefined)) as T;
    },
    write: value => Object.fromEntries(shapes.flatMap(([key, shape]) => {
      const written = value[key] === undefined ? undefined : shape.write(value[key]);
      return written === undefined ? [] : [[key, written] as const];
    })),
    schema: describe => ({
      type: 'object',
      properties: Object.fromEntries(shapes.map(([key, shape]) => [key, described(shape.schema(describe), describe(name, key))])),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    }),
  };
}

/** A shape for what is made of another. */
export function made<T, U>(shape: Shape<T>, make: (value: T) => U, unmake: (value: U) => T): Shape<U> {
  return {
    ...shape,
    read: (value, place) => {
      const read = shape.read(value, place);
      return read === undefined ? undefined : make(read);
    },
    write: value => shape.write(unmake(value)),
  };
}

function reportUnknown(keys: readonly string[], known: readonly string[], place: Place): void {
  for (const key of keys.filter(each => !known.includes(each))) {
    const meant = nearest(key, known);
    place.report({
      code: 'KEELSON1632', got: quoted(key), allowed: `a map with no other keys than ${known.join(', ')}`,
      fix: meant === undefined ? 'remove it' : `try ${quoted(meant)}`,
    });
  }
}

function described(schema: object, description: string | undefined): object {
  return description === undefined ? schema : { description, ...schema };
}

function isMap(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
