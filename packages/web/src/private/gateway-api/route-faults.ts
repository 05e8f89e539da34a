import { Fault } from '@keelson/core';
import { Duration } from 'cdk8s';
import { BackendProtocol } from '../../backend-protocol';
import { FeatureName, FEATURES } from '../edge/features';
import { featuresOf } from '../edge/refusals';
import { secondsOf } from '../seconds';
import { ExtendedRoute, RouteExtension } from './extension';
import { methodFaults } from './matches';

/** What a GRPCRoute has no field for. */
const NOT_FOR_GRPC = new Set<FeatureName>([
  'regularExpressionPath', 'appRoot', 'stripPrefix', 'replacePrefix', 'regularExpressionRewrite', 'serviceAuth', 'cors', 'bodySize', 'requestTimeout', 'retries',
]);

/** Most that lists of the Gateway API take. */
const MOST_HEADERS = 16;
const MOST_ORIGINS = 64;
/** The longest of durations: five digits of hours. */
const MOST_HOURS = 99_999;

/** Values with one space at a time, and none at either end. */
const VALUE = /^[!-~]+(?: [!-~]+)*$/;

/** What is wrong with an exposure as far as values go: the Gateway API takes less than others do. */
export function routeFaults(route: ExtendedRoute, extension: RouteExtension): Fault[] {
  const { request: { exposure, protocol } } = route;
  return [
    ...protocol === BackendProtocol.GRPC ? [...grpcFaults(route, extension), ...methodFaults(exposure)] : [],
    ...headerFaults(route), ...extension.owns('cors', route) ? [] : corsFaults(route), ...longFaults(route),
  ];
}

function grpcFaults(route: ExtendedRoute, extension: RouteExtension): Fault[] {
  const { exposure, protocol } = route.request;
  return featuresOf(exposure, protocol).filter(name => NOT_FOR_GRPC.has(name) && !extension.owns(name, route)).map(name => ({
    code: 'KEELSON2330', member: FEATURES[name].member, got: `${FEATURES[name].text}, of gRPC`, allowed: 'what a GRPCRoute has', fix: 'leave it out',
  }));
}

function headerFaults({ request: { exposure: { options } } }: ExtendedRoute): Fault[] {
  return (['requestHeaders', 'responseHeaders'] as const).flatMap(prop => {
    const { set = {}, add = {}, remove = [] } = options[prop] ?? {};
    const counts: [string, number][] = [['set', Object.keys(set).length], ['add', Object.keys(add).length], ['remove', remove.length]];
    const values = [...Object.entries(set).map(([name, value]) => [`set.${name}`, value]), ...Object.entries(add).map(([name, value]) => [`add.${name}`, value])];
    return [
      ...counts.flatMap(([member, count]) => tooMany(`${prop}.${member}`, count, MOST_HEADERS)),
      ...values.filter(([, value]) => !VALUE.test(value ?? '')).map(([member, value]) => ({
        code: 'KEELSON2338', member: `${prop}.${member}`, got: `'${value}'`, allowed: 'text without spaces at either end and without two in a row, which is all that the Gateway API takes',
        fix: 'remove these spaces',
      })),
    ];
  });
}

function corsFaults({ request: { exposure: { options: { cors } } } }: ExtendedRoute): Fault[] {
  const { allowOrigins = [], allowHeaders = [], exposeHeaders = [], maxAge } = cors ?? {};
  return [
    ...tooMany('cors.allowOrigins', allowOrigins.length, MOST_ORIGINS), ...tooMany('cors.allowHeaders', allowHeaders.length, MOST_ORIGINS),
    ...tooMany('cors.exposeHeaders', exposeHeaders.length, MOST_ORIGINS),
    ...maxAge === undefined || secondsOf(maxAge) >= 1 ? [] : [{
      code: 'KEELSON2336', member: 'cors.maxAge', got: '0 s', allowed: 'from one second on, at a gateway', fix: 'try Duration.seconds(1)',
    }],
  ];
}

function tooMany(member: string, count: number, most: number): Fault[] {
  return count <= most ? [] : [{
    code: 'KEELSON2337', member, got: `${count} of them`, allowed: `at most ${most}, which is all that the Gateway API takes`, fix: 'leave some out',
  }];
}

function longFaults({ request: { exposure: { options: { cors, stickySession } } } }: ExtendedRoute): Fault[] {
  const durations: [string, Duration | undefined][] = [['cors.maxAge', cors?.maxAge], ['stickySession.maxAge', stickySession?.maxAge]];
  return durations.flatMap(([member, duration]) => {
    const hours = duration === undefined ? 0 : Math.floor(secondsOf(duration) / 3600);
    return hours <= MOST_HOURS ? [] : [{ code: 'KEELSON2336', member, got: `${hours} hours`, allowed: `at most ${MOST_HOURS} hours, at a gateway`, fix: 'shorten it' }];
  });
}
