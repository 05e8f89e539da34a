import { Faults, Labels } from '@keelson/core';
import { Construct } from 'constructs';
import { Exposure } from '../exposure';
import { PathType } from '../path-type';
import { freeId } from './free-id';
import { ExposedApp, Route, TargetRenderer } from './target-renderer';

/** What we add to a route's name for what belongs to it. */
const SUFFIXES = ['', '-redirect', '-www', '-www-redirect'];

/**
 * Names of an app's routes: the first is called as the app, the others have host and path behind it, such as
 * `shop-www-example-com` or `shop-example-com-api`. Where two come out alike, the later one ends in a number.
 *
 * Objects of different kinds may have one name, so that each target counts by itself: a second one changes no name of the first.
 */
export class RouteNames {
  /** By kind of object. */
  private readonly taken = new Map<string, Set<string>>();
  /** Host and path that the routes called as the app have, at whichever target. */
  private main?: string;

  /** A name that is free at a target, and a construct to define the route's objects in. */
  public route(app: ExposedApp, exposure: Exposure, host: string | undefined, main: boolean, { kinds }: TargetRenderer): Route {
    const taken = kinds.map(kind => this.takenOf(kind));
    const asked = [host ?? '', exposure.pathType, exposure.path].join('\n');
    this.main ??= main ? asked : undefined;
    const first = this.main === asked && isFree(app.name, taken);
    const suffix = first ? '' : free(app.name, suffixOf(exposure, host), taken);
    const name = app.name + suffix;
    taken.forEach(names => SUFFIXES.forEach(end => names.add(name + end)));
    const scope = new Construct(app.scope, freeId(app.scope, `Exposure${suffix}`, 'Exposure'));
    return { host, text: host === undefined ? 'any host' : Faults.quoted(host), name, scope };
  }

  private takenOf(kind: string): Set<string> {
    const taken = this.taken.get(kind) ?? new Set();
    this.taken.set(kind, taken);
    return taken;
  }
}

function free(name: string, suffix: string, taken: readonly Set<string>[]): string {
  let candidate = suffix;
  for (let number = 2; !isFree(name + candidate, taken); number++) {
    candidate = `${suffix}-${number}`;
  }
  return candidate;
}

function isFree(name: string, taken: readonly Set<string>[]): boolean {
  return taken.every(names => SUFFIXES.every(end => !names.has(name + end)));
}

/**
 * A host as part of a name: `shop.example.com` is `shop-example-com`. What the apps of a host share is named by it, not by one of them.
 */
export function hostLabel(host: string): string {
  return labelOf(host.replace('*', 'wildcard'));
}

/** Labels of what the apps of a host share: those that are no single app's, so that none of them owns it. */
export function sharedLabels(labels: { [key: string]: string }): { [key: string]: string } {
  const own = new Set([Labels.NAME, Labels.INSTANCE, Labels.COMPONENT, Labels.VERSION, 'app']);
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !own.has(key)));
}

function suffixOf({ path, pathType }: Exposure, host?: string): string {
  const words = [host === undefined ? 'default-backend' : hostLabel(host), labelOf(path), pathType === PathType.EXACT ? 'exact' : ''];
  return words.filter(word => word !== '').map(word => `-${word}`).join('');
}

function labelOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
