import { itemsAt, objectAt, titleOf, type JsonObject } from '@keelson/testing';

/** Policies with one mistake in them, each of which the tables must show. */
export interface Mutant {
  readonly title: string;
  readonly policies: JsonObject[];
}

/** Every policy left out; every rule left out, opened to every port, opened to everybody. */
export function mutantsOf(policies: readonly JsonObject[]): Mutant[] {
  return policies.flatMap((policy, index) => {
    const others = (changed: JsonObject[]): JsonObject[] => replaced(policies, index, changed);
    const mutant = (title: string, ...changed: JsonObject[]): Mutant => ({ title: `${titleOf(policy)} ${title}`, policies: others(changed) });
    const spec = objectAt(policy, 'spec');
    const withRules = (direction: string, rules: JsonObject[]): JsonObject => ({ ...policy, spec: { ...spec, [direction]: rules } });
    const ofRules = [['ingress', 'from'], ['egress', 'to']].flatMap(([direction = '', peers = '']) => {
      const rules = itemsAt(spec, direction).map(([, rule]) => rule);
      return rules.flatMap((rule, at) => {
        const changed = (...instead: JsonObject[]): JsonObject => withRules(direction, replaced(rules, at, instead));
        const { [peers]: to, ports, ...rest } = rule;
        return [
          mutant(`without ${direction}[${at}]`, changed()),
          ...(ports === undefined ? [] : [mutant(`with every port in ${direction}[${at}]`, changed({ ...rest, [peers]: to }))]),
          ...(to === undefined ? [] : [mutant(`with everybody in ${direction}[${at}]`, changed({ ...rest, ports }))]),
        ];
      });
    });
    return [mutant('left out'), ...ofRules];
  });
}

function replaced(list: readonly JsonObject[], at: number, instead: readonly JsonObject[]): JsonObject[] {
  return list.flatMap((each, index) => (index === at ? instead : [each]));
}
