// npm run synth: who may talk to whom, from the manifests into README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reachability, readManifests } from '@keelson/testing';

const README = join(import.meta.dirname, 'README.md');
/** What runs the gateway, which is not in these manifests. */
const GATEWAY = {
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'gateway', namespace: 'gateway-system', labels: {} },
  spec: { containers: [{ name: 'gateway' }] },
};

/** README.md with the table of what dist/ says now. */
export function withMatrix(readme: string): string {
  const table = reachability([...readManifests(join(import.meta.dirname, 'dist')), GATEWAY]).matrix().toMarkdown();
  return readme.replace(/(<!-- matrix -->\n)[\s\S]*(\n<!-- end -->)/, (_, begin: string, end: string) => `${begin}\n${table.trim()}\n${end}`);
}

if (process.argv[1] === import.meta.filename) {
  const readme = readFileSync(README, 'utf8');
  const written = withMatrix(readme);
  // Synthesized into another folder, dist/ is as it was.
  if (written !== readme) writeFileSync(README, written);
}
