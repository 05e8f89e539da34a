import { secondsOf } from '../seconds';
import { addressOf } from './auth';
import { Asked, NOTHING, Said } from './said';
import { placeFaults, secretFaults } from './texts';

/** Whether it is the app that answers: what its certificate says, verified. */
export function backendTlsSaid(asked: Asked): Said {
  const { request: { namespace, exposure: { options: { backendTls } } } } = asked;
  if (backendTls?.secret === undefined) {
    return NOTHING;
  }
  const { secret, serverName } = backendTls;
  return {
    values: {
      'proxy-ssl-secret': `${namespace}/${secret.name}`, 'proxy-ssl-verify': 'on',
      // who reads like ingress-nginx takes the name for the one of SNI, ingress-nginx has to be told
      'proxy-ssl-name': serverName, 'proxy-ssl-server-name': 'on',
    },
    faults: [...placeFaults('backendTls', 'a Secret', asked), ...secretFaults('backendTls.secret', secret, asked)],
  };
}

/** A cookie that leads to the same pod. */
export function stickySaid({ request: { app, exposure: { encrypted, options: { stickySession } } } }: Asked): Said {
  if (stickySession === undefined) {
    return NOTHING;
  }
  const { cookieName = `${app.name}-session`, maxAge } = stickySession;
  return {
    values: {
      'affinity': 'cookie', 'affinity-mode': 'persistent', 'session-cookie-name': cookieName,
      // it is needed where paths are regular expressions
      'session-cookie-path': '/',
      ...maxAge === undefined ? {} : { 'session-cookie-max-age': `${secondsOf(maxAge)}` },
      ...encrypted ? { 'session-cookie-secure': 'true' } : {},
    },
    faults: [],
  };
}

/** Copies of the requests, with the host they were for. */
export function mirrorSaid(asked: Asked): Said {
  const { request: { mirror, exposure: { options } }, door } = asked;
  if (mirror === undefined) {
    return NOTHING;
  }
  return {
    values: { 'mirror-target': `${addressOf(mirror, asked)}$request_uri`, 'mirror-host': '$host' },
    faults: [...placeFaults('mirror', 'a mirror', asked), ...options.rewrite === undefined ? [] : [{
      code: 'KEELSON2376', member: 'mirror', got: `a mirror of requests whose path is rewritten, at ${door}`,
      allowed: 'a mirror without a rewrite at ingress-nginx, which copies requests as they came', fix: 'leave one of the two out, or choose a target that can: ExposureTarget.GATEWAY_API',
    }]],
  };
}
