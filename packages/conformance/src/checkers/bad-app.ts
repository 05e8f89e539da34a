import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@keelson/testing';
import { stringify } from 'yaml';
import type { Golden } from './finding.js';

const labels = { app: 'bad' };

const BAD_APP: readonly JsonObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'bad', namespace: 'shop', annotations: { 'checkov.io/skip1': 'CKV_K8S_14=on purpose' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { 'kube-score/ignore': 'container-image-tag' } },
        spec: {
          containers: [{
            name: 'bad',
            image: 'bad:latest',
            securityContext: { privileged: true },
            ports: [{ name: 'a-name-that-is-too-long', containerPort: 8080 }],
            resources: { requests: { memory: '64Mi' }, limits: { memory: '128Mi' } },
            envFrom: [{ configMapRef: { name: 'missing' } }],
          }],
        },
      },
    },
  },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'bad', namespace: 'shop' }, spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
];

/** An app in which every checker must find something: suppressed by an annotation, where it can be. */
export async function withBadApp<T>(work: (bad: Golden) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-bad-app-'));
  try {
    const file = join(folder, 'bad.k8s.yaml');
    writeFileSync(file, BAD_APP.map((object) => stringify(object)).join('---\n'));
    return await work({ title: 'a bad app', version: '1.36', files: [file] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
