import { IConstruct } from 'constructs';
import type { Fault } from '../faults';
import { quoted } from './quoted';

/** What makes a Secret in the cluster when it runs there. */
export interface SecretMaker {
  readonly construct: IConstruct;
  /** The prop, or method, that the Secret's name is from. */
  readonly prop: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** All that make Secrets, by tree, in the order in which they were made. */
const makers = new WeakMap<IConstruct, SecretMaker[]>();

export function registerMaker(maker: SecretMaker): void {
  const { root } = maker.construct.node;
  const known = makers.get(root);
  known?.push(maker);
  if (known === undefined) {
    makers.set(root, [maker]);
  }
}

/** One Secret would be another's, and who comes second would find it there, or write over it. */
export function makerFindings(
  root: IConstruct, secrets: readonly { readonly name: string; readonly namespace: string | undefined; readonly object: IConstruct }[],
): { scope: IConstruct; prop: string; fault: Fault }[] {
  const all = (makers.get(root) ?? []).filter(({ construct }) => isIn(root, construct));
  if (all.length === 0) {
    return [];
  }
  const first = new Map(secrets.map(({ name, namespace, object }) => [`${namespace ?? ''}\n${name}`, object]));
  return all.flatMap(({ construct, prop, name, namespace }) => {
    const key = `${namespace ?? ''}\n${name}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, construct);
      return [];
    }
    return [{ scope: construct, prop, fault: {
      code: 'KEELSON1855', got: `${quoted(name)}, which [${other.node.path}] makes too`,
      allowed: `of one Secret${namespace === undefined ? '' : ` in namespace ${namespace}`} only`, fix: 'name one of the two differently',
    } }];
  });
}

/** Whether it wasn't taken out again. */
function isIn(root: IConstruct, construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return construct === root || (scope !== undefined && scope.node.tryFindChild(id) === construct && isIn(root, scope));
}
