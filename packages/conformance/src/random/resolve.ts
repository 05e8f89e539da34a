import { partsOf, type Draft, type DrawnAction } from './apps.js';
import { entryOf, NOBODY, withEntries, type Expression, type ObjectLiteral, type Program, type Statement } from './program.js';
import { DATA_DEFINED, withOperators } from './data-traits.js';
import { openedAt, portsOf, type DeclaredPort } from './ports.js';
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
  /** Whether only the same namespace is meant: Secrets go with the connection. */
  readonly near?: boolean;
}

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

/** Who connects to them gets Secrets. */
const SECRETIVE = '@keelson/core.IBackupSource';

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
    return { cluster: withOperators(this.settle(cluster, nothing), this.statements), statements: this.statements };
  }

  private act({ target, index, args }: DrawnAction, charts: number, nothing: Around): void {
    const { receiver, part, of, action } = target;
    const same = this.made.filter(({ type }) => of !== undefined || type === receiver);
    // Whatever else has such a part, is connected for instance: most kinds aren't in an app.
    const candidates = same.length > 0 ? same : this.made.filter(({ type }) => part !== undefined
      && partsOf(this.surface, type).some((each) => each.name === part && this.surface.isA(each.fqn, action.owner)));
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
      : { ...chosen, keys: [], ports: portsOf(chosen.args), near: this.isA(chosen.type, SECRETIVE) };
    const ends = args.map((each) => this.settle(each, own));
    // Whom it connects to accepts on its own ports.
    const [end, ...rest] = ends;
    const peer = end === undefined || action.name !== 'to' ? undefined : this.madeBy(end);
    const accepting = peer === undefined ? own.ports : portsOf(peer.args);
    const options = peer === undefined ? rest : args.slice(1).map((each) => this.settle(each, { ...own, ports: accepting }));
    const told = action.name === 'from' || peer !== undefined ? options.map((each) => openedAt(accepting, each)) : options;
    const settled = end === undefined ? [] : [end, ...told];
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

  /** The construct that an expression names, or one that it defines. */
  private madeBy(named: Expression): Made | undefined {
    const of = named.kind === 'property' ? named.of : named;
    return of.kind === 'variable' ? this.made.find(({ variable }) => variable === of.name) : undefined;
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
    const candidates = this.made.flatMap((each) => this.candidatesOf(each, of, around));
    return candidates[index % Math.max(candidates.length, 1)] ?? other();
  }

  /** A construct, and those that it defines, where they are of a type; what gives its Secrets stands in the same namespace. */
  private candidatesOf({ variable, type, namespace, args }: Made, of: string, around: Around): Expression[] {
    const isNear = namespace === around.namespace || (of.endsWith('IConnectable') && around.near !== true && !this.isA(type, SECRETIVE));
    if (!isNear) return [];
    const whole: Expression = { kind: 'variable', name: variable };
    const own = this.isA(type, of) ? [whole] : [];
    const parts = this.surface.defined(type).filter(({ fqn, key, optional }) =>
      this.isA(fqn, of) && (own.length > 0 || !optional || DATA_DEFINED[key]?.(args) === true));
    return [...own, ...parts.map(({ name, optional }): Expression =>
      ({ kind: 'property', of: whole, name, optional, ...(optional && own.length > 0 ? { otherwise: whole } : {}) }))];
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
    return portsOf(this.madeBy(backend)?.args ?? []);
  }

  /** A Service before workloads that have the ports of the first; what others make stands alone. */
  private agreeing(service: ObjectLiteral, around: Around): ObjectLiteral {
    const backends = entryOf(service, 'backends');
    if (backends?.kind !== 'list') return service;
    const ports = this.portsBehind(service, around);
    const isWhole = backends.items[0] !== undefined && this.madeBy(backends.items[0]) !== undefined;
    const fits = (each: Expression, at: number): boolean => at === 0 || (isWhole && this.madeBy(each) !== undefined
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
    return ['data', 'binaryData', 'stringData', 'encryptedData'].flatMap((name) => {
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

/** A Role has no rules for what is in no namespace, and an aggregated one none of its own. */
function canHave(role: Made | undefined, rule: Expression): boolean {
  const [props] = role?.args ?? [];
  const aggregated = props?.kind === 'object' && entryOf(props, 'clusterRoleSelectors') !== undefined;
  return !aggregated && (shortName(role?.type ?? '') !== 'Role' || isNamespaced(rule));
}
