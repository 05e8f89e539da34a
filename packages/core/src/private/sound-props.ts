import { Fault } from '../faults';
import { isMade, otherType } from './made';

/** What a prop takes, and what to write where it is given something else. */
interface Shape {
  /** Whether the value, or each of a list or map, is of the type. */
  readonly takes: (value: unknown) => boolean;
  readonly of?: 'list' | 'map';
  readonly allowed: string;
  readonly fix: string;
}

/** A mistake of a prop. */
interface TypeFault {
  readonly prop: string;
  readonly fault: Fault;
}

const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === 'string';
const isFlag = (value: unknown) => typeof value === 'boolean';
const isDuration = (value: unknown) => typeof (value as { toMilliseconds?: unknown } | null)?.toMilliseconds === 'function';

const made = (className: string, factory: string, of?: Shape['of']): Shape => ({
  takes: isMade, of, fix: `use ${className}.${factory}`,
  allowed: of === undefined ? `a value of ${className}` : of === 'list' ? `a list of values of ${className}` : `a map to values of ${className}`,
});
const structs = (allowed: string, fix: string): Shape => ({ takes: isMap, of: 'list', allowed, fix });
const texts: Shape = { takes: isText, of: 'list', allowed: 'a list of texts', fix: "write it like ['a', 'b']" };
const mapOfTexts: Shape = { takes: isText, of: 'map', allowed: 'a map of texts', fix: "write it like { key: 'value' }" };
const map = (allowed: string): Shape => ({ takes: isMap, allowed, fix: 'write it like { … }' });
const flag: Shape = { takes: isFlag, allowed: 'true or false', fix: 'write it without quotes' };
const duration: Shape = { takes: isDuration, allowed: 'a Duration', fix: 'use Duration.seconds(30)' };

/** Props of pods, of containers and of workloads whose values are used as they are given. */
const SHAPES: ReadonlyMap<string, Shape> = new Map(Object.entries({
  args: texts, command: texts,
  annotations: mapOfTexts, labels: mapOfTexts, podAnnotations: mapOfTexts, podLabels: mapOfTexts,
  nodeSelector: mapOfTexts,
  cloudIdentity: made('CloudIdentity', 'eks(…), gke(…) or azure(…)'), metrics: made('Metrics', 'onPort(9090)'),
  preStop: made('PreStop', 'drain(…), sleep(…) or exec(…)'), volumes: made('Volume', 'fromConfigMap(…) and the like', 'map'),
  nodeAffinity: made('NodeAffinity', 'required(…) or preferred(…)', 'list'), podAffinity: made('PodAffinity', 'required(…) or preferred(…)', 'list'),
  podAntiAffinity: made('PodAntiAffinity', 'required(…) or preferred(…)', 'list'), tolerations: made('Toleration', 'value(…) or exists(…)', 'list'),
  topologySpread: made('TopologySpread', 'over(…)', 'list'), envFrom: made('EnvFrom', 'configMap(…) or secret(…)', 'list'),
  waitFor: made('WaitFor', 'service(…) or host(…)', 'list'),
  readiness: made('Probe', 'http(…) and the like'), liveness: made('Probe', 'http(…) and the like'), startup: made('Probe', 'http(…) and the like'),
  containers: structs('a list of containers', "write it like [{ name: 'proxy', image: '…' }]"),
  sidecars: structs('a list of containers', "write it like [{ name: 'proxy', image: '…' }]"),
  initContainers: structs('a list of containers', "write it like [{ name: 'fill', image: '…' }]"),
  ports: structs('a list of ports', "write it like [{ number: 8080, name: 'http' }]"),
  dnsOptions: map('a map of resolver options'), offers: map('an endpoint: ports, env, volumes'), resources: map('amounts of CPU and memory'),
  terminationGracePeriod: duration,
  denyDns: flag, reloadOnChange: flag, unsafeHostNetwork: flag, unsafeLowUserIds: flag, unsafeWritableRootFilesystem: flag,
}));

/** Lists of what has such props in turn. */
const CONTAINERS = ['containers', 'sidecars', 'initContainers'] as const;

/** Props of another type than theirs, which programs without types may give, and the props without these. */
export function soundProps<T extends object>(props: T): { props: T; faults: TypeFault[] } {
  const outer = soundOf(props);
  let sound = outer.props as Record<string, unknown>;
  for (const prop of CONTAINERS) {
    const inner = (sound[prop] as { name?: unknown }[] | undefined)?.map(soundOf) ?? [];
    if (inner.some(({ faults }) => faults.length > 0)) {
      sound = { ...sound, [prop]: inner.map(each => each.props) };
      outer.faults.push(...inner.flatMap(({ props: { name }, faults }, at) => faults.map(({ prop: own, fault }) => ({
        prop, fault: { ...fault, member: [isText(name) ? name : at, own, fault.member].filter(part => part !== undefined).join('.') },
      }))));
    }
  }
  return { props: sound as T, faults: outer.faults };
}

function soundOf<T extends object>(props: T): { props: T; faults: TypeFault[] } {
  const wrong = Object.entries(props ?? {}).flatMap(([prop, value]): TypeFault[] => {
    const shape = value === undefined ? undefined : SHAPES.get(prop);
    const found = shape === undefined ? undefined : wrongIn(value, shape);
    const { allowed, fix } = shape ?? {};
    return allowed === undefined || fix === undefined || found === undefined ? []
      : [{ prop, fault: otherType(found.got, allowed, fix, found.member) }];
  });
  if (wrong.length === 0) {
    return { props: props ?? {}, faults: wrong };
  }
  const names = new Set(wrong.map(({ prop }) => prop));
  return { props: Object.fromEntries(Object.entries(props).filter(([prop]) => !names.has(prop))) as T, faults: wrong };
}

/** The first value that isn't of the type. */
function wrongIn(value: unknown, { takes, of }: Shape): { got: unknown; member?: string } | undefined {
  if (of === undefined) {
    return takes(value) ? undefined : { got: value };
  }
  if (of === 'list' ? !Array.isArray(value) : !isMap(value)) {
    return { got: value };
  }
  const found = Object.entries(value as object).find(([, each]) => !takes(each));
  return found === undefined ? undefined : { got: found[1], member: found[0] };
}
