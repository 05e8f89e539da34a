import { PolicyRule } from '../policy-rule';

const ALL = '*';
const READING = ['get', 'list', 'watch'];
const WRITING = ['create', 'patch', 'update'];
/** Whoever has them runs programs in, or talks as, somebody else's pods. */
const INTO_PODS = new Set(['pods/attach', 'pods/ephemeralcontainers', 'pods/exec', 'pods/portforward', 'pods/proxy', 'nodes/proxy', 'services/proxy']);
const RBAC = 'rbac.authorization.k8s.io';

/** A right, and what to know of it. */
interface Right {
  readonly code: string;
  readonly text: string;
}

/** Rights that are more than they seem: policy checkers find them, too. What has `UNSAFE` in its name was said by whoever wrote it. */
export function rightsToKnow({ _resources: resources, _verbs: verbs, _names: names }: PolicyRule): Right[] {
  const may = (wanted: readonly string[]) => verbs.some(({ name }) => name === ALL || wanted.includes(name));
  const found: Right[] = [];
  for (const { apiGroup, resource } of resources) {
    if (apiGroup === '' && resource === 'secrets' && names === undefined && may(READING)) {
      found.push({
        code: 'KEELSON1570',
        text: 'it lets read every Secret of where it is granted, tokens and certificates among them: name those that are needed by resourceNames',
      });
    }
    if (apiGroup === '' && INTO_PODS.has(resource) && may([...READING, ...WRITING])) {
      found.push({
        code: 'KEELSON1571',
        text: `it lets whoever has '${resource}' act inside of pods, with all that they may do and read: give it to people for a time, not to programs`,
      });
    }
    if (apiGroup === '' && resource === 'serviceaccounts/token' && names === undefined && may(['create'])) {
      found.push({
        code: 'KEELSON1572',
        text: 'it lets make tokens of ServiceAccounts, and so have the rights of each: name the accounts by resourceNames',
      });
    }
    if (apiGroup === RBAC && may(WRITING)) {
      found.push({
        code: 'KEELSON1573',
        text: `it lets write '${resource}', and so hand on its rights to anybody: leave that to who applies the manifests`,
      });
    }
  }
  return found;
}
