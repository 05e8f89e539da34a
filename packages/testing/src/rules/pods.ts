import { isObject, itemsAt, joinPath, objectAt, type JsonObject } from '../manifest.js';
import { parseQuantity } from './quantity.js';
import { visit } from './names.js';
import type { Report, Rule } from './rule.js';

const TEMPLATES = new Map<unknown, string[]>([
  ['Pod', []], ['Deployment', ['spec', 'template']], ['StatefulSet', ['spec', 'template']], ['DaemonSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']], ['Job', ['spec', 'template']], ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];
const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'];

function listOf(names: string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

/** Volumes and their mounts, probes and their ports, requests and their limits. */
export const podsRule: Rule = (object, report) => {
  const template = TEMPLATES.get(object.kind);
  if (template === undefined) return;
  const pod = objectAt(object, ...template, 'spec');
  const path = [...template, 'spec'].join('.');
  const volumes = new Set([
    ...itemsAt(pod, 'volumes').map(([, volume]) => volume.name),
    ...itemsAt(objectAt(object, 'spec'), 'volumeClaimTemplates').map(([, claim]) => objectAt(claim, 'metadata').name),
  ]);
  for (const [index, volume] of itemsAt(pod, 'volumes')) {
    const sources = Object.keys(volume).filter((key) => key !== 'name');
    if (sources.length !== 1) report(`${path}.volumes[${index}]`, `must have exactly one source, got ${listOf(sources)}`);
  }
  for (const list of ['initContainers', 'containers']) {
    for (const [index, container] of itemsAt(pod, list)) checkContainer(container, `${path}.${list}[${index}]`, volumes, report);
  }
};

function checkContainer(container: JsonObject, path: string, volumes: Set<unknown>, report: Report): void {
  for (const [index, mount] of itemsAt(container, 'volumeMounts')) {
    const at = `${path}.volumeMounts[${index}]`;
    if (!volumes.has(mount.name)) report(`${at}.name`, `must name a volume of the pod, got ${JSON.stringify(mount.name)}`);
    if (typeof mount.mountPath === 'string' && !/^\/[^:]*$/.test(mount.mountPath)) {
      report(`${at}.mountPath`, `must be an absolute path without a colon, got ${JSON.stringify(mount.mountPath)}`);
    }
    if (typeof mount.subPath === 'string' && (mount.subPath.startsWith('/') || mount.subPath.split('/').includes('..'))) {
      report(`${at}.subPath`, `must be a relative path without "..", got ${JSON.stringify(mount.subPath)}`);
    }
  }
  const ports = new Set(itemsAt(container, 'ports').flatMap(([, port]) => [port.name, port.containerPort]));
  const handlers = [...PROBES.map((name) => [name]), ['lifecycle', 'preStop'], ['lifecycle', 'postStart']];
  for (const keys of handlers.filter((names) => isObject(objectAt(container, ...names.slice(0, -1))[names.at(-1) ?? '']))) {
    const handler = objectAt(container, ...keys);
    const at = `${path}.${keys.join('.')}`;
    const given = HANDLERS.filter((name) => handler[name] !== undefined);
    if (given.length !== 1) report(at, `must have exactly one handler, got ${listOf(given)}`);
    for (const name of given) {
      const port = objectAt(handler, name).port;
      if (port !== undefined && !ports.has(port)) report(`${at}.${name}.port`, `must be a port of the container, got ${JSON.stringify(port)}`);
    }
    if (PROBES.slice(0, 2).includes(keys[0] ?? '') && (handler.successThreshold ?? 1) !== 1) report(`${at}.successThreshold`, 'must be 1');
  }
  checkResources(container, path, report);
}

function checkResources(container: JsonObject, path: string, report: Report): void {
  const requests = objectAt(container, 'resources', 'requests');
  const limits = objectAt(container, 'resources', 'limits');
  for (const [resource, request] of Object.entries(requests)) {
    const [low, high] = [parseQuantity(request), parseQuantity(limits[resource])];
    if (low !== undefined && high !== undefined && low > high) {
      report(joinPath(`${path}.resources.requests`, resource), `must be at most the limit ${String(limits[resource])}, got ${String(request)}`);
    }
  }
  for (const [name, amounts] of Object.entries({ requests, limits })) {
    for (const [resource, amount] of Object.entries(amounts)) {
      const value = parseQuantity(amount);
      const at = joinPath(`${path}.resources.${name}`, resource);
      if (value === undefined || value < 0) report(at, `must be a quantity of 0 or more, got ${JSON.stringify(amount)}`);
      else if (resource !== 'cpu' && !Number.isInteger(value)) report(at, `must be a whole number of bytes or units, got ${JSON.stringify(amount)}`);
    }
  }
}

/** A selector that doesn't match its own template is refused; without any label it would match every pod. */
export const selectorsRule: Rule = (object, report) => {
  const template = TEMPLATES.get(object.kind);
  if (template === undefined || !['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].includes(String(object.kind))) return;
  const labels = objectAt(object, ...template, 'metadata', 'labels');
  const selector = objectAt(object, 'spec', 'selector', 'matchLabels');
  const expressions = itemsAt(objectAt(object, 'spec', 'selector'), 'matchExpressions');
  if (Object.keys(selector).length === 0 && expressions.length === 0) report('spec.selector', 'must select something');
  for (const [key, value] of Object.entries(selector)) {
    if (labels[key] !== value) {
      report(joinPath('spec.selector.matchLabels', key), `must be a label of the pod template, got ${JSON.stringify(value)} and ${JSON.stringify(labels[key] ?? null)}`);
    }
  }
};

/** Storage sizes, emptyDir limits and the like. */
export const quantitiesRule: Rule = (object, report) => {
  visit(object, '', (path, key, value) => {
    if (key !== 'sizeLimit' && !/\.resources\.requests\.storage$/.test(path)) return;
    const size = parseQuantity(value);
    if (size === undefined || size <= 0) report(path, `must be a quantity of more than 0, got ${JSON.stringify(value)}`);
  });
};
