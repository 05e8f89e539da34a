import { Fault } from '../faults';
import { quoted } from './quoted';

/** What every cluster has, and its API server puts right again whenever it starts. */
const ROLES = new Set(['admin', 'cluster-admin', 'edit', 'view']);

/** A ClusterRole or ClusterRoleBinding of such a name can't be applied, or is undone. */
export function ownNameFaults(name: string, example: string): Fault[] {
  return typeof name !== 'string' || !(ROLES.has(name) || name.startsWith('system:')) ? [] : [{
    code: 'KEELSON1565', got: quoted(name), allowed: "a name that isn't Kubernetes' own (admin, cluster-admin, edit, view, and those that begin with 'system:')",
    fix: `try ${quoted(`${example}-${name.replace(/^system:/, '')}`)}`,
  }];
}
