import { Construct } from 'constructs';

/** An id that no other child has: of two objects of one kind and name, the check of names tells. */
export function freeId(scope: Construct, id: string, otherwise: string): string {
  const wanted = id === '' ? otherwise : id;
  let candidate = wanted;
  for (let number = 2; scope.node.tryFindChild(candidate) !== undefined; number++) {
    candidate = `${wanted}-${number}`;
  }
  return candidate;
}
