import { Labels } from '@keelson/core';
import { Construct } from 'constructs';
import { Exposure } from '../exposure';
import { PathType } from '../path-type';
import { quoted } from './quoted';
import { ExposedApp, Route } from './target-renderer';

/** What we add to a route's name for what belongs to it. */
const SUFFIXES = ['', '-redirect'];

/**
 * Names of an app's routes: the first is called as the app, the others have host and path behind it, such as
 * `shop-www-example-com` or `shop-example-com-api`. Where two come out alike, the later one ends in a number.
 */
export class RouteNames {
  private readonly taken = new Set<string>();

  /** A name that is free, and a construct to define the route's objects in. */
  public route(app: ExposedApp, exposure: Exposure, host: string | undefined, main: boolean): Route {
    const first = main && this.taken.size === 0;
    const suffix = first ? '' : this.free(app.name, suffixOf(exposure, host));
    const name = app.name + suffix;
    SUFFIXES.forEach(end => this.taken.add(name + end));
    return { host, text: host === undefined ? 'any host' : quoted(host), name, scope: new Construct(app.scope, `Exposure${suffix}`) };
  }

  private free(name: string, suffix: string): string {
    let candidate = suffix;
    for (let number = 2; SUFFIXES.some(end => this.taken.has(name + candidate + end)); number++) {
      candidate = `${suffix}-${number}`;
    }
    return candidate;
  }
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
