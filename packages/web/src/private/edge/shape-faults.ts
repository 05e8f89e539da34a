import { Fault, Faults } from '@keelson/core';
import type { ExposureOptions } from '../../exposure-options';
import { shown } from '../made';

/** The options that are objects, and their members that are lists, maps and flags. */
const SHAPES: { readonly [option: string]: Shape } = {
  cors: { lists: ['allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders'], flags: ['allowCredentials'], example: "{ allowOrigins: ['https://www.example.com'] }" },
  timeouts: { example: '{ response: Duration.seconds(30) }' },
  requestHeaders: { lists: ['remove'], maps: ['set', 'add'], example: "{ set: { 'X-Shop-Tenant': 'eu' } }" },
  responseHeaders: { lists: ['remove'], maps: ['set', 'add'], example: "{ set: { 'X-Frame-Options': 'DENY' } }" },
  stickySession: { example: "{ cookieName: 'shop-session' }" },
  mirror: { example: '{ service: copy.service }' },
};

interface Shape {
  readonly lists?: readonly string[];
  readonly maps?: readonly string[];
  readonly flags?: readonly string[];
  readonly example: string;
}

/** What is of another shape than its prop: JavaScript lets users give anything. */
export function shapeFaults(options: ExposureOptions): Fault[] {
  const given: Readonly<Record<string, unknown>> = { ...options };
  return [
    ...listFaults('allowedSources', given.allowedSources), ...flagFaults('wwwRedirect', given.wwwRedirect), ...flagFaults('compression', given.compression),
    ...Object.entries(SHAPES).flatMap(([option, shape]) => optionFaults(option, shape, given[option])),
  ];
}

/** What is no list, where one is wanted; left out is fine. */
export function listFaults(member: string, value: unknown): Fault[] {
  return value === undefined || Array.isArray(value) ? [] : [{ code: 'KEELSON2383', member, got: shown(value), allowed: 'a list', fix: "write it between '[' and ']'" }];
}

function optionFaults(option: string, { lists = [], maps = [], flags = [], example }: Shape, value: unknown): Fault[] {
  if (value === undefined) {
    return [];
  }
  if (!isObject(value)) {
    return objectFaults(option, value, example);
  }
  return Faults.within(option, [
    ...lists.flatMap(member => listFaults(member, value[member])), ...flags.flatMap(member => flagFaults(member, value[member])),
    ...maps.flatMap(member => value[member] === undefined || isObject(value[member]) ? [] : objectFaults(member, value[member], "{ 'X-Shop-Tenant': 'eu' }")),
  ]);
}

function objectFaults(member: string, value: unknown, example: string): Fault[] {
  return [{ code: 'KEELSON2384', member, got: Array.isArray(value) ? 'a list' : shown(value), allowed: 'an object', fix: `write it like ${example}` }];
}

function flagFaults(member: string, value: unknown): Fault[] {
  return value === undefined || typeof value === 'boolean' ? [] : [{ code: 'KEELSON2385', member, got: shown(value), allowed: 'true or false', fix: 'write it without quotes' }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
