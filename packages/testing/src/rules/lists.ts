import { isObject, type Json } from '../manifest.js';
import { visit } from './names.js';
import type { Rule } from './rule.js';

/** Keys of the lists that server-side apply merges by, with the value of a key that is left out. */
const KEYED: [RegExp, [string, Json?][]][] = [
  [/(^|\.)(initContainers|containers|ephemeralContainers|volumes)$/, [['name']]],
  [/ontainers\[\d+\]\.env$/, [['name']]],
  [/ontainers\[\d+\]\.ports$/, [['containerPort'], ['protocol', 'TCP']]],
  [/ontainers\[\d+\]\.volumeMounts$/, [['mountPath']]],
  [/ontainers\[\d+\]\.volumeDevices$/, [['devicePath']]],
  [/\.topologySpreadConstraints$/, [['topologyKey'], ['whenUnsatisfiable']]],
  [/\.hostAliases$/, [['ip']]],
  [/(^|\.)imagePullSecrets$/, [['name']]],
  [/\.(schedulingGates|resourceClaims)$/, [['name']]],
  [/^spec\.ports$/, [['port'], ['protocol', 'TCP']]],
];

/** Names that must differ although server-side apply doesn't merge by them. */
const DISTINCT: [RegExp, [string, Json?][]][] = [
  [/ontainers\[\d+\]\.ports$/, [['name']]],
  [/^spec\.ports$/, [['name']]],
  [/\.volumeClaimTemplates$/, [['metadata']]],
];

/** Two entries of one key are refused by server-side apply ("duplicate entries for key"), by create mostly not. */
export const duplicatesRule: Rule = (object, report) => {
  visit(object, '', (path, _key, value, parent) => {
    if (!Array.isArray(value)) return;
    for (const [pattern, keys] of [...KEYED, ...DISTINCT]) {
      if (!pattern.test(path)) continue;
      const seen = new Set<string>();
      value.forEach((item, index) => {
        if (!isObject(item) || keys.every(([key]) => item[key] === undefined)) return;
        const id = keys.map(([key, missing]) => `${key} ${JSON.stringify(item[key] ?? missing ?? null)}`).join(', ');
        if (seen.has(id)) report(`${path}[${index}]`, `must not repeat ${id}`);
        seen.add(id);
      });
    }
    if (path.endsWith('initContainers') && Array.isArray(parent.containers)) {
      const names = new Set(parent.containers.map((container) => (isObject(container) ? container.name : undefined)));
      value.forEach((item, index) => {
        if (isObject(item) && item.name !== undefined && names.has(item.name)) {
          report(`${path}[${index}].name`, `must not be the name of a container too, got ${JSON.stringify(item.name)}`);
        }
      });
    }
  });
};
