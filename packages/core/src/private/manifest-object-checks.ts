import { HostName } from '../host-name';
import { ipAddressOf } from './ip-address';
import { amountFaults } from './manifest-container-checks';
import { isFilledInLater, items, member, recordAt, textAt } from './manifest-fields';
import type { ManifestFault } from './manifest-pod-checks';
import { quoted } from './quoted';
import { secretTypeFaults } from './secret-types';

/** Characters of regular expressions that no path of a URL has, and their commonest sequences. */
const REGEX = /[[\]^|\\]|\.[*+]|\(\./;

/** The pods of one node need one host port: the new can't start before the old is gone. */
export function daemonSetFaults(spec: unknown): ManifestFault[] {
  const surge = member(spec, 'updateStrategy', 'rollingUpdate', 'maxSurge');
  const ports = items(member(spec, 'template', 'spec', 'containers')).flatMap(container => items(member(container, 'ports')));
  const host = ports.some(port => member(port, 'hostPort') !== undefined) || member(spec, 'template', 'spec', 'hostNetwork') === true && ports.length > 0;
  return surge === undefined || surge === 0 || surge === '0%' || !host ? [] : [{ prop: 'spec.updateStrategy.rollingUpdate.maxSurge', fault: {
    code: 'KEELSON1455', got: String(surge), allowed: '0 where pods have ports of their node', fix: 'use maxUnavailable: a new pod needs the port that the old one has',
  } }];
}

/** Storage by the byte. */
export function claimFaults(spec: unknown, where = 'spec'): ManifestFault[] {
  return ['requests', 'limits'].flatMap(list => amountFaults(recordAt(spec, 'resources', list), `${where}.resources.${list}`));
}

/** A DNS alias to an address gives no address. */
export function serviceFaults(spec: unknown): ManifestFault[] {
  const name = textAt(spec, 'externalName');
  return name === undefined || textAt(spec, 'type') !== 'ExternalName' || ipAddressOf(name) === undefined ? [] : [{ prop: 'spec.externalName', fault: {
    code: 'KEELSON1457', got: quoted(name), allowed: 'a host name', fix: 'use a Service without selector and an EndpointSlice for an address',
  } }];
}

/** With it ingress-nginx answers for the name with or without `www.` too. */
const WWW_REDIRECT = 'nginx.ingress.kubernetes.io/from-to-www-redirect';

/** Rules of an Ingress that no request meets, or that two claim. */
export function ingressFaults(manifest: unknown): ManifestFault[] {
  const spec = member(manifest, 'spec');
  const rules = items(member(spec, 'rules'));
  const hosts = rules.map(rule => textAt(rule, 'host'));
  const isRedirected = textAt(member(manifest, 'metadata', 'annotations'), WWW_REDIRECT) === 'true';
  const others = isRedirected ? hosts.map(host => host?.startsWith('www.') === true ? host.slice(4) : `www.${host ?? ''}`) : [];
  return [
    ...hosts.flatMap((host, i) => hostFaults(host, `spec.rules[${i}].host`)),
    ...tlsFaults(spec, [...hosts, ...others]),
    ...pathFaults(rules),
  ];
}

function hostFaults(host: string | undefined, prop: string): ManifestFault[] {
  const long = host === undefined || isFilledInLater(host) ? [] : HostName.faultsOf(host, { wildcard: true }).filter(({ code }) => code === 'KEELSON1113');
  return long.map(fault => ({ prop, fault }));
}

/** A rule without a host is for all. */
function tlsFaults(spec: unknown, hosts: (string | undefined)[]): ManifestFault[] {
  const serves = (wanted: string) => hosts.length === 0
    || hosts.some(host => host === undefined || isFilledInLater(host) || HostName.intersects(wanted, host));
  return items(member(spec, 'tls')).flatMap((tls, i) => items(member(tls, 'hosts'))
    .filter((host): host is string => typeof host === 'string' && !isFilledInLater(host) && !serves(host))
    .map(host => ({ prop: `spec.tls[${i}].hosts`, fault: {
      code: 'KEELSON1458', got: quoted(host), allowed: 'hosts of the rules', fix: 'add a rule for it, or remove it',
    } })));
}

function pathFaults(rules: unknown[]): ManifestFault[] {
  const met = new Set<string>();
  return rules.flatMap((rule, i) => items(member(rule, 'http', 'paths')).flatMap((entry, j) => {
    const [path, type] = [textAt(entry, 'path') ?? '/', textAt(entry, 'pathType') ?? ''];
    const key = JSON.stringify([textAt(rule, 'host'), path, type]);
    const again = met.has(key);
    met.add(key);
    const prop = `spec.rules[${i}].http.paths[${j}].path`;
    return [
      ...(again ? [{ prop, fault: { code: 'KEELSON1459', got: `${quoted(path)} again`, allowed: 'a path once for each host', fix: 'remove one of the two' } }] : []),
      ...(['Prefix', 'Exact'].includes(type) && REGEX.test(path) && !isFilledInLater(path.replace(/\$\)/g, '')) ? [{ prop, fault: {
        code: 'KEELSON1460', got: quoted(path), allowed: `a plain path for pathType ${type}`, fix: 'use pathType ImplementationSpecific for a regular expression',
      } }] : []),
    ];
  }));
}

/** Content that the type of a Secret promises. Values are never shown. */
export function secretFaults(manifest: unknown): ManifestFault[] {
  const texts: { [key: string]: string } = {};
  for (const [key, value] of Object.entries(recordAt(manifest, 'data') ?? {})) {
    texts[key] = typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
  }
  for (const [key, value] of Object.entries(recordAt(manifest, 'stringData') ?? {})) {
    texts[key] = typeof value === 'string' ? value : '';
  }
  return Object.values(texts).some(isFilledInLater) ? [] : secretTypeFaults(textAt(manifest, 'type'), texts).map(fault => ({ prop: 'data', fault }));
}
