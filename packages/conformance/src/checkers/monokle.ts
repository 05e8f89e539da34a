import { stringify } from 'yaml';
import { checkMonokle } from '@keelson/testing';
import type { Finding, PolicyChecker } from './finding.js';
import { manifestsOf } from './judged-objects.js';

/** Monokle's offline plugins with every rule. It comes with the workspace's own packages. */
export const monokle: PolicyChecker = {
  title: 'Monokle 0.33.0',
  install: () => Promise.resolve(),
  findings: async (golden) => {
    const yaml = manifestsOf(golden).map((object) => stringify(object)).join('---\n');
    return (await checkMonokle(yaml)).map(monokleFinding);
  },
};

/** Out of a line such as `KBP102 Deployment shop/web spec.template…: Require a read-only root file system`. */
export function monokleFinding(line: string): Finding {
  const [, check, object, text] = /^(\S+) (\S+ \S+) (.*)$/s.exec(line) ?? [];
  if (check === undefined || object === undefined || text === undefined) throw new Error(`no finding of Monokle: ${line}`);
  return { check, object, text };
}
