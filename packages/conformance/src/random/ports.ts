import { DATA_PORTS } from './data-traits.js';
import { entryOf, list, withEntries, type Expression, type ObjectLiteral } from './program.js';

/** A port that a container declares. */
export interface DeclaredPort { readonly number: number; readonly protocol: string; readonly name: string }

/** Ports that stand as numbers in what a container, or a workload, is made of. */
export function portsOf(args: readonly Expression[]): DeclaredPort[] {
  return args.flatMap((each) => {
    if (each.kind !== 'object') return [];
    const port = entryOf(each, 'port');
    const main = each.struct === 'WebAppProps' && port?.kind === 'number' ? [{ number: port.value, protocol: 'TCP', name: 'http' }] : [];
    const healthPort = entryOf(each, 'healthPort');
    const served = DATA_PORTS[each.struct ?? ''];
    const database = served === undefined ? [] : [{ number: port?.kind === 'number' ? port.value : served[0], protocol: 'TCP', name: served[1] }];
    const asked = each.struct === 'WorkerProps' && healthPort?.kind === 'number' ? [{ number: healthPort.value, protocol: 'TCP', name: 'health' }] : [];
    const ports = entryOf(each, 'ports');
    const more = ports?.kind !== 'list' ? [] : ports.items.flatMap((item) => (item.kind === 'object' && item.struct === 'ContainerPort' ? portOf(item) : []));
    return [...main, ...database, ...asked, ...more];
  });
}

function portOf(port: ObjectLiteral): DeclaredPort[] {
  const [number, protocol] = [entryOf(port, 'number'), entryOf(port, 'protocol')];
  if (number?.kind !== 'number') return [];
  const [spoken, name] = [protocol?.kind === 'constant' ? protocol.name : 'TCP', entryOf(port, 'name')];
  return [{ number: number.value, protocol: spoken, name: name?.kind === 'text' ? name.value : `${spoken.toLowerCase()}-${number.value}` }];
}

/** How to connect to who declares ports: through these, or whatever it has. */
export function openedAt(declared: readonly DeclaredPort[], options: Expression): Expression {
  const ports = options.kind === 'object' ? entryOf(options, 'ports') : undefined;
  if (options.kind !== 'object' || ports?.kind !== 'list' || declared.length === 0) return options;
  const items = ports.items.filter((each) => each.kind === 'static' && each.args.length === 1 && declared.some(({ number, protocol }) =>
    each.name === protocol.toLowerCase() && each.args[0]?.kind === 'number' && each.args[0].value === number));
  return withEntries(options, { ports: items.length === 0 ? undefined : list(items) });
}
