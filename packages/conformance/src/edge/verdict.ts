import type { EdgeRequest, Expected, Fact, TargetId } from './edge-case.js';
import { factText, isAsExpected } from './facts.js';
import type { Observed } from './journey.js';
import type { Rendered } from './rendered.js';

/** What became of a case at a target: for the table, and what is wrong. */
export interface Verdict {
  readonly rendered: Rendered;
  /** What the table says. */
  readonly word: 'same' | 'differs' | 'refused' | 'lacking' | '**wrong**';
  /** What explains it. */
  readonly note?: string;
  readonly faults: readonly string[];
}

const REFUSAL_WORDS = 24;

/** Judges what came back by what the case expects of the target. */
export function judge(rendered: Rendered, observed: readonly Observed[]): Verdict {
  const { edgeCase, target: { id, title }, refusal } = rendered;
  const verdict = (word: Verdict['word'], note?: string, ...faults: string[]): Verdict =>
    ({ rendered, word, ...note === undefined ? {} : { note }, faults: faults.map((fault) => `${edgeCase.id}, ${title}: ${fault}`) });
  const mayRefuse = edgeCase.refused?.includes(id) === true;
  if (refusal !== undefined) return verdict('refused', firstWords(refusal), ...mayRefuse ? [] : [`refused: ${refusal}`]);
  if (mayRefuse) return verdict('**wrong**', undefined, 'was to be refused, and is rendered');

  const wrong = edgeCase.requests.flatMap((request) => complaints(request, expectedAt(request, rendered), observed));
  const unlike = edgeCase.requests.flatMap((request) => complaints(request, request.expect, observed));
  const lacking = edgeCase.lacking?.[id];
  if (lacking !== undefined) {
    return verdict('lacking', lacking, ...unlike.length > 0 ? [] : ['answers as if it had what the case says it lacks']);
  }
  if (wrong.length > 0) return verdict('**wrong**', wrong.join('; '), ...wrong);
  const difference = edgeCase.differs?.[id];
  if (difference === undefined) return verdict('same');
  const shown = edgeCase.requests.flatMap((request) => complaints(request, request.expect, observed).slice(0, 1));
  return verdict('differs', `${shown.join('; ')}: ${difference.why}`, ...unlike.length > 0 ? [] : ['answers as all others, and the case says it differs']);
}

/** What a request is to give at a target. */
export function expectedAt({ title, expect }: EdgeRequest, { edgeCase, target: { id } }: Pick<Rendered, 'edgeCase'> & { readonly target: { readonly id: TargetId } }): Expected {
  return { ...expect, ...edgeCase.differs?.[id]?.answers[title] };
}

function complaints({ title }: EdgeRequest, expected: Expected, observed: readonly Observed[]): string[] {
  const facts = observed.find((each) => each.title === title)?.facts;
  return (Object.entries(expected) as [Fact, Expected[Fact]][]).filter(([fact, value]) => !isAsExpected(value, facts?.get(fact)))
    .map(([fact, value]) => `${title}: ${factText(fact, facts?.get(fact))} instead of ${factText(fact, value)}`);
}

/** Code and reason of a feature that a target can't say; of any other refusal its first words. */
function firstWords(text: string): string {
  // Reason and advice are apart by a colon; the advice ends in what else can.
  const [, code, why] = /^(KEELSON\d+) .* must be what the target can say, got .*?\): (.*): .*?choose a target that can/.exec(text) ?? [];
  if (code !== undefined && why !== undefined) return `${code}, ${why}`;
  const words = (text.split(', got ')[0] ?? '').split(' ');
  return words.length <= REFUSAL_WORDS ? words.join(' ') : `${words.slice(0, REFUSAL_WORDS).join(' ')} …`;
}
