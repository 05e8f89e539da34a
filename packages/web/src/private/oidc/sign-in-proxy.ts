import { ClusterProfile, Cpu, Fault, Faults, Health, IConnectable, Peer, Port, Volume } from '@keelson/core';
import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { EdgeAuth } from '../../edge-auth';
import type { Exposure } from '../../exposure';
import type { HttpsExposureOptions } from '../../exposure-options';
import type { OidcOptions } from '../../oidc-options';
import { WebApp } from '../../web-app';
import { PathType } from '../../path-type';
import { Backend, ExposedApp } from '../target-renderer';
import { issuerPort } from './oidc-faults';
import { AUTHORITY, CREDENTIALS, EMAILS, LIVE_PATH, ProxyDuties, proxyFlags, PROXY_PORT, READY_PATH } from './proxy-flags';
import { isBelow } from './sign-in-path';

/**
 * The image of oauth2-proxy, by the digest of its index for all platforms. Public deployments and charts agree on the digest: it was not
 * pulled to be checked.
 *
 * @see https://quay.io/repository/oauth2-proxy/oauth2-proxy
 */
const IMAGE = 'quay.io/oauth2-proxy/oauth2-proxy:v7.15.4@sha256:b1b2021fe8f4004573e8d690dec6c7bb29cc44364572cf8510a05bf3a0ae2ded';

const proxies = new WeakMap<Construct, SignInProxy>();

/** An exposure that a proxy serves, and where its requests come in: each place has routes of its own. */
interface Served {
  readonly exposure: Exposure;
  readonly door: string;
}

/** A path that nobody signs in for, on the hosts that have no such route yet. */
interface OpenPath {
  readonly path: string;
  readonly hosts: string[];
}

/** The oauth2-proxy of an app, and what it is for. */
export class SignInProxy {
  /** The proxy of an app: the one it has, or another. */
  public static of(app: ExposedApp, auth: EdgeAuth, options: OidcOptions): SignInProxy {
    const proxy = proxies.get(app.scope) ?? new SignInProxy(app, auth, options);
    proxies.set(app.scope, proxy);
    return proxy;
  }

  /** Where requests are led to, and who is asked. */
  public readonly backend: Backend;

  private readonly proxy: WebApp;
  /** The pods' arguments: read when the pods are rendered, and so complete by then. */
  private readonly args: string[] = [];
  private readonly hosts = new Set<string>();
  private readonly served: Served[] = [];
  private duties: ProxyDuties = { hosts: this.hosts, asked: false };
  private through?: Backend;

  private constructor(private readonly app: ExposedApp, public readonly auth: EdgeAuth, private readonly options: OidcOptions) {
    const { image = IMAGE, replicas = 2, resources, credentials, clientSecretKey = 'client-secret', cookieSecretKey = 'cookie-secret', allowedEmails = [], issuerAuthority } = options;
    this.proxy = new WebApp(app.scope, 'Oauth2Proxy', {
      name: `${app.name}-oauth2-proxy`,
      image, replicas, args: this.args, port: PROXY_PORT,
      health: Health.http({ ready: READY_PATH, live: LIVE_PATH }),
      resources: { cpuRequest: Cpu.millis(50), memoryRequest: Size.mebibytes(64), ...resources },
      writablePaths: {},
      volumes: {
        [CREDENTIALS]: Volume.fromSecret(credentials, { items: { [clientSecretKey]: 'client-secret', [cookieSecretKey]: 'cookie-secret' } }).readOnly(),
        ...allowedEmails.length > 0 ? { [EMAILS]: Volume.inline({ emails: `${allowedEmails.join('\n')}\n` }) } : {},
        ...issuerAuthority === undefined ? {} : { [AUTHORITY]: Volume.fromConfigMap(issuerAuthority, { items: { 'ca.crt': 'ca.crt' } }) },
      },
    });
    this.connectToIssuer(options);
    const { name, servicePort, connections } = this.proxy;
    this.backend = { service: name, port: servicePort, containerPort: PROXY_PORT, connections };
    this.update({});
    app.scope.node.addValidation({ validate: () => [...this.uselessPaths(), ...this.openedExposures()].map(fault => Faults.describe('exposure', fault)) });
  }

  /** Serve an exposure by being asked about its requests. */
  public serve(served: Served): void {
    this.add(served);
    this.update({ asked: true });
  }

  /**
   * Serve an exposure by having its requests come through.
   *
   * @param backend where they go from here.
   * @returns whether they can: all that come through go to one port.
   */
  public lead(served: Served, backend: Backend): boolean {
    const before = this.through ?? backend;
    if (before.port !== backend.port) {
      return false;
    }
    this.through = backend;
    this.add(served);
    const { scope } = this.app;
    const namespace = backend.namespace ?? Chart.of(scope).namespace;
    const host = namespace === undefined ? backend.service : `${backend.service}.${namespace}.svc.${ClusterProfile.of(scope).clusterDomain}`;
    this.proxy.connections.to(backend, { ports: [Port.tcp(backend.containerPort)] });
    this.update({ upstream: `http://${host}:${backend.port}/` });
    return true;
  }

  /** What else the app is told where that is asked for. */
  public get tokenHeaders(): string[] {
    return /^(?:1|t|true)$/i.test(this.options.settings?.['pass-access-token'] ?? '') ? ['X-Auth-Request-Access-Token'] : [];
  }

  /** Its first hosts, for messages. */
  public get firstHosts(): string {
    return (this.served[0]?.exposure.hosts ?? []).map(each => Faults.quoted(each)).join(', ');
  }

  /** The app's port that it leads to, where it does. */
  public get port(): number | undefined {
    return this.through?.port;
  }

  /** Paths below an exposure's that nobody signs in for, and that no other exposure of its hosts has opened. */
  public openPaths(served: Served): OpenPath[] {
    const { exposure } = served;
    return this.skipped(exposure)
      .map(path => ({ path, hosts: exposure.hosts.filter(host => this.openedBefore(path, host, served) === undefined) }))
      .filter(({ hosts }) => hosts.length > 0);
  }

  /** A path below two exposures is the closer one's, which has to be known when the path is opened: asked before the exposure is served. */
  public openFaults(served: Served): Fault[] {
    const { exposure } = served;
    const precedes = (other: Exposure): boolean => bare(exposure).length > bare(other).length && meaningOf(other) !== meaningOf(exposure);
    return this.skipped(exposure).flatMap(path => {
      const others = exposure.hosts.map(host => this.openedBefore(path, host, served));
      const other = others.find(before => before !== undefined && precedes(before));
      return other === undefined ? [] : [{
        code: 'KEELSON2415', member: 'auth.skipAuthPaths',
        got: `${Faults.quoted(path)}, which is below ${Faults.quoted(exposure.path)}, and was below ${Faults.quoted(other.path)} only when that was exposed`,
        allowed: 'known with the closest of the exposures above it', fix: `expose ${Faults.quoted(exposure.path)} before ${Faults.quoted(other.path)}`,
      }];
    });
  }

  private skipped({ path, pathType }: Exposure): string[] {
    return pathType === PathType.PREFIX ? (this.options.skipAuthPaths ?? []).filter(skipped => isBelow(skipped, path)) : [];
  }

  private openedBefore(path: string, host: string, { exposure, door }: Served): Exposure | undefined {
    const at = this.served.findIndex(other => other.exposure === exposure);
    return this.served.slice(0, at === -1 ? undefined : at).filter(other => other.door === door).map(other => other.exposure)
      .find(other => this.skipped(other).includes(path) && other.hosts.includes(host));
  }

  private add(served: Served): void {
    this.served.push(served);
    served.exposure.hosts.forEach(host => this.hosts.add(host));
  }

  private update(duties: Partial<ProxyDuties>): void {
    this.duties = { ...this.duties, ...duties };
    this.args.splice(0, this.args.length, ...proxyFlags(this.options, this.duties));
  }

  private connectToIssuer({ issuerPeer, ...options }: OidcOptions): void {
    const ports = [Port.tcp(issuerPort({ ...options }))];
    const offers = (peer: IConnectable): boolean => (peer.connections?.offeredPorts ?? []).length > 0;
    if (issuerPeer === undefined) {
      this.proxy.connections.to(Peer.internet(), { ports });
    } else {
      this.proxy.connections.to(issuerPeer, offers(issuerPeer) ? {} : { ports });
    }
  }

  /** What is below a path that nobody signs in for would be asked for by some targets and not by others. */
  private openedExposures(): Fault[] {
    const skipped = this.options.skipAuthPaths ?? [];
    return this.served.flatMap(({ exposure: { path } }) => {
      const above = skipped.find(open => isBelow(path, open));
      return above === undefined ? [] : [{
        code: 'KEELSON2416', member: 'path', got: `${Faults.quoted(path)} with auth, below ${Faults.quoted(above)} of its skipAuthPaths`, allowed: 'signed in for, or not', fix: "remove the path from 'skipAuthPaths', or leave 'auth' out",
      }];
    });
  }

  /** Other exposures with the same sign-in may come until synth, so that it is told then. */
  private uselessPaths(): Fault[] {
    const open = new Set(this.served.flatMap(({ exposure }) => this.skipped(exposure)));
    const useless = (this.options.skipAuthPaths ?? []).filter(path => !open.has(path));
    return useless.map(path => ({
      code: 'KEELSON2397', member: 'auth.skipAuthPaths', got: `'${path}'`, allowed: 'below the path of an exposure of PathType.PREFIX that is signed in for',
      fix: 'remove it, or expose a path above it',
    }));
  }
}

function bare({ path }: Exposure): string {
  return path.replace(/\/$/, '');
}

/** All that a path below an exposure has from it at one host and target; a rewrite follows the exposure's own path. */
function meaningOf({ options }: Exposure): string {
  const { path, rewrite, auth: _, hosts: __, target: ___, ...others }: HttpsExposureOptions = options;
  const said = rewrite === undefined ? others : [path, rewrite, others];
  return JSON.stringify(said, (____, value: unknown) => (Construct.isConstruct(value) ? value.node.path : value));
}
