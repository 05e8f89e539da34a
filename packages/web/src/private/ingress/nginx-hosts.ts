import { Fault, Faults, IngressController, Manifest } from '@keelson/core';
import { IConstruct } from 'constructs';
import type { Exposure } from '../../exposure';
import { PathType } from '../../path-type';
import { PerCluster } from '../per-cluster';
import { expressionsOf, IngressPath, LengthOf, needsExpression, pathOf } from './paths';
import { PREFIX } from './said';

const LENGTH: LengthOf = ({ length }) => length;
/** Traefik measures rules, in which a backslash has another one before it. */
const QUOTED_LENGTH: LengthOf = text => text.replaceAll('\\', '\\\\').length;

/** A host of an ingress controller: what one Ingress of it says changes how all are read. */
class NginxHost {
  /** The app that serves it first. */
  public servedBy?: string;
  /** The app that has it sent to its own. */
  public redirectedBy?: string;
  private isExact = false;
  private needs = false;
  private readonly exposures: Exposure[] = [];
  private readonly ingresses: Manifest[] = [];
  private expressions = new Map<Exposure, IngressPath>();

  public constructor(private readonly isIngressNginx: boolean) {}

  /** Whether its paths are regular expressions. */
  private get hasExpressions(): boolean {
    // Traefik tries the longer rule first, and says an exact path in fewer words than a prefix
    return this.needs || (!this.isIngressNginx && this.isExact && this.ingresses.length > 1);
  }

  /** The path of an exposure, once all of the host are known. */
  public pathOf(exposure: Exposure): IngressPath {
    if (!this.hasExpressions) {
      return pathOf(exposure);
    }
    if (this.expressions.size !== this.exposures.length) {
      this.expressions = expressionsOf(this.exposures, this.isIngressNginx ? LENGTH : QUOTED_LENGTH);
    }
    return this.expressions.get(exposure) ?? pathOf(exposure);
  }

  /** Each says that its paths are regular expressions, so that it means the same when the one that needs it goes. */
  public add(exposure: Exposure, ingress: Manifest): void {
    const before = this.hasExpressions;
    this.exposures.push(exposure);
    this.ingresses.push(ingress);
    this.needs ||= needsExpression(exposure);
    this.isExact ||= exposure.pathType === PathType.EXACT;
    if (this.hasExpressions) {
      (before ? [ingress] : this.ingresses).forEach(({ metadata }) => metadata.addAnnotation(`${PREFIX}use-regex`, 'true'));
    }
  }
}

const hosts = new PerCluster<NginxHost>();

/** A host of a controller; none is any. */
export function nginxHost(scope: IConstruct, { className, isIngressNginx }: IngressController, host: string | undefined): NginxHost {
  const known = hosts.at(scope);
  const key = [className, host ?? ''].join('\n');
  const found = known.get(key) ?? new NginxHost(isIngressNginx);
  known.set(key, found);
  return found;
}

/** Have a host lead to an app, and the other name of it be sent there if it has one. */
export function serveHost(scope: IConstruct, controller: IngressController, host: string | undefined, other: string | undefined): void {
  const served = nginxHost(scope, controller, host);
  const faults = served.redirectedBy === undefined ? [] : [clash(host, 'served', served.redirectedBy, 'has it redirected by wwwRedirect')];
  served.servedBy ??= scope.node.path;
  if (other !== undefined) {
    const sent = nginxHost(scope, controller, other);
    faults.push(...sent.servedBy === undefined ? [] : [clash(other, 'redirected', sent.servedBy, 'serves it')]);
    sent.redirectedBy ??= scope.node.path;
  }
  Faults.report(scope, 'exposure', faults);
}

function clash(host: string | undefined, what: string, path: string, why: string): Fault {
  return {
    code: 'KEELSON2378', got: `${Faults.quoted(host ?? '')}, ${what} here, while '${path}' ${why}`, allowed: 'either served or redirected, which is all that ingress-nginx can',
    fix: "leave out one of the two, or 'wwwRedirect'",
  };
}
