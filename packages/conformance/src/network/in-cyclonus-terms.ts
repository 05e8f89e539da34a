import { isObject, itemsAt, objectAt, type Json, type JsonObject } from '@keelson/testing';

/**
 * Policies that cyclonus 0.5.6 reads as the API server would have read the given ones. Three things it does otherwise:
 *
 * - It refuses a policy without `policyTypes`, which an API server gives it with the defaults in (`SetDefaults_NetworkPolicy`): "If this
 *   field is not specified, it will default based on the existence of ingress or egress rules".
 * - `NotIn` doesn't select what lacks the key. It does in Kubernetes: `Requirement.Matches` of k8s.io/apimachinery, and the page about
 *   labels, "… as well as all resources with no labels with the key". So each selector with `NotIn` is several here, which together
 *   select the same: a policy is split into policies and a peer into peers, and both add up.
 * - A label of `matchLabels` with an empty value also selects what lacks the key, since a Go map has an empty text for it. As `In` it
 *   doesn't.
 *
 * A fourth is the caller's: "A Pod cannot block access to itself" of the page about NetworkPolicies, which cyclonus knows nothing of.
 */
export function inCyclonusTerms(policies: readonly JsonObject[]): JsonObject[] {
  return policies.flatMap((policy) => {
    const spec = objectAt(policy, 'spec');
    const restated: JsonObject = {
      ...spec,
      policyTypes: policyTypesOf(spec),
      ingress: rulesOf(spec, 'ingress', 'from'),
      egress: rulesOf(spec, 'egress', 'to'),
    };
    return selectorsFor(spec.podSelector ?? {}).map((podSelector): JsonObject => ({ ...policy, spec: { ...restated, podSelector } }));
  });
}

function policyTypesOf({ policyTypes, egress }: JsonObject): Json[] {
  if (Array.isArray(policyTypes) && policyTypes.length > 0) return policyTypes;
  return ['Ingress', ...(Array.isArray(egress) && egress.length > 0 ? ['Egress'] : [])];
}

function rulesOf(spec: JsonObject, direction: string, peers: string): Json[] {
  return itemsAt(spec, direction).map(([, rule]) => ({ ...rule, [peers]: itemsAt(rule, peers).flatMap(([, peer]) => peersFor(peer)) }));
}

function peersFor(peer: JsonObject): JsonObject[] {
  const { namespaceSelector, podSelector } = peer;
  const spaces = isObject(namespaceSelector) ? selectorsFor(namespaceSelector) : [namespaceSelector];
  const pods = isObject(podSelector) ? selectorsFor(podSelector) : [podSelector];
  return spaces.flatMap((space) => pods.map((pod): JsonObject => ({ ...peer, namespaceSelector: space, podSelector: pod })));
}

/** Selectors that together select in cyclonus what one selects in Kubernetes. */
function selectorsFor(selector: Json): JsonObject[] {
  const labels = Object.entries(objectAt(selector, 'matchLabels'));
  const expressions = itemsAt(objectAt(selector), 'matchExpressions').map(([, each]) => each);
  const certain = [
    ...labels.filter(([, value]) => value === '').map(([key, value]): JsonObject => ({ key, operator: 'In', values: [value ?? ''] })),
    ...expressions.filter(({ operator }) => operator !== 'NotIn'),
  ];
  const matchLabels = Object.fromEntries(labels.filter(([, value]) => value !== ''));
  const alternatives = expressions.filter(({ operator }) => operator === 'NotIn').reduce<JsonObject[][]>(
    (all, each) => all.flatMap((some) => [[...some, each], [...some, { key: each.key, operator: 'DoesNotExist' }]]), [certain],
  );
  return alternatives.map((matchExpressions): JsonObject => ({ matchLabels, matchExpressions }));
}
