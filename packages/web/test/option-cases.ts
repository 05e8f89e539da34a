import { expect, test } from 'vitest';
import { Exposure, type HttpsExposureOptions } from '../src';
import { Cluster, clusters } from './exposed-app';

/** The host of exposures whose host doesn't matter. */
export const shop = 'shop.example.com';

/** What an app is told of an exposure with these options. */
export function mistakesOf(options: HttpsExposureOptions): string[] {
  const cluster = new Cluster(clusters.gateway);
  cluster.expose([Exposure.https(shop, options)]);
  return cluster.mistakes().map(line => line.replace('[shop/shop] ', ''));
}

/** The codes alone, where whether there are some is asked. */
export function codesOf(options: HttpsExposureOptions): string[] {
  return Exposure.https(shop, options).faults.map(({ code }) => code);
}

/** What can't be said, each with all that is said of it. */
export type Refused = [string, HttpsExposureOptions, string];
/** What can be said, mostly the last that can. */
export type Taken = [string, HttpsExposureOptions];

export function refuses(cases: Refused[]): void {
  test.each(cases)('fails on %s', (_, options, message) => {
    expect(mistakesOf(options)).toEqual([message]);
  });
}

export function takes(cases: Taken[]): void {
  test.each(cases)('takes %s', (_, options) => {
    expect(codesOf(options)).toEqual([]);
  });
}

/** A long text as messages show it. */
export function long(text: string): string {
  return `'${text.slice(0, 60)}…' (${text.length} characters)`;
}
