import { Chart } from 'cdk8s';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { App, ClusterProfile, Metadata, Namespace, type NamespaceProps, PodSecurityLevel } from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

const PREFIX = 'pod-security.kubernetes.io/';

/** The metadata of a Namespace on a cluster. */
function metadataOf(props: NamespaceProps = {}, version = '1.33') {
  const chart = charted({ version });
  new Namespace(chart, 'shop', props);
  return named(accepted(chart), 'Namespace', props.name ?? 'shop').metadata;
}

function mistakesOf(props: NamespaceProps, id = 'shop') {
  const chart = charted();
  new Namespace(chart, id, props);
  return mistakes(chart);
}

/** The Pod Security labels, by what stands after the prefix. */
const levels = (props?: NamespaceProps, version?: string) => Object.fromEntries(
  Object.entries(metadataOf(props, version).labels).map(([key, value]) => [key.replace(PREFIX, ''), value]));

describe('N7 Namespace', () => {
  test.each(['1.27', '1.33', '1.36'])('is held to restricted, by the rules of Kubernetes %s', (version) => {
    expect(levels({}, version)).toEqual({
      'enforce': 'restricted', 'enforce-version': `v${version}`, 'audit': 'restricted', 'audit-version': `v${version}`,
      'warn': 'restricted', 'warn-version': `v${version}`,
    });
  });

  test('is in no namespace itself', () => {
    expect(metadataOf().namespace).toBeUndefined();
  });

  test('takes a level for each mode; audit and warn follow what is enforced', () => {
    expect(levels({ podSecurity: PodSecurityLevel.BASELINE })).toMatchObject({ enforce: 'baseline', audit: 'baseline', warn: 'baseline' });
    const { UNSAFE_PRIVILEGED: podSecurity, BASELINE: podSecurityAudit, RESTRICTED: podSecurityWarn } = PodSecurityLevel;
    expect(levels({ podSecurity, podSecurityAudit, podSecurityWarn })).toMatchObject({ enforce: 'privileged', audit: 'baseline', warn: 'restricted' });
  });

  test.each([['1.30', 'v1.30'], ['v1.33', 'v1.33'], ['latest', 'latest'], ['1.0', 'v1.0']])('is judged by release %s where that is chosen', (podSecurityVersion, label) => {
    expect(levels({ podSecurityVersion })).toMatchObject({ 'enforce-version': label, 'audit-version': label, 'warn-version': label });
  });

  test('takes a name, labels and annotations, and those of the scopes around', () => {
    const chart = charted();
    new Metadata({ labels: { team: 'shop' } }).applyTo(chart);
    new Namespace(chart, 'ns', { name: 'shop', labels: { 'tier': 'a', 'kubernetes.io/metadata.name': 'shop' }, annotations: { contact: 'a@b' } });
    expect(named(accepted(chart), 'Namespace', 'shop').metadata).toMatchObject({
      labels: { 'team': 'shop', 'tier': 'a', 'kubernetes.io/metadata.name': 'shop' }, annotations: { contact: 'a@b' },
    });
  });

  test('made elsewhere is a reference', () => {
    expect(Namespace.fromNamespaceName('shop')).toEqual({ name: 'shop', kind: 'Namespace' });
  });

  test('comes before the charts that are in it', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'namespace-'));
    const app = new App({ outdir, cluster: ClusterProfile.kubernetes() });
    new Server(new Chart(app, 'a-shop', { namespace: 'shop' }), 'web');
    new Namespace(new Chart(app, 'z-platform'), 'shop');
    app.synth();
    expect(readdirSync(outdir).sort()).toEqual(['0000-z-platform.k8s.yaml', '0001-a-shop.k8s.yaml']);
    rmSync(outdir, { recursive: true });
  });
});

describe('N7 a Namespace fails', () => {
  test.each<[NamespaceProps, string]>([
    [{ name: 'kube-shop' }, "KEELSON1565 'name' must be a name that doesn't begin with 'kube-', as those of the cluster itself do, got 'kube-shop': try 'shop'"],
    [{ labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
      "KEELSON1566 'labels.pod-security.kubernetes.io/enforce' must be left to the props, got 'baseline': set podSecurity, podSecurityAudit, podSecurityWarn or podSecurityVersion"],
    [{ labels: { 'kubernetes.io/metadata.name': 'other' } },
      "KEELSON1567 'labels.kubernetes.io/metadata.name' must be the namespace's name, 'shop', got 'other': remove it: the API server sets it"],
    [{ podSecurity: 'strict' as PodSecurityLevel },
      "KEELSON1585 'podSecurity' must be one of restricted, baseline, privileged, got 'strict': choose a member of PodSecurityLevel, such as PodSecurityLevel.RESTRICTED"],
    [{ podSecurity: 'UNSAFE_PRIVILEGED' as PodSecurityLevel },
      "KEELSON1585 'podSecurity' must be one of restricted, baseline, privileged, got 'UNSAFE_PRIVILEGED': write PodSecurityLevel.UNSAFE_PRIVILEGED"],
    [{ podSecurityAudit: 'x' as PodSecurityLevel },
      "KEELSON1585 'podSecurityAudit' must be one of restricted, baseline, privileged, got 'x': choose a member of PodSecurityLevel, such as PodSecurityLevel.RESTRICTED"],
    [{ podSecurityWarn: 'x' as PodSecurityLevel },
      "KEELSON1585 'podSecurityWarn' must be one of restricted, baseline, privileged, got 'x': choose a member of PodSecurityLevel, such as PodSecurityLevel.RESTRICTED"],
    [{ podSecurityVersion: '1.34' },
      "KEELSON1569 'podSecurityVersion' must be 'latest', or a release up to that of the cluster, 1.33, got '1.34': "
      + "API servers judge by their newest rules where they don't know the release: leave it out"],
    [{ podSecurityVersion: '1.33.1' }, "KEELSON1569 'podSecurityVersion' must be 'latest', or a release up to that of the cluster, 1.33, got '1.33.1': write it like '1.33'"],
    [{ podSecurityVersion: '' }, "KEELSON1569 'podSecurityVersion' must be 'latest', or a release up to that of the cluster, 1.33, got '': write it like '1.33'"],
    [{ name: 'a.b' }, "KEELSON1063 'metadata.name' must be without dots for a Namespace, got 'a.b': try 'a-b'"],
  ])('for %j', (props, message) => {
    const [mistake = '', ...more] = mistakesOf(props);
    expect(more).toEqual([]);
    expect(mistake.slice(mistake.indexOf(']') + 2)).toBe(message);
  });

  test('but not for the longest name', () => {
    expect(mistakesOf({ name: 'x'.repeat(63) })).toEqual([]);
    expect(mistakesOf({ name: 'x'.repeat(64) })).toHaveLength(1);
  });
});
