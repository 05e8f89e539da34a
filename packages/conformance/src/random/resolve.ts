import type { Draft, DrawnAction } from './apps.js';
import { entryOf, NOBODY, type Expression, type ObjectLiteral, type Program, type Statement } from './program.js';
import { fittingRole, fittingRule, isNamespaced } from './rights.js';
import { STAND_INS } from './stand-ins.js';
import { shortName, type Surface } from './surface.js';

/** What stands around an expression. */
interface Around {
  readonly namespace: string;
  /** The ports that may be meant, by protocol. */
  readonly ports: readonly DeclaredPort[];
  readonly containers: readonly string[];
  readonly keys: readonly string[];
}

interface DeclaredPort { readonly number: number; readonly protocol: string; readonly name: string }

interface Made {
  readonly variable: string;
  readonly type: string;
  readonly namespace: string;
  readonly args: readonly Expression[];
  readonly containers: readonly string[];
}

/** Settles what a draft leaves open: variables, ports, keys. A part that has shrunk away is replaced by what needs no other. */
export function resolve(draft: Draft, surface: Surface): Program {
  return new Resolver(surface).program(draft);
}

class Resolver {
  private readonly made: Made[] = [];
  private readonly statements: Statement[] = [];

  public constructor(private readonly surface: Surface) {}

  public program({ cluster, charts, constructs, actions }: Draft): Program {
    const nothing: Around = { namespace: '', ports: [], containers: [], keys: [] };
    charts.forEach(({ namespace, cluster: own }, index) => {
      const variable = `chart${index}`;
      this.statements.push({ kind: 'chart', variable, id: `c${index}`, namespace });
      if (own !== undefined) {
        const args: Expression[] = [{ kind: 'variable', name: variable }];
        this.statements.push({ kind: 'do', call: { kind: 'method', of: this.settle(own, nothing), name: 'applyTo', args } });
      }
    });
    for (const { kind, chart, id, args } of constructs) {
      const scope = chart % charts.length;
      const namespace = charts[scope]?.namespace ?? '';
      const variable = `${id.replaceAll('-', '')}${this.made.length}`;
      const taken = this.statements.some((each) => each.kind === 'new' && each.scope === `chart${scope}` && each.id === id);
      const own = taken ? `${id}-${this.made.length}` : id;
      const named = args.flatMap((each) => (each.kind === 'object' ? entryOf(each, 'name') ?? [] : []));
      const around = { ...nothing, namespace, containers: [named[0]?.kind === 'text' ? named[0].value : own] };
      const settled = this.tidy(kind.gives, args.map((each) => this.settle(each, around)), id);
      this.statements.push({
        kind: 'new', variable, owner: kind.owner, factory: kind.factory, scope: `chart${scope}`, id: own, args: settled,
      });
      this.made.push({ variable, type: kind.gives, namespace, args: settled, containers: around.containers });
    }
    for (const action of actions) this.act(action, charts.length, nothing);
    return { cluster: this.settle(cluster, nothing), statements: this.statements };
  }

  private act({ target, index, args }: DrawnAction, charts: number, nothing: Around): void {
    const { receiver, part, of, action } = target;
    const candidates = this.made.filter(({ type }) => of !== undefined || type === receiver);
    const chosen = candidates[index % Math.max(candidates.length, 1)];
    let subject: Expression;
    if (of !== undefined) {
      this.apply(action.name, args, chosen === undefined || index % 2 === 0 ? `chart${index % charts}` : chosen);
      return;
    } else {
      if (chosen === undefined) return;
      const variable: Expression = { kind: 'variable', name: chosen.variable };
      subject = part === undefined ? variable : { kind: 'property', of: variable, name: part };
    }
    const own = chosen === undefined ? nothing
      : { ...nothing, namespace: chosen.namespace, ports: portsOf(chosen.args), containers: chosen.containers };
    const ends = args.map((each) => this.settle(each, own));
    // Whom it connects to accepts on its own ports.
    const [end, ...rest] = ends;
    const name = end?.kind === 'variable' && action.name === 'to' ? end.name : undefined;
    const peer = this.made.find(({ variable }) => variable === name);
    const settled = end === undefined || peer === undefined ? [...(end === undefined ? [] : [end]), ...rest]
      : [end, ...args.slice(1).map((each) => this.settle(each, { ...own, ports: portsOf(peer.args) }))];
    if (settled.includes(NOBODY)) return;
    if (action.name === 'addRule' && settled.some((each) => !canHave(chosen, each))) return;
    this.statements.push({ kind: 'do', call: { kind: 'method', of: subject, name: action.name, args: settled } });
  }

  /** What is in force below a chart or construct speaks of what its namespace has. */
  private apply(name: string, [settings]: readonly Expression[], to: string | Made): void {
    const chart = this.statements.find((each) => each.kind === 'chart' && each.variable === to);
    const namespace = typeof to !== 'string' ? to.namespace : chart?.kind === 'chart' ? chart.namespace : '';
    const of = this.settle(settings as Expression, { namespace, ports: [], containers: [], keys: [] });
    const args: Expression[] = [{ kind: 'variable', name: typeof to === 'string' ? to : to.variable }];
    this.statements.push({ kind: 'do', call: { kind: 'method', of, name, args } });
  }

  private settle(expression: Expression, around: Around): Expression {
    switch (expression.kind) {
      case 'list': return { ...expression, items: expression.items.map((each) => this.settle(each, around)) };
      case 'object': return this.settleObject(expression, around);
      case 'property': return { ...expression, of: this.settle(expression.of, around) };
      case 'static': return fittingRule({ ...expression, args: this.settleAll(expression.args, around) });
      case 'method': {
        const [of, ...args] = this.settleAll([expression.of, ...expression.args], around);
        return { ...expression, of: of as Expression, args };
      }
      case 'choice': return this.choose(expression, around);
      default: return expression;
    }
  }

  /** One after the other: a key is one of the object that stands before it. */
  private settleAll(expressions: readonly Expression[], around: Around): Expression[] {
    const settled: Expression[] = [];
    for (const each of expressions) settled.push(this.settle(each, { ...around, keys: settled.flatMap((before) => this.keysIn(before)) }));
    return settled;
  }

  private settleObject(object: ObjectLiteral, around: Around): ObjectLiteral {
    const declared = object.struct === 'ServiceProps' ? this.portsBehind(object, around) : portsOf([object]);
    const inner: Around = declared.length > 0 && object.struct !== undefined && object.struct !== 'ContainerPort' ? { ...around, ports: declared } : around;
    const first = object.entries.map(([name, value]) => [name, name === 'secret' ? this.settle(value, inner) : value] as const);
    const keys = [...around.keys, ...first.flatMap(([name, value]) => (name === 'secret' ? this.keysIn(value) : []))];
    const entries = first.map(([name, value]) => [name, this.settle(value, { ...inner, keys })] as const);
    if (object.struct === 'ServiceProps') return this.agreeing({ ...object, entries }, around);
    if (object.keyed !== true || keys.length === 0) return { ...object, entries };
    return { ...object, entries: entries.slice(0, keys.length).map(([, value], index) => [keys[index] ?? '', value] as const) };
  }

  private choose({ among, of, index, otherwise }: Extract<Expression, { kind: 'choice' }>, around: Around): Expression {
    const other = (): Expression => this.settle(otherwise, around);
    if (among === 'key') {
      const key = around.keys[index % Math.max(around.keys.length, 1)];
      return key === undefined ? other() : { kind: 'text', value: key };
    }
    if (among === 'container') {
      const container = around.containers[index % Math.max(around.containers.length, 1)];
      return container === undefined ? other() : { kind: 'text', value: container };
    }
    if (among === 'port') {
      const ports = around.ports.filter(({ protocol }) => protocol === of);
      const port = ports[index % Math.max(ports.length, 1)];
      return port === undefined ? other() : { kind: 'number', value: port.number };
    }
    if (among === 'portName') {
      const port = around.ports[index % Math.max(around.ports.length, 1)];
      return port === undefined ? other() : { kind: 'text', value: port.name };
    }
    if (of === 'namespace') return { kind: 'text', value: around.namespace === '' ? 'random-0' : around.namespace };
    const candidates = this.made.filter(({ type, namespace }) => this.isA(type, of) && (of.endsWith('IConnectable') || namespace === around.namespace));
    const chosen = candidates[index % Math.max(candidates.length, 1)];
    return chosen === undefined ? other() : { kind: 'variable', name: chosen.variable };
  }

  private isA(type: string, wanted: string): boolean {
    return this.surface.isA(type, wanted) || (STAND_INS[type]?.isA ?? []).includes(wanted);
  }

  /** The ports that the first of what is behind a Service declares: the others have to have the same. */
  private portsBehind(service: ObjectLiteral, around: Around): DeclaredPort[] {
    const backends = entryOf(service, 'backends');
    const [first] = backends?.kind === 'list' ? backends.items : [];
    return first === undefined ? [] : this.portsOfBackend(this.settle(first, around));
  }

  private portsOfBackend(backend: Expression): DeclaredPort[] {
    if (backend.kind === 'static') return portsOf(backend.args);
    return backend.kind === 'variable' ? portsOf(this.made.find(({ variable }) => variable === backend.name)?.args ?? []) : [];
  }

  /** A Service before workloads that have the ports of the first; what others make stands alone. */
  private agreeing(service: ObjectLiteral, around: Around): ObjectLiteral {
    const backends = entryOf(service, 'backends');
    if (backends?.kind !== 'list') return service;
    const ports = this.portsBehind(service, around);
    const fits = (each: Expression, at: number): boolean => at === 0 || (each.kind === 'variable' && backends.items[0]?.kind === 'variable'
      && ports.every((port) => this.portsOfBackend(each).some((other) => JSON.stringify(other) === JSON.stringify(port))));
    const given = entryOf(service, 'ports');
    return withEntries(service, {
      backends: { ...backends, items: backends.items.filter(fits) },
      ports: given?.kind === 'list' && ports.length === 0 ? undefined : given,
    });
  }

  /** The keys of a ConfigMap or Secret of this app that an expression names. */
  private keysIn(expression: Expression): string[] {
    if (expression.kind === 'static' || expression.kind === 'method') {
      return [...(expression.kind === 'method' ? [expression.of] : []), ...expression.args].flatMap((each) => this.keysIn(each));
    }
    if (expression.kind !== 'variable') return [];
    const props = this.made.find(({ variable }) => variable === expression.name)?.args[0];
    if (props?.kind !== 'object') return [];
    return ['data', 'binaryData', 'stringData'].flatMap((name) => {
      const data = entryOf(props, name);
      return data?.kind === 'object' ? data.entries.map(([key]) => key) : [];
    });
  }

  /** What the stand-ins' parts have to agree on. */
  private tidy(type: string, args: Expression[], id: string): Expression[] {
    if (['ClusterRole', 'Role'].includes(shortName(type))) return fittingRole(shortName(type), args);
    const [first, second] = args;
    if (shortName(type) === 'Agent' && second?.kind === 'object') return [first as Expression, agentOptions(second)];
    if (shortName(type) !== 'Pods' || first?.kind !== 'object' || second?.kind !== 'object') return args;
    const selector: ObjectLiteral = { kind: 'object', entries: [['example.com/pods', { kind: 'text', value: id }]] };
    const labels = entryOf(first, 'labels');
    const more = labels?.kind === 'object' ? labels.entries.filter(([key]) => key !== 'example.com/pods') : [];
    return [
      alwaysRestarted(withEntries(first, { selector, labels: { kind: 'object', entries: [...selector.entries, ...more] } })),
      withEntries(second, { podLabels: selector }),
    ];
  }
}

/** A Job's pods end, all others' don't. */
function agentOptions(options: ObjectLiteral): ObjectLiteral {
  const kind = entryOf(options, 'kind');
  if (kind?.kind === 'text' && kind.value === 'Job') {
    const policy = entryOf(options, 'restartPolicy');
    const ends = policy?.kind === 'constant' && policy.name !== 'ALWAYS' ? policy : { kind: 'constant' as const, owner: '@keelson/core.RestartPolicy', name: 'NEVER' };
    return withEntries(options, { restartPolicy: ends });
  }
  return alwaysRestarted(options);
}

/** The only policy that pods may have which never end; it may be said, too. */
function alwaysRestarted(options: ObjectLiteral): ObjectLiteral {
  const said = entryOf(options, 'restartPolicy') !== undefined;
  return said ? withEntries(options, { restartPolicy: { kind: 'constant', owner: '@keelson/core.RestartPolicy', name: 'ALWAYS' } }) : options;
}

function withEntries(object: ObjectLiteral, changed: Readonly<Record<string, Expression | undefined>>): ObjectLiteral {
  const kept = object.entries.filter(([name]) => !(name in changed));
  const added = Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...object, entries: [...kept, ...added] };
}

/** Ports that stand as numbers in what a container, or a workload, is made of. */
function portsOf(args: readonly Expression[]): DeclaredPort[] {
  return args.flatMap((each) => {
    if (each.kind !== 'object') return [];
    const port = entryOf(each, 'port');
    const main = each.struct === 'WebAppProps' && port?.kind === 'number' ? [{ number: port.value, protocol: 'TCP', name: 'http' }] : [];
    const healthPort = entryOf(each, 'healthPort');
    const asked = each.struct === 'WorkerProps' && healthPort?.kind === 'number' ? [{ number: healthPort.value, protocol: 'TCP', name: 'health' }] : [];
    const ports = entryOf(each, 'ports');
    const more = ports?.kind !== 'list' ? [] : ports.items.flatMap((item) => (item.kind === 'object' && item.struct === 'ContainerPort' ? portOf(item) : []));
    return [...main, ...asked, ...more];
  });
}

function portOf(port: ObjectLiteral): DeclaredPort[] {
  const [number, protocol] = [entryOf(port, 'number'), entryOf(port, 'protocol')];
  if (number?.kind !== 'number') return [];
  const [spoken, name] = [protocol?.kind === 'constant' ? protocol.name : 'TCP', entryOf(port, 'name')];
  return [{ number: number.value, protocol: spoken, name: name?.kind === 'text' ? name.value : `${spoken.toLowerCase()}-${number.value}` }];
}

/** A Role has no rules for what is in no namespace, and an aggregated one none of its own. */
function canHave(role: Made | undefined, rule: Expression): boolean {
  const [props] = role?.args ?? [];
  const aggregated = props?.kind === 'object' && entryOf(props, 'clusterRoleSelectors') !== undefined;
  return !aggregated && (shortName(role?.type ?? '') !== 'Role' || isNamespaced(rule));
}
