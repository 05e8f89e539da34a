import { Fault, Faults } from '@keelson/core';
import { PropFault } from './engine';
import { shown } from './made';

/** What a prop takes, and what to write where it is given something else. */
interface Shape {
  readonly takes: (value: unknown) => boolean;
  readonly of?: 'list' | 'map';
  readonly allowed: string;
  readonly fix: (value: unknown) => string;
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isSize = (value: unknown): boolean => value === undefined || typeof (value as { toKibibytes?: unknown } | null)?.toKibibytes === 'function';

const text: Shape = { takes: isText, allowed: 'a text', fix: () => "write it like 'orders'" };
const texts: Shape = { takes: isText, of: 'list', allowed: 'a list of texts', fix: () => "write it like ['a', 'b']" };
const mapOfTexts: Shape = {
  takes: isText, of: 'map', allowed: 'a map of texts',
  fix: value => (typeof value === 'number' || typeof value === 'boolean' ? `put it in quotes: '${value}'` : "write it like { key: 'value' }"),
};
const flag: Shape = { takes: value => typeof value === 'boolean', allowed: 'true or false', fix: () => 'write it without quotes' };
const map = (allowed: string): Shape => ({ takes: isMap, allowed, fix: () => 'write it like { … }' });
const size: Shape = { takes: isSize, allowed: 'a Size', fix: () => 'use Size.gibibytes(1)' };

/** Props whose values are used as they are given; whatever is of a class says itself what is wrong with it. */
const SHAPES: ReadonlyMap<string, Shape> = new Map(Object.entries({
  name: text, image: text, user: text, database: text,
  databases: texts, unsafeCommands: texts,
  settings: mapOfTexts, initScripts: mapOfTexts,
  users: { takes: isMap, of: 'list', allowed: 'a list of users', fix: () => "write it like [{ name: 'reports', privileges: { app: DatabasePrivilege.READ } }]" },
  clientVariables: map('a map of variables'), resources: map('amounts of CPU and memory'),
  metrics: flag, passwordsInEnvironment: flag, cache: flag,
}));
/** The same of what is in each user, and in resources. */
const OF_USERS: ReadonlyMap<string, Shape> = new Map(Object.entries({ name: text, privileges: map('a map of rights by database') }));
const OF_RESOURCES: ReadonlyMap<string, Shape> = new Map(Object.entries({ memoryRequest: size, memoryLimit: size }));

/** What a database is told, without what is of another type than its own, which programs without types may give. */
export interface SoundProps<T> {
  readonly props: T;
  readonly faults: readonly PropFault[];
}

/** Takes out of props what is of another type, and says so. */
export function soundProps<T extends object>(given: T): SoundProps<T> {
  const outer = soundOf(given, SHAPES);
  const { users, resources } = outer.props as { readonly users?: object[]; readonly resources?: object };
  const each = users?.map(user => soundOf(user, OF_USERS, ['name'])) ?? [];
  const amounts = soundOf(resources ?? {}, OF_RESOURCES);
  const of = (prop: string, faults: readonly Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  const inUsers = each.flatMap(({ faults }, at) => of('users', Faults.within(String(at), asFaults(faults))));
  return {
    props: {
      ...outer.props,
      ...inUsers.length === 0 ? {} : { users: each.filter(({ faults }) => faults.length === 0).map(({ props }) => props) },
      ...amounts.faults.length === 0 ? {} : { resources: amounts.props },
    },
    faults: [...outer.faults, ...inUsers, ...of('resources', asFaults(amounts.faults))],
  };
}

/** Those of a member, as faults of that member. */
function asFaults(faults: readonly PropFault[]): Fault[] {
  return faults.flatMap(({ prop, fault }) => Faults.within(prop, [fault]));
}

function soundOf<T extends object>(given: T, shapes: ReadonlyMap<string, Shape>, needed: readonly string[] = []): SoundProps<T> {
  const all = { ...given } as Record<string, unknown>;
  const wrong = [...shapes].flatMap(([prop, shape]): PropFault[] => {
    const value = all[prop];
    const found = value === undefined && !needed.includes(prop) ? undefined : wrongIn(value, shape);
    return found === undefined ? [] : [{ prop, fault: {
      code: 'KEELSON3194', member: found.member, got: Array.isArray(found.got) ? 'a list' : shown(found.got), allowed: shape.allowed, fix: shape.fix(found.got),
    } }];
  });
  const names = new Set(wrong.map(({ prop }) => prop));
  return { props: Object.fromEntries(Object.entries(all).filter(([prop]) => !names.has(prop))) as T, faults: wrong };
}

/** The first value that isn't of the type. */
function wrongIn(value: unknown, { takes, of }: Shape): { readonly got: unknown; readonly member?: string } | undefined {
  if (of === undefined) {
    return takes(value) ? undefined : { got: value };
  }
  if (of === 'list' ? !Array.isArray(value) : !isMap(value)) {
    return { got: value };
  }
  const found = Object.entries(value as object).find(([, each]) => !takes(each));
  return found === undefined ? undefined : { got: found[1], member: found[0] };
}
