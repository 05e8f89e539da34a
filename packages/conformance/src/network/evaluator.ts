import type { Json, JsonObject } from '@keelson/testing';
import { goTool } from '../checkers/pinned-tools.js';
import { output } from '../command.js';
import type { Traffic } from './grids.js';
import { inCyclonusTerms } from './in-cyclonus-terms.js';

/** Policies, and connections to judge by them. */
export interface Question {
  readonly policies: readonly JsonObject[];
  readonly traffic: readonly Traffic[];
}

/** Whether the source's policies let a connection out, and the destination's let it in. */
export interface Verdict {
  readonly out: boolean;
  readonly in: boolean;
}

/** Compiles the evaluator unless it is there. */
export function installEvaluator(): Promise<string> {
  return goTool('cyclonus', '.');
}

/** Judges by cyclonus: a verdict per connection of each question. */
export async function judgeTraffic(questions: readonly Question[]): Promise<Verdict[][]> {
  const restated = questions.map(({ policies, traffic }) => ({ policies: inCyclonusTerms(policies), traffic }));
  const answers = JSON.parse(await output(await installEvaluator(), [], { input: JSON.stringify(restated) })) as Json;
  const asked = questions.map(({ traffic }) => traffic.length);
  const isComplete = Array.isArray(answers) && asked.every((count, index) => (answers[index] as Json[] | undefined)?.length === count);
  if (!isComplete) throw new Error('the evaluator has left questions open');
  return answers as unknown as Verdict[][];
}
