import { BackendProtocol } from '../../backend-protocol';
import { bytesOf } from '../quantity';
import { secondsOf } from '../seconds';
import { Asked, NOTHING, Said, together } from './said';

/** Who is answered, how often, and how long is waited. */
export function limitsSaid(asked: Asked): Said {
  const { allowedSources, maxConcurrentRequests, maxBodySize, timeouts, retries } = asked.request.exposure.options;
  return together([
    allowedSources === undefined ? NOTHING : said({ 'whitelist-source-range': allowedSources.join(',') }),
    rateSaid(asked),
    maxConcurrentRequests === undefined ? NOTHING : said({ 'limit-connections': `${maxConcurrentRequests}` }),
    // Traefik counts only what it buffers
    maxBodySize === undefined ? NOTHING : said({ 'proxy-body-size': sizeOf(bytesOf(maxBodySize)), 'proxy-request-buffering': 'on' }),
    timeouts?.response === undefined ? NOTHING : said({
      'proxy-read-timeout': `${secondsOf(timeouts.response)}`, 'proxy-send-timeout': `${secondsOf(timeouts.response)}`,
    }),
    // the controller counts the first one too
    retries === undefined ? NOTHING : said({ 'proxy-next-upstream': 'error timeout', 'proxy-next-upstream-tries': `${retries + 1}` }),
    asked.request.largeResponseHeaders === true ? said({ 'proxy-buffer-size': '16k' }) : NOTHING,
  ]);
}

function said(values: Record<string, string>): Said {
  return { values, faults: [] };
}

function rateSaid({ request: { exposure: { options: { rateLimit } } }, door }: Asked): Said {
  if (rateLimit === undefined) {
    return NOTHING;
  }
  const { requests, periodSeconds, burst } = rateLimit;
  return {
    values: { [periodSeconds === 1 ? 'limit-rps' : 'limit-rpm']: `${requests}`, 'limit-burst-multiplier': `${burst / requests}` },
    faults: burst % requests === 0 ? [] : [{
      code: 'KEELSON2371', member: 'rateLimit.burst', got: `${burst} with a rate of ${requests}, at ${door}`, allowed: 'a multiple of the rate at ingress-nginx',
      fix: `try ${Math.ceil(burst / requests) * requests}`,
    }],
  };
}

const UNITS = ['', 'k', 'm', 'g'];

/** A size as nginx reads it: `8m`. */
function sizeOf(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value % 1024 === 0 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value}${UNITS[unit]}`;
}

/** What the app speaks. */
export function protocolSaid({ request: { protocol, exposure }, controller, door }: Asked): Said {
  const grpc = protocol === BackendProtocol.GRPC;
  const tls = exposure.options.backendTls !== undefined;
  const plain = grpc && !exposure.encrypted && controller.isIngressNginx;
  return {
    values: grpc || tls ? { 'backend-protocol': grpc ? (tls ? 'GRPCS' : 'GRPC') : 'HTTPS' } : {},
    faults: !plain ? [] : [{
      code: 'KEELSON2372', member: 'protocol', got: `gRPC by plain HTTP, at ${door}`, allowed: 'gRPC by HTTPS at ingress-nginx, which speaks HTTP/2 with clients by TLS only',
      fix: 'use Exposure.https(…), or choose a target that can: ExposureTarget.GATEWAY_API',
    }],
  };
}
