import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { appId } from '../programs/run.js';

const BASE = 'web';

/**
 * The same apps for kustomize: a base, and an overlay per app that says its name, image tag and host, all in one build.
 *
 * @param yaml our output for the first app.
 */
export function writeKustomization(folder: string, apps: number, yaml: string): void {
  mkdirSync(join(folder, 'base'), { recursive: true });
  const objects = parseAllDocuments(yaml).map(document => document.toJS() as { kind: string; metadata: { name: string } });
  const file = (path: string, value: unknown) => writeFileSync(join(folder, path), typeof value === 'string' ? value : stringify(value));
  file('base/objects.yaml', objects.map(object => stringify(object).replaceAll(appId(1), BASE)).join('---\n'));
  file('base/kustomization.yaml', { resources: ['objects.yaml'] });
  const ids = Array.from({ length: apps }, (_, i) => appId(i + 1));
  for (const id of ids) {
    mkdirSync(join(folder, id));
    const host = `${id}.example.com`;
    const patch = [
      { op: 'replace', path: '/spec/rules/0/host', value: host },
      { op: 'replace', path: '/spec/tls/0', value: { hosts: [host], secretName: `${id}-tls` } },
    ];
    file(`${id}/kustomization.yaml`, {
      resources: ['../base'],
      nameSuffix: id.slice(BASE.length),
      labels: [{ pairs: { 'app.kubernetes.io/instance': id }, includeSelectors: true }],
      images: [{ name: `registry.example.com/team/${BASE}`, newName: `registry.example.com/team/${id}` }],
      patches: [{ target: { kind: 'Ingress' }, patch: JSON.stringify(patch) }],
    });
  }
  file('kustomization.yaml', { resources: ids });
}
