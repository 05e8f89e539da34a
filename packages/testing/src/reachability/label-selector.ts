import type { Field } from './fields.js';

/** Labels of a pod or of a namespace. */
export type Labels = Readonly<Record<string, string>>;

/** What labels have to be like: every requirement holds, so that none is all. */
export type LabelSelector = readonly Requirement[];

interface Requirement {
  readonly key: string;
  readonly operator: typeof OPERATORS[number];
  readonly values: readonly string[];
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** Whether a selector selects what has these labels. As everywhere in Kubernetes, `NotIn` holds where the key is absent. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In': return value !== undefined && values.includes(value);
      case 'NotIn': return value === undefined || !values.includes(value);
      case 'Exists': return value !== undefined;
      case 'DoesNotExist': return value === undefined;
    }
  });
}

/** Reads a label selector. An absent one is the caller's to deal with: it differs what it means. */
export function readSelector(field: Field): LabelSelector {
  const members = field.members('matchLabels', 'matchExpressions');
  if (members === undefined) return [];
  return [
    ...Object.entries(members.matchLabels.texts()).map(([key, value]): Requirement => ({ key, operator: 'In', values: [value] })),
    ...members.matchExpressions.items().flatMap((expression) => readRequirement(expression) ?? []),
  ];
}

function readRequirement(field: Field): Requirement | undefined {
  const members = field.members('key', 'operator', 'values');
  if (members === undefined) return undefined;
  const key = members.key.text();
  const operator = OPERATORS.find((each) => each === members.operator.value);
  if (operator === undefined) return members.operator.refuse(`must be one of ${OPERATORS.join(', ')}`);
  const values = members.values.items().flatMap((value) => value.text() ?? []);
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues && members.values.items().length === 0) members.values.refuse(`must be given with ${operator}`);
  if (!takesValues && members.values.items().length > 0) members.values.refuse(`must not be given with ${operator}`);
  return key === undefined ? undefined : { key, operator, values };
}
