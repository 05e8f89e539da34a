import type { Manifests } from './manifests.js';

/** Goldens that no release has had yet, by title, each with its reason; the next release takes them off. */
const NEW_GOLDENS: ReadonlyMap<string, string> = new Map([
  ['edge/gateway-api-1.36', 'the example came after the last release'],
  ['edge/ingress-nginx-1.36', 'the example came after the last release'],
  ['edge/traefik-1.36', 'the example came after the last release'],
  ['mysql-nodeport/nodeport-1.36', 'the example came after the last release'],
  ['shop/gateway-1.27', 'the example came after the last release'],
  ['shop/gateway-1.36', 'the example came after the last release'],
  ['from-cdk8s-plus/ingress-1.36', 'the example came after the last release'],
  ['tenants/tenants-1.36', 'the example came after the last release'],
]);

/** What is wrong with the goldens of releases: each of today's has one before it, and there is something to upgrade. */
export function releaseFaults(
  goldens: readonly Manifests[], releasedOf: (golden: Manifests) => readonly Manifests[], fresh: ReadonlyMap<string, string> = NEW_GOLDENS,
): string[] {
  const before = goldens.map((golden) => ({ golden, earlier: releasedOf(golden) }));
  const faults = before.flatMap(({ golden: { title }, earlier }) => {
    if (earlier.length === 0 && !fresh.has(title)) return [`${title} has no golden of an earlier release: add it to released/, or say in released.ts why it is new`];
    return earlier.length > 0 && fresh.has(title) ? [`${title} isn't new any more: take it out of released.ts`] : [];
  });
  const unknown = [...fresh.keys()].filter((title) => goldens.every((each) => each.title !== title));
  const upgraded = before.flatMap(({ golden, earlier }) => earlier.filter((each) => textOf(each) !== textOf(golden)));
  return [
    ...faults,
    ...unknown.map((title) => `${title} is new in released.ts and no golden: take it out`),
    ...upgraded.length === 0 ? ['every golden is what its releases were, so that nothing is upgraded: keep an older one that differs'] : [],
  ];
}

function textOf({ objects }: Manifests): string {
  return JSON.stringify(objects);
}
