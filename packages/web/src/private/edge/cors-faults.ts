import { Fault, Faults } from '@keelson/core';
import { Duration } from 'cdk8s';
import type { CorsOptions } from '../../cors-options';
import { shown } from '../made';
import { secondsFaults } from '../seconds';
import { headerNameFaults } from './header-faults';

const ORIGIN = /^https?:\/\/(?:\*\.)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*(?::[0-9]{1,5})?$/;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What is wrong with CORS: ingress controllers take what they don't understand for any origin. */
export function corsFaults(cors: CorsOptions | undefined): Fault[] {
  if (cors === undefined) {
    return [];
  }
  const { allowOrigins = [], allowMethods, allowHeaders = [], exposeHeaders = [], allowCredentials, maxAge } = cors;
  return [
    ...originsFaults(allowOrigins, allowCredentials === true),
    ...(allowMethods ?? []).flatMap((method, at) => METHODS.has(method) ? [] : [{
      code: 'KEELSON2325', member: `allowMethods[${at}]`, got: shown(method), allowed: [...METHODS].join(', '), fix: "write it in capitals, such as 'PUT'",
    }]),
    ...allowMethods?.length === 0 ? [{
      code: 'KEELSON2325', member: 'allowMethods', got: 'an empty list', allowed: [...METHODS].join(', '), fix: "leave 'allowMethods' out for GET, HEAD and POST",
    }] : [],
    ...allowHeaders.flatMap((name, at) => Faults.within(`allowHeaders[${at}]`, headerNameFaults(name))),
    ...exposeHeaders.flatMap((name, at) => Faults.within(`exposeHeaders[${at}]`, headerNameFaults(name))),
    ...secondsFaults('KEELSON2320', 'maxAge', maxAge, 0, 'Duration.minutes(10)'),
  ];
}

/** Methods and seconds as they are where nothing is said. */
export function usualCors({ allowMethods = ['GET', 'HEAD', 'POST'], allowHeaders = [], exposeHeaders = [], allowCredentials = false, maxAge = Duration.seconds(5), allowOrigins }: CorsOptions):
Required<CorsOptions> {
  return { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge };
}

function originsFaults(origins: readonly string[], credentials: boolean): Fault[] {
  if (origins.length === 0) {
    return [{ code: 'KEELSON2326', member: 'allowOrigins', got: 'an empty list', allowed: 'at least one origin', fix: "name one, or leave 'cors' out" }];
  }
  if (origins.includes('*')) {
    const alone = origins.length === 1;
    return alone && !credentials ? [] : [{
      code: 'KEELSON2327', member: 'allowOrigins', got: alone ? "'*' with 'allowCredentials'" : "'*' beside others", allowed: "'*' alone and without credentials", fix: 'name the origins',
    }];
  }
  return origins.flatMap((origin, at) => typeof origin === 'string' && ORIGIN.test(origin) ? [] : [{
    code: 'KEELSON2328', member: `allowOrigins[${at}]`, got: shown(origin), allowed: "scheme and host in lower case, with a port where it is unusual, '*.' for all below a domain, or '*'",
    fix: "write it like 'https://www.example.com', without a path",
  }]);
}
