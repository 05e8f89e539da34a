import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Faults } from '../faults';
import { quoted } from './quoted';

/**
 * The id a construct may take in `scope`. A taken one, or one that `constructs` can't take, would end the program in the middle
 * of `constructs`: it is reported instead, and the construct goes on under another.
 */
export function claimId(scope: Construct, id: string): string {
  inChart(scope, id);
  keepChildrenApart(scope);
  if (id === '') {
    // Only a root may be without; the empty name that follows from it is reported.
    return claimId(scope, 'unnamed');
  }
  // `constructs` keeps children in a plain object.
  if (typeof id !== 'string' || id in Object.prototype) {
    Faults.report(scope, 'id', [{
      code: 'KEELSON1282', got: quoted(id), allowed: 'a text, and no member of all objects of JavaScript', fix: "choose another id, such as 'storefront'",
    }]);
    return freeId(scope, typeof id === 'string' ? id : 'unnamed');
  }
  if (scope.node.tryFindChild(id) === undefined) {
    return id;
  }
  Faults.report(scope, id, [{
    code: 'KEELSON1219', got: `a second construct '${id}'`, allowed: 'the id of one construct in its scope', fix: 'give one of the two another id',
  }]);
  return freeId(scope, id);
}

/**
 * `constructs` keeps children by id in a `{}`. From some 1,500 different first keys on V8 gives every new object a shape of its
 * own, which makes a synth several times slower and larger; an object without a prototype takes no part in that.
 */
function keepChildrenApart({ node }: Construct): void {
  const inside = node as unknown as { _children?: object };
  if ('_children' in node && inside._children === undefined) {
    inside._children = Object.create(null) as object;
  }
}

function freeId(scope: Construct, id: string): string {
  let free = `${id}-2`;
  for (let n = 3; scope.node.tryFindChild(free) !== undefined; n++) {
    free = `${id}-${n}`;
  }
  return free;
}

/** Objects can't be made outside a Chart, so this is the one mistake that ends the program at once. */
function inChart(scope: Construct, id: string): void {
  for (let at: Construct | undefined = scope; at !== undefined; at = at.node.scope as Construct | undefined) {
    if (Chart.isChart(at)) {
      return;
    }
  }
  throw new Error(`[${scope.node.path === '' ? id : `${scope.node.path}/${id}`}] KEELSON1209 'scope' must be a Chart or a construct in one, `
    + "got the App: make one by new Chart(app, 'shop', { namespace: 'shop' })");
}
