import { items, member, textAt, textsAt } from './manifest-fields';
import { plain } from './render';

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: string[];
}

/**
 * Which pods an object works on.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export class LabelSelector {
  /** A `LabelSelector` of the API; none selects nothing, an empty one everything. */
  public static of(selector: unknown): LabelSelector | undefined {
    if (selector === undefined) {
      return undefined;
    }
    const requirements = items(member(selector, 'matchExpressions')).map(expression => ({
      key: textAt(expression, 'key') ?? '',
      operator: textAt(expression, 'operator') ?? '',
      values: items(plain(member(expression, 'values'))).map(String),
    }));
    return new LabelSelector(textsAt(selector, 'matchLabels') ?? new Map(), requirements);
  }

  /** The plain map of a Service: an empty one selects nothing. */
  public static ofLabels(labels: Map<string, string> | undefined): LabelSelector | undefined {
    return labels === undefined || labels.size === 0 ? undefined : new LabelSelector(labels, []);
  }

  private constructor(public readonly labels: Map<string, string>, private readonly requirements: Requirement[]) {}

  /** Whether it selects every pod of its namespace. */
  public get isEmpty(): boolean {
    return this.labels.size === 0 && this.requirements.length === 0;
  }

  /** The value of the one label it consists of; undefined if there is more to it. */
  public only(key: string): string | undefined {
    return this.labels.size === 1 && this.requirements.length === 0 ? this.labels.get(key) : undefined;
  }

  /** The label that it asks for, where that is all: then all pods that have it are selected. */
  public get oneLabel(): readonly [key: string, value: string] | undefined {
    const [first] = this.labels;
    return this.labels.size === 1 && this.requirements.length === 0 ? first : undefined;
  }

  public matches(labels: Map<string, string>): boolean {
    for (const [key, value] of this.labels) {
      if (labels.get(key) !== value) {
        return false;
      }
    }
    return this.requirements.every(requirement => meets(labels, requirement));
  }

  /** As a user would write it: `app.kubernetes.io/instance=web`. */
  public get text(): string {
    const parts = [
      ...[...this.labels].map(([key, value]) => `${key}=${value}`),
      ...this.requirements.map(({ key, operator, values }) => [key, operator, ...(values.length > 0 ? [`(${values.join(', ')})`] : [])].join(' ')),
    ];
    return parts.length > 0 ? parts.join(', ') : '{}';
  }
}

function meets(labels: Map<string, string>, { key, operator, values }: Requirement): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false; // the API server refuses it
  }
}
