import { Fault } from '../faults';
import { PodSecurityLevel } from '../pod-security-level';
import { KubernetesVersion } from '../profile/kubernetes-version';
import { oneOfFaults } from './one-of';
import { quoted } from './quoted';

const PREFIX = 'pod-security.kubernetes.io/';
const NAME = 'kubernetes.io/metadata.name';

/** Those of the cluster itself have pods that no level fits. */
export function namespaceNameFaults(name: string): Fault[] {
  return typeof name !== 'string' || !name.startsWith('kube-') ? [] : [{
    code: 'KEELSON1565', got: quoted(name), allowed: "a name that doesn't begin with 'kube-', as those of the cluster itself do", fix: `try ${quoted(name.slice('kube-'.length))}`,
  }];
}

export function namespaceLabelFaults(name: string, labels: { [key: string]: string }): Fault[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(PREFIX)) {
      return [{ code: 'KEELSON1566', member: key, got: quoted(value), allowed: 'left to the props', fix: 'set podSecurity, podSecurityAudit, podSecurityWarn or podSecurityVersion' }];
    }
    return key !== NAME || value === name ? [] : [{
      code: 'KEELSON1567', member: key, got: quoted(value), allowed: `the namespace's name, ${quoted(name)}`, fix: 'remove it: the API server sets it',
    }];
  });
}

/** Who is in the mesh, callers have to know as well. */
export function meshLabelFaults(labels: { [key: string]: string }): Fault[] {
  return ['istio-injection', 'istio.io/dataplane-mode', 'istio.io/rev'].filter(key => labels[key] !== undefined).map(key => ({
    code: 'KEELSON1184', member: key, got: quoted(labels[key]), allowed: "left to the cluster profile's 'mesh'",
    fix: "remove it; a namespace that stays out of the mesh is named in its 'outsideNamespaces'",
  }));
}

export function securityFaults(level: PodSecurityLevel): Fault[] {
  return oneOfFaults('PodSecurityLevel', PodSecurityLevel, level);
}

/** An API server takes any, and judges by its newest rules where it doesn't know the release. */
export function securityVersionFaults(pinned: string | undefined, version: KubernetesVersion): Fault[] {
  if (pinned === undefined || pinned === 'latest') {
    return [];
  }
  const minor = typeof pinned === 'string' ? /^v?1\.(0|[1-9]\d?)$/.exec(pinned)?.[1] : undefined;
  if (minor !== undefined && Number(minor) <= version.minor) {
    return [];
  }
  return [{
    code: 'KEELSON1569', got: quoted(pinned), allowed: `'latest', or a release up to that of the cluster, ${version.text}`,
    fix: minor === undefined ? `write it like ${quoted(version.text)}` : 'API servers judge by their newest rules where they don\'t know the release: leave it out',
  }];
}
