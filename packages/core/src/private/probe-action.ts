import { Fault } from '../faults';
import { Port } from '../port';
import { commandFaults } from './command';
import { quoted } from './quoted';
import { within } from './within';

/** The port that a probe asks where it says none: the container's first. */
export interface ProbePort {
  readonly name?: string;
  readonly number: number;
}

/** What a probe does. */
export interface ProbeAction {
  /** What was given: the container's first port where it is undefined. */
  readonly port?: number;
  readonly needsPort: boolean;
  readonly faults: Fault[];
  /** The same for two probes that learn the same, whatever the port. */
  readonly asks: string;
  readonly render: (port: ProbePort | undefined) => ProbeHandler;
}

/** How a probe's action is rendered: one of these. */
interface ProbeHandler {
  readonly httpGet?: object;
  readonly tcpSocket?: object;
  readonly exec?: object;
  readonly grpc?: object;
}

/** One slash first, no white space, no fragment, no broken escape: what isn't so never gets to the app as it is written. */
const PATH = /^\/(?!\/)(?:[^\s\p{Cc}#%]|%[0-9A-Fa-f]{2})*$/u;

export function httpAction(
  path: string, port: number | undefined, scheme: string | undefined, headers: { [name: string]: string },
): ProbeAction {
  const httpHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    port, needsPort: true, asks: `http ${path}`,
    faults: [...pathFaults(path), ...portFaults(port), ...Object.entries(headers).flatMap(([name, value]) => headerFaults(name, value))],
    render: first => ({
      httpGet: {
        path, port: port ?? first?.name ?? first?.number,
        ...(scheme === undefined ? {} : { scheme }),
        ...(httpHeaders.length === 0 ? {} : { httpHeaders }),
      },
    }),
  };
}

export function tcpAction(port: number | undefined): ProbeAction {
  return {
    port, needsPort: true, asks: 'tcp', faults: portFaults(port),
    render: first => ({ tcpSocket: { port: port ?? first?.name ?? first?.number } }),
  };
}

/** Of gRPC the API takes no port's name. */
export function grpcAction(port: number | undefined, service: string): ProbeAction {
  return {
    port, needsPort: true, asks: service === '' ? 'grpc' : `grpc service '${service}'`, faults: portFaults(port),
    render: first => ({ grpc: { port: port ?? first?.number, ...(service === '' ? {} : { service }) } }),
  };
}

export function execAction(command: string[]): ProbeAction {
  return {
    needsPort: false, asks: `exec ${JSON.stringify(command)}`, faults: commandFaults(command, 'command'),
    render: () => ({ exec: { command: [...command] } }),
  };
}

function portFaults(port: number | undefined): Fault[] {
  return port === undefined ? [] : within('port', Port.faultsOfNumber(port));
}

/** What is wrong with a path that requests are sent to. */
export function pathFaults(path: string): Fault[] {
  return typeof path === 'string' && isPath(path) ? [] : [{
    code: 'KEELSON1230', member: 'path', got: quoted(path), fix: typeof path === 'string' ? pathNear(path) : "write it, such as '/readyz'",
    allowed: "a path from '/' on, without spaces, '#', '..' and a second '/' at its start",
  }];
}

function isPath(text: string): boolean {
  return PATH.test(text) && !text.replace(/\?.*$/s, '').split('/').includes('..');
}

/** The path of what may have been a whole address, or text with a slash missing. */
function pathNear(path: string): string {
  const bare = path.trim().replace(/^https?:\/\/[^/]*/i, '').replace(/#.*$/s, '');
  const parts = bare.split('/').filter((part, index) => part !== '..' && (part !== '' || index > 1));
  const near = `/${parts.join('/')}`.replace(/\s/g, '%20').replace(/^\/+/, '/');
  return isPath(near) && near !== '/' ? `try ${quoted(near)}` : "write it like '/healthz'";
}

function headerFaults(name: string, value: string): Fault[] {
  const member = `headers.${name}`;
  return [
    ...(/^[-A-Za-z0-9]+$/.test(name) ? [] : [{
      code: 'KEELSON1231', member: 'headers', got: quoted(name), allowed: "header names of letters, digits and '-'", fix: "write it like 'X-Probe'",
    }]),
    ...(typeof value === 'string' && /^[^\p{Cc}]*$/u.test(value) ? [] : [{
      code: 'KEELSON1232', member, got: quoted(String(value)), allowed: 'a text on one line', fix: 'remove line breaks and control characters, and quote numbers',
    }]),
  ];
}
