import { isIP } from 'node:net';
import { isObject, itemsAt, joinPath, objectAt, type Json, type JsonObject } from '../manifest.js';
import type { Report, Rule } from './rule.js';

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL = { pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, max: 63, form: 'a lower-case RFC 1123 label' };
const SERVICE = { pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/, max: 63, form: 'an RFC 1035 label' };
const SUBDOMAIN = { pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, max: 253, form: 'a lower-case RFC 1123 subdomain' };
const PATH_SEGMENT = { pattern: /^(?!\.{1,2}$)[^/%]+$/, max: 253, form: 'a path segment' };
const PORT_NAME = { pattern: /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/, max: 15, form: 'an IANA service name' };
const KEY_NAME = { pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/, max: 63, form: 'a qualified name' };
const LABEL_VALUE = { pattern: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, max: 63, form: 'a label value' };
const ENV_NAME = { pattern: /^(?!\.{1,2}$)[-._A-Za-z][-._A-Za-z0-9]*$/, max: Infinity, form: 'an environment variable name' };
const DATA_KEY = { pattern: /^(?!\.{1,2}$)[-._A-Za-z0-9]+$/, max: 253, form: 'a data key' };

type Form = typeof LABEL;

const NAME_FORMS = new Map<unknown, Form>([
  ['Namespace', LABEL], ['Service', SERVICE],
  ['Role', PATH_SEGMENT], ['ClusterRole', PATH_SEGMENT], ['RoleBinding', PATH_SEGMENT], ['ClusterRoleBinding', PATH_SEGMENT],
]);

/** Longer ones are stored and then never run: the controller appends to them (see the limits of each kind's pods). */
const NAME_LIMITS = new Map<unknown, number>([['CronJob', 52], ['Job', 63], ['StatefulSet', 52], ['Deployment', 247], ['DaemonSet', 247]]);

function check(report: Report, path: string, value: Json | undefined, form: Form): void {
  if (typeof value !== 'string') return;
  if (!form.pattern.test(value) || value.length > form.max) {
    report(path, `must be ${form.form}${form.max === Infinity ? '' : ` of at most ${form.max} characters`}, got ${JSON.stringify(value)}`);
  }
}

function checkKeys(report: Report, path: string, map: Json | undefined): void {
  for (const key of isObject(map) ? Object.keys(map) : []) {
    const parts = key.split('/');
    const name = parts.pop();
    if (parts.length > 1) report(joinPath(path, key), 'must have at most one slash in its key');
    else check(report, joinPath(path, key), parts[0], SUBDOMAIN);
    check(report, joinPath(path, key), name, KEY_NAME);
  }
}

/** Cilium's own policies may say where a label is from: `k8s:app`. */
function withoutSources(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replace(/^(any|k8s|reserved):/, ''), value]));
}

/** Names, labels and annotations of the object and of the templates in it. */
export const metadataRule: Rule = (object, report) => {
  const name = objectAt(object, 'metadata').name;
  if (typeof name !== 'string' || name === '') report('metadata.name', 'is required');
  check(report, 'metadata.name', name, NAME_FORMS.get(object.kind) ?? SUBDOMAIN);
  const limit = NAME_LIMITS.get(object.kind);
  if (limit !== undefined && typeof name === 'string' && name.length > limit) {
    report('metadata.name', `must have at most ${limit} characters for its pods to be made, got ${name.length}`);
  }
  check(report, 'metadata.namespace', objectAt(object, 'metadata').namespace, LABEL);
  const isCilium = String(object.apiVersion).startsWith('cilium.io/');
  visit(object, '', (path, key, value) => {
    // those of Prometheus, whose values are templates
    if (object.kind === 'PrometheusRule' && path.startsWith('spec.')) return;
    if (['labels', 'matchLabels', 'nodeSelector', 'annotations'].includes(key) || (key === 'selector' && object.kind === 'Service')) {
      checkKeys(report, path, key === 'matchLabels' && isCilium && isObject(value) ? withoutSources(value) : value);
      if (key === 'annotations' || !isObject(value)) return;
      for (const [label, text] of Object.entries(value)) check(report, joinPath(path, label), text, LABEL_VALUE);
    }
  });
};

/** Names of what is in pods, Services, ConfigMaps and routes. */
export const innerNamesRule: Rule = (object, report) => {
  visit(object, '', (path, key, value, parent) => {
    if (key !== 'name') return;
    if (/(^|\.)(initContainers|containers|ephemeralContainers|volumes)\[\d+\]\.name$/.test(path)) check(report, path, value, LABEL);
    if (/ontainers\[\d+\]\.env\[\d+\]\.name$/.test(path)) check(report, path, value, ENV_NAME);
    if (/ontainers\[\d+\]\.ports\[\d+\]\.name$/.test(path)) check(report, path, value, PORT_NAME);
    if (object.kind === 'Service' && /^spec\.ports\[\d+\]\.name$/.test(path)) {
      check(report, path, value, LABEL);
      check(report, path.replace(/name$/, 'targetPort'), parent.targetPort, PORT_NAME);
    }
  });
  if (object.kind === 'ConfigMap' || object.kind === 'Secret') {
    const data = { ...objectAt(object, 'data'), ...objectAt(object, 'stringData'), ...objectAt(object, 'binaryData') };
    for (const key of Object.keys(data)) check(report, joinPath('data', key), key, DATA_KEY);
    const size = Object.entries(data).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)), 0);
    if (size > 1048576) report('data', `must have at most 1048576 bytes, got ${size}`);
  }
  if (object.kind === 'Ingress') {
    itemsAt(objectAt(object, 'spec'), 'rules').forEach(([index, rule]) => checkHost(report, `spec.rules[${index}].host`, rule.host));
    itemsAt(objectAt(object, 'spec'), 'tls').forEach(([index, tls]) => {
      (Array.isArray(tls.hosts) ? tls.hosts : []).forEach((host, at) => checkHost(report, `spec.tls[${index}].hosts[${at}]`, host));
    });
  }
};

function checkHost(report: Report, path: string, host: Json | undefined): void {
  if (typeof host !== 'string') return;
  check(report, path, host.replace(/^\*\./, ''), SUBDOMAIN);
  if (isIP(host) !== 0) report(path, `must be a DNS name, not an IP address, got "${host}"`);
}

type Visitor = (path: string, key: string, value: Json, parent: JsonObject) => void;

/** Calls back for every member of every object, ConfigMap and Secret data and annotations' values aside. */
export function visit(value: Json | undefined, path: string, each: Visitor): void {
  if (Array.isArray(value)) value.forEach((item, index) => visit(item, joinPath(path, index), each));
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const at = joinPath(path, key);
    each(at, key, member, value);
    if (!['data', 'stringData', 'binaryData'].includes(at) && !/(^|\.)(labels|annotations|matchLabels)$/.test(at)) visit(member, at, each);
  }
}
