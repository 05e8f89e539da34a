import { Cidr, Fault, Faults } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { BackendProtocol } from '../../backend-protocol';
import type { ExposureOptions, HttpsExposureOptions } from '../../exposure-options';
import type { ExposureTimeouts } from '../../exposure-timeouts';
import { PathType } from '../../path-type';
import { PathRewrite, PathRewriteType } from '../../path-rewrite';
import type { StickySession } from '../../sticky-session';
import type { TrafficMirror } from '../../traffic-mirror';
import { exposableFaults } from '../exposable-faults';
import { made, shown, enumFaults, valueFaults } from '../made';
import { bytesOf } from '../quantity';
import { secondsFaults } from '../seconds';
import { corsFaults } from './cors-faults';
import { headerChangesFaults } from './header-faults';
import { shapeFaults } from './shape-faults';

const MOST_RETRIES = 10;
const MOST_CONCURRENT = 65535;

/** What is wrong with the options of an exposure beyond hosts, path and certificate. */
export function optionFaults(options: HttpsExposureOptions, hosts: readonly string[]): Fault[] {
  const misshapen = shapeFaults(options);
  return misshapen.length > 0 ? misshapen : [
    ...Faults.within('backendPort', valueFaults(options.backendPort, 'BackendPort', 'numbered(…)')),
    ...Faults.within('protocol', enumFaults(options.protocol, 'BackendProtocol', BackendProtocol)),
    ...Faults.within('backendTls', valueFaults(options.backendTls, 'BackendTls', 'authorityFromConfigMap(…)')),
    ...Faults.within('auth', valueFaults(options.auth, 'EdgeAuth', 'oidc(…)')),
    ...sourcesFaults(options.allowedSources),
    ...Faults.within('rateLimit', valueFaults(options.rateLimit, 'RateLimit', 'perSecond(…)')),
    ...countFaults('maxConcurrentRequests', options.maxConcurrentRequests, MOST_CONCURRENT),
    ...Faults.within('cors', corsFaults(options.cors)),
    ...Faults.within('maxBodySize', bodyFaults(options.maxBodySize)),
    ...Faults.within('timeouts', timeoutsFaults(options.timeouts)),
    ...countFaults('retries', options.retries, MOST_RETRIES),
    ...Faults.within('rewrite', rewriteFaults(options)),
    ...Faults.within('requestHeaders', headerChangesFaults(options.requestHeaders)),
    ...Faults.within('responseHeaders', headerChangesFaults(options.responseHeaders)),
    ...Faults.within('stickySession', stickyFaults(options.stickySession)),
    ...Faults.within('mirror', mirrorFaults(options.mirror)),
    ...wwwFaults(options, hosts),
  ];
}

function sourcesFaults(sources: readonly string[] | undefined): Fault[] {
  if (sources === undefined) {
    return [];
  }
  return sources.length > 0 ? sources.flatMap((source, at) => Cidr.of(source).faults.map(fault => ({ ...fault, member: `allowedSources[${at}]` }))) : [{
    code: 'KEELSON2316', member: 'allowedSources', got: 'an empty list', allowed: 'at least one CIDR', fix: 'leave it out to answer everybody, or name who is answered',
  }];
}

function countFaults(member: string, count: number | undefined, most: number): Fault[] {
  return count === undefined || Number.isInteger(count) && count >= 1 && count <= most ? [] : [{
    code: 'KEELSON2317', member, got: shown(count), allowed: `an integer from 1 to ${most}`, fix: `leave '${member}' out for none`,
  }];
}

function bodyFaults(size: Size | undefined): Fault[] {
  const bytes = size === undefined ? 1024 : bytesOf(size);
  return bytes >= 1024 && bytes < 2 ** 53 && bytes % 1024 === 0 ? [] : [{
    code: 'KEELSON2318', got: size === undefined || Number.isNaN(bytes) ? shown(size) : size.asString(), allowed: 'whole kibibytes from 1 on', fix: 'try Size.mebibytes(8)',
  }];
}

function timeoutsFaults({ request, response }: ExposureTimeouts = {}): Fault[] {
  const milliseconds = request === undefined ? 1 : millisecondsOf(request);
  return [
    ...Number.isInteger(milliseconds) && milliseconds >= 1 && milliseconds <= 86_400_000 ? [] : [{
      code: 'KEELSON2319', member: 'request', got: Number.isNaN(milliseconds) ? shown(request) : `${milliseconds} ms`, allowed: 'whole milliseconds from 1 ms to one day', fix: 'try Duration.seconds(30)',
    }],
    ...secondsFaults('KEELSON2320', 'response', response, 1, 'Duration.seconds(30)'),
  ];
}

function millisecondsOf(duration: Duration): number {
  return typeof duration?.toMilliseconds === 'function' ? duration.toMilliseconds() : NaN;
}

/** Which rewrites go with which paths. */
function rewriteFaults({ rewrite, path = '/', pathType = PathType.PREFIX }: ExposureOptions): Fault[] {
  const faults = valueFaults(rewrite, 'PathRewrite', 'stripPrefix()');
  const given = made(rewrite);
  if (given === undefined || faults.length > 0) {
    return faults;
  }
  const refused = (got: string, allowed: string, fix: string): Fault[] => [{ code: 'KEELSON2321', got, allowed, fix }];
  const expression = pathType === PathType.REGULAR_EXPRESSION;
  if (given.type === PathRewriteType.REGULAR_EXPRESSION) {
    return expression ? groupFaults(given, path) : refused('by regular expression, of a path that is none', "for 'pathType: PathType.REGULAR_EXPRESSION'", "write the 'path' as a regular expression with groups");
  }
  if (given.type === PathRewriteType.APP_ROOT) {
    return path === '/' && !expression ? [] : refused(`an app root at ${Faults.quoted(path)}`, "for the path '/'", "leave 'path' out");
  }
  if (pathType !== PathType.PREFIX) {
    return refused(`a prefix, of a path of type ${pathType}`, "for 'pathType: PathType.PREFIX'", "leave 'pathType' out");
  }
  return given.type === PathRewriteType.STRIP_PREFIX && path === '/'
    ? refused("a stripped prefix of '/', which changes nothing", 'for a path below the root', "say the 'path', or leave 'rewrite' out") : [];
}

function groupFaults({ path: replacement }: PathRewrite, path: string): Fault[] {
  const groups = (path.match(/(?<!\\)\((?!\?)/g) ?? []).length;
  const highest = Math.max(0, ...[...replacement.matchAll(/\$([1-9])/g)].map(([, group]) => Number(group)));
  return highest <= groups ? [] : [{
    code: 'KEELSON2322', got: `${Faults.quoted(replacement)} for ${Faults.quoted(path)}, which has ${groups} groups`, allowed: 'of groups that the path has', fix: "put what is kept into '(…)'",
  }];
}

/** RFC 6265: a token. */
const COOKIE = /^[A-Za-z0-9_-]{1,64}$/;

function stickyFaults({ cookieName, maxAge }: StickySession = {}): Fault[] {
  return [
    ...cookieName === undefined || typeof cookieName === 'string' && COOKIE.test(cookieName) ? [] : [{
      code: 'KEELSON2323', member: 'cookieName', got: shown(cookieName), allowed: "at most 64 letters, digits, '-' and '_'", fix: "write it like 'shop-session'",
    }],
    ...secondsFaults('KEELSON2320', 'maxAge', maxAge, 1, 'Duration.hours(1)'),
  ];
}

function mirrorFaults(mirror: TrafficMirror | undefined): Fault[] {
  if (mirror === undefined) {
    return [];
  }
  return [...Faults.within('service', exposableFaults(mirror.service, undefined)), ...countFaults('percent', mirror.percent, 100)];
}

/** A host that begins with `www.` is sent from the other one. */
function wwwFaults({ wwwRedirect }: ExposureOptions, hosts: readonly string[]): Fault[] {
  if (wwwRedirect !== true) {
    return [];
  }
  const say = (got: string, allowed: string, fix: string): Fault[] => [{ code: 'KEELSON2324', member: 'wwwRedirect', got, allowed, fix }];
  const wildcard = hosts.find(host => host.startsWith('*.'));
  if (hosts.length === 0 || wildcard !== undefined) {
    return say(wildcard === undefined ? 'true for any host' : `true for ${Faults.quoted(wildcard)}`, 'for exact hosts', 'name the hosts, or leave it out');
  }
  const both = hosts.find(host => hosts.includes(`www.${host}`));
  return both === undefined ? [] : say(`true for ${Faults.quoted(both)} and ${Faults.quoted(`www.${both}`)}`, 'one of the two names of a host', 'remove the one that is to be sent to the other');
}
