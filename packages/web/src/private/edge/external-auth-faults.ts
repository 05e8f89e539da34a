import { Fault, Faults } from '@keelson/core';
import type { ExternalAuthOptions, ServiceAuthOptions } from '../../edge-auth';
import { exposableFaults } from '../exposable-faults';
import { shown } from '../made';
import { pathFaults } from '../path-faults';
import { headerNameFaults } from './header-faults';
import { listFaults } from './shape-faults';
import type { IExposableService } from '../../exposed-service';

/** What is wrong with a Service that is asked, whatever the namespace. */
export function serviceAuthFaults(service: IExposableService, options: ServiceAuthOptions): Fault[] {
  return [
    ...Faults.within('service', exposableFaults(service, undefined)),
    ...Faults.within('path', options.path === undefined ? [] : pathFaults(options.path)),
    ...optionsFaults(options),
  ];
}

/** What is wrong with a URL that is asked. */
export function urlAuthFaults(url: string, options: ExternalAuthOptions): Fault[] {
  return [...isUrl(url) ? [] : [{
    code: 'KEELSON2307', member: 'url', got: shown(url), allowed: 'a URL of HTTP or HTTPS without spaces, quotes, user and fragment', fix: "write it like 'https://auth.example.com/verify'",
  }], ...optionsFaults(options)];
}

function optionsFaults({ responseHeaders = [], signInUrl }: ExternalAuthOptions): Fault[] {
  return [
    ...Array.isArray(responseHeaders) ? responseHeaders.flatMap((name, at) => Faults.within(`responseHeaders[${at}]`, headerNameFaults(name)))
      : listFaults('responseHeaders', responseHeaders),
    ...signInUrl === undefined || isUrl(signInUrl) || pathFaults(signInUrl).length === 0 ? [] : [{
      code: 'KEELSON2308', member: 'signInUrl', got: shown(signInUrl), allowed: 'a path of the host itself, or a URL of HTTP or HTTPS without spaces, quotes, user and fragment',
      fix: "write it like '/oauth2/start' or 'https://auth.example.com/start'",
    }],
  ];
}

/** What configuration files and annotations take as they are: no variables, no quotes. */
const URL_TEXT = /^https?:\/\/[-A-Za-z0-9._~%:/?&=+,[\]]+$/;

function isUrl(text: string): boolean {
  if (typeof text !== 'string' || !URL_TEXT.test(text) || !URL.canParse(text)) {
    return false;
  }
  const { username, password, hash } = new URL(text);
  return username === '' && password === '' && hash === '';
}
