import { Fault, Faults } from '@keelson/core';
import { HttpRedirect } from '../../http-redirect';
import { authSaid } from './auth';
import { backendTlsSaid, mirrorSaid, stickySaid } from './backend';
import { corsSaid } from './cors';
import { limitsSaid, protocolSaid } from './limits';
import { otherReaderFaults } from './other-readers';
import { rewriteSaid } from './paths';
import { responseHeadersSaid } from './response-headers';
import { Asked, PREFIX, Said, together } from './said';

/** The annotations of an Ingress, the user's and what the options of the exposure come to. */
export function annotationsOf(asked: Asked): { annotations: { [key: string]: string }; faults: Fault[] } {
  const { confidential, exposure: { annotations, encrypted, redirect, options: { wwwRedirect } } } = asked.request;
  const { values, faults } = together([
    encrypted ? flag('ssl-redirect', redirect === HttpRedirect.PERMANENT || confidential === true) : plainSaid(annotations), flag('from-to-www-redirect', wwwRedirect === true),
    authSaid(asked), limitsSaid(asked), corsSaid(asked), rewriteSaid(asked), responseHeadersSaid(asked), protocolSaid(asked),
    backendTlsSaid(asked), stickySaid(asked), mirrorSaid(asked),
  ]);
  const ours = Object.fromEntries(Object.entries(values).map(([name, value]) => [PREFIX + name, value]));
  return {
    annotations: { ...annotations, ...ours },
    faults: [...faults, ...otherReaderFaults(asked), ...Object.keys(annotations).flatMap(key => againFaults(key, ours))],
  };
}

function flag(name: string, wanted: boolean): Said {
  return { values: wanted ? { [name]: 'true' } : {}, faults: [] };
}

/** Another exposure of the host may have a certificate, for which ingress-nginx would send the clients of this one to HTTPS too. */
function plainSaid(annotations: { [key: string]: string }): Said {
  return { values: `${PREFIX}ssl-redirect` in annotations ? {} : { 'ssl-redirect': 'false' }, faults: [] };
}

/** They change how all paths of the host are read, which only options can take care of. */
const BY_OPTION = new Set(['rewrite-target', 'use-regex'].map(name => PREFIX + name));
/** It gives the Ingress hosts that nobody compares with those of others. */
const SERVER_ALIAS = `${PREFIX}server-alias`;
/** Beside options that keep somebody out, these let some of them in again: `satisfy: any` takes the address for the password. */
const GUARDS = /^(?:auth-(?:type|secret|url)|whitelist-source-range)$/;
const UNGUARDS = /^(?:satisfy|enable-global-auth|auth-(?!tls-).+)$/;
const ALIASES = new Map([[`${PREFIX}allowlist-source-range`, `${PREFIX}whitelist-source-range`]]);

/** The name of one of ingress-nginx' own annotations. */
function nameOf(key: string): string {
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : '';
}

/** What an option says already, or says better. */
function againFaults(key: string, ours: { [key: string]: string }): Fault[] {
  if (BY_OPTION.has(key)) {
    return [{
      code: 'KEELSON2375', member: 'annotations', got: Faults.quoted(key), allowed: 'annotations that leave the paths of a host as they are',
      fix: "use 'rewrite: PathRewrite.stripPrefix()' or 'pathType: PathType.REGULAR_EXPRESSION' instead",
    }];
  }
  if (key === SERVER_ALIAS) {
    return [{
      code: 'KEELSON2375', member: 'annotations', got: Faults.quoted(key), allowed: 'annotations that add no hosts', fix: "name them by 'hosts' of the exposure",
    }];
  }
  if (UNGUARDS.test(nameOf(key)) && !(key in ours) && Object.keys(ours).some(each => GUARDS.test(nameOf(each)))) {
    return [{
      code: 'KEELSON2375', member: 'annotations', got: `${Faults.quoted(key)}, beside options that say who may pass`, allowed: 'annotations that leave it to them',
      fix: "remove it, or say all of it by 'auth' and 'allowedSources'",
    }];
  }
  return (ALIASES.get(key) ?? key) in ours ? [{
    code: 'KEELSON2375', member: 'annotations', got: `${Faults.quoted(key)}, which an option of the exposure says`, allowed: 'annotations that no option says', fix: 'remove it, or the option',
  }] : [];
}
