import { ClusterProfile } from '@keelson/core';
import type { ExternalAuthOptions } from '../../edge-auth';
import { Backend } from '../target-renderer';
import { Asked, NOTHING, Said, together } from './said';
import { HEADER, placeFaults, secretFaults, textFaults, URL_TEXT, WORDS } from './texts';

/** Who may pass. */
export function authSaid(asked: Asked): Said {
  const { basic, service, url } = asked.request.auth;
  return together([
    basic === undefined ? NOTHING : {
      values: {
        'auth-type': 'basic', 'auth-secret': basic.users.name,
        ...basic.realm === undefined ? {} : { 'auth-realm': basic.realm },
      },
      faults: [...secretFaults('auth.users', basic.users, asked), ...textFaults('auth.realm', basic.realm ?? '', WORDS, asked)],
    },
    service === undefined ? NOTHING : together([
      { values: { 'auth-url': `${addressOf(service.backend, asked)}${service.path}` }, faults: [
        ...placeFaults('auth.service', 'an authentication service', asked), ...textFaults('auth.path', service.path, URL_TEXT, asked),
      ] },
      externalSaid(service, asked),
    ]),
    url === undefined ? NOTHING : together([
      { values: { 'auth-url': url.url }, faults: textFaults('auth.url', url.url, URL_TEXT, asked) }, externalSaid(url, asked),
    ]),
  ]);
}

/** The address of a Service, for who has another namespace. */
export function addressOf({ service, port }: Backend, { request: { app, namespace } }: Asked): string {
  return `http://${service}.${namespace}.svc.${ClusterProfile.of(app.scope).clusterDomain}:${port}`;
}

function externalSaid({ signInUrl, responseHeaders = [] }: ExternalAuthOptions, asked: Asked): Said {
  return {
    values: {
      ...signInUrl === undefined ? {} : { 'auth-signin': signInOf(signInUrl) },
      ...responseHeaders.length === 0 ? {} : { 'auth-response-headers': responseHeaders.join(',') },
    },
    faults: [
      ...textFaults('auth.signInUrl', signInUrl ?? '', URL_TEXT, asked),
      ...responseHeaders.flatMap((name, at) => textFaults(`auth.responseHeaders[${at}]`, name, HEADER, asked)),
    ],
  };
}

/** Elsewhere the controller itself adds what was asked for, with its host; at home the path alone is enough, and leads nowhere else. */
function signInOf(signInUrl: string): string {
  return signInUrl.startsWith('/') ? `https://$host${signInUrl}${signInUrl.includes('?') ? '&' : '?'}rd=$escaped_request_uri` : signInUrl;
}
