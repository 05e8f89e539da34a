import { isObject, parseQuantity, type Json, type JsonObject } from '@keelson/testing';

/** Keys that tell the entries of a list apart, with the value of a key that is left out. The first whose keys all entries have is taken. */
const LIST_KEYS: readonly [RegExp, [string, Json?][]][] = [
  [/\.ports$/, [['containerPort'], ['protocol', 'TCP']]],
  [/spec\.ports$/, [['port'], ['protocol', 'TCP']]],
  [/\.volumeMounts$/, [['mountPath']]],
  [/\.volumeDevices$/, [['devicePath']]],
  [/\.topologySpreadConstraints$/, [['topologyKey'], ['whenUnsatisfiable']]],
  [/\.hostAliases$/, [['ip']]],
  [/\.(containers|initContainers|env|volumes|imagePullSecrets|listeners|secrets|schedulingGates|resourceClaims)$/, [['name']]],
];

/** Keyed lists in which the order says something: init containers run one after the other, a variable may use those before it. */
const ORDERED = /\.(containers|initContainers|env)$/;

/** Sets that controllers and admission add to. */
const SETS = /^metadata\.finalizers$/;

/** Amounts, which are stored in canonical form: `0.5` as `500m`. */
const QUANTITIES =
  /(\.resources\.(requests|limits)\.|\.sizeLimit$|^spec\.(capacity|hard)\.|\.averageValue$|\.tolerance$|\.(max|min|default|defaultRequest)\.[^.]+$)/;

/** Fields whose zero value says the same as their absence, so that the API server doesn't store it. */
const ZERO_IS_ABSENT = /(\.env\[\d+\]\.value|\.tolerations\[\d+\]\.value|\.(minReadySeconds|initialDelaySeconds)|\.(hostNetwork|hostPID|hostIPC|readOnly|publishNotReadyAddresses|stdin|tty|paused))$/;

/** Maps of which an empty one says the same as none. */
const EMPTY_IS_ABSENT = /^(data|binaryData)$|^metadata\.(labels|annotations)$|\.metadata\.(labels|annotations)$|[sS]elector\.matchLabels$/;

/** What was sent and is not in what is stored: the paths, with both values. What the API server adds is no difference. */
export function lost(sent: JsonObject, stored: JsonObject): string[] {
  const { stringData, ...rest } = sent;
  const data = isObject(stringData) ? { data: { ...(isObject(sent.data) ? sent.data : {}), ...encoded(stringData) } } : {};
  return differences({ ...rest, ...data }, stored, '');
}

function encoded(stringData: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]));
}

function differences(sent: Json | undefined, stored: Json | undefined, path: string): string[] {
  if (sent === null || sent === undefined) return [];
  if (Array.isArray(sent)) return listDifferences(sent, stored, path);
  if (isObject(sent)) {
    if (stored === undefined && Object.keys(sent).length === 0 && EMPTY_IS_ABSENT.test(path)) return [];
    if (!isObject(stored)) return [`${path}: sent an object, stored ${show(stored)}`];
    return Object.entries(sent).flatMap(([key, value]) => differences(value, stored[key], path === '' ? key : `${path}.${key}`));
  }
  if (sent === stored) return [];
  if (stored === undefined && (sent === '' || sent === 0 || sent === false) && ZERO_IS_ABSENT.test(path)) return [];
  if (QUANTITIES.test(path) && parseQuantity(sent) !== undefined && parseQuantity(sent) === parseQuantity(stored)) return [];
  return [`${path}: sent ${show(sent)}, stored ${show(stored)}`];
}

function listDifferences(sent: Json[], stored: Json | undefined, path: string): string[] {
  const list = Array.isArray(stored) ? stored : [];
  if (SETS.test(path)) {
    return sent.filter((item) => !list.includes(item)).map((item) => `${path}: sent ${show(item)}, stored ${show(stored)}`);
  }
  const keys = LIST_KEYS.find(([pattern, [first]]) =>
    first !== undefined && pattern.test(path) && sent.every((item) => isObject(item) && first[0] in item))?.[1];
  if (keys === undefined) {
    if (list.length !== sent.length) return [`${path}: sent ${sent.length} entries, stored ${list.length}`];
    return sent.flatMap((item, index) => differences(item, list[index], `${path}[${index}]`));
  }
  const idOf = (item: Json): string =>
    JSON.stringify(keys.map(([key, absent]) => (isObject(item) ? item[key] : undefined) ?? absent ?? null));
  const places = new Map<string, number[]>();
  list.forEach((item, index) => places.set(idOf(item), [...places.get(idOf(item)) ?? [], index]));
  // Each stored entry answers for one sent: two that have become one are seen.
  const matches = sent.map((item) => places.get(idOf(item))?.shift());
  const losses = sent.flatMap((item, index) => {
    const match = matches[index];
    const at = `${path}[${index}]`;
    return match === undefined ? [`${at}: sent ${show(item)}, not stored`] : differences(item, list[match], at);
  });
  const found = matches.filter((each) => each !== undefined);
  const isInOrder = found.every((each, index) => index === 0 || each > (found[index - 1] ?? -1));
  return isInOrder || !ORDERED.test(path) ? losses : [...losses, `${path}: stored in another order`];
}

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
