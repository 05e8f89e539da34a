import type { Echo } from './back-end/ports.js';
import type { Answer } from './client.js';
import type { Expected, Fact } from './edge-case.js';

/** What is known beside the answers themselves. */
export interface Surroundings {
  /** The app that an endpoint's address is of. */
  readonly appAt: (address: string) => string | undefined;
  /** Whose certificate has a name. */
  readonly ownerOf: (certificate: string) => string;
  /** What arrived behind the proxy of the last request. */
  readonly arrived: readonly Echo[];
  /** The hosts that were asked before the last one. */
  readonly visited: readonly string[];
}

/** The facts that were asked for, as these answers have them. */
export function factsOf(asked: readonly Fact[], answers: readonly Answer[], surroundings: Surroundings): Map<Fact, string | undefined> {
  return new Map(asked.map((fact) => [fact, factOf(fact, answers, surroundings)]));
}

function factOf(fact: Fact, answers: readonly Answer[], { appAt, ownerOf, arrived, visited }: Surroundings): string | undefined {
  const answer = answers.at(-1);
  const echo = echoOf(answer);
  switch (fact) {
    case 'status': return [...new Set(answers.map(({ status }) => status))].sort((a, b) => a - b).join(' and ');
    case 'app': return echo && appAt(echo.address);
    case 'endpoints': return String(new Set(answers.flatMap((each) => echoOf(each)?.address ?? [])).size);
    case 'certificate': return answer?.certificate === undefined ? undefined : ownerOf(answer.certificate);
    case 'text': return answer?.message ?? answer?.body;
    case 'grpc-status': return header(answer?.headers['grpc-status']);
    case 'by way of': return visited.join(' and ');
    case 'tries': return String(arrived.length);
    case 'also went to': return [...new Set(arrived.map(({ address }) => appAt(address)))].filter((app) => app !== (echo && appAt(echo.address))).join(' and ');
    default: return fact.startsWith('answer ') ? header(answer?.headers[fact.slice(7)]) : seen(fact.slice(5), echo);
  }
}

function seen(what: string, echo: Echo | undefined): string | undefined {
  switch (what) {
    case 'path': return echo?.path;
    case 'method': return echo?.method;
    case 'bytes': return echo && String(echo.bytes);
    case 'port': return echo && String(echo.port);
    case 'server name': return echo?.serverName;
    default: return header(echo?.headers[what]);
  }
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

function echoOf(answer: Answer | undefined): Echo | undefined {
  try {
    const value: unknown = JSON.parse(answer?.body ?? '');
    return typeof value === 'object' && value !== null && 'address' in value && 'headers' in value ? value as Echo : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an answer has what was expected of one fact. */
export function isAsExpected(expected: Expected[Fact], observed: string | undefined): boolean {
  if (expected === null || expected === undefined) return observed === undefined;
  return expected instanceof RegExp ? observed !== undefined && expected.test(observed) : observed === String(expected);
}

/** A fact with its value, as a reader sees it. */
export function factText(fact: Fact, value: Expected[Fact]): string {
  const text = value instanceof RegExp ? `like ${code(value.source)}` : value === null || value === undefined ? 'none' : code(String(value));
  switch (fact) {
    case 'status': return value === undefined || value === null ? 'no answer' : String(value);
    case 'app': return value === null || value === undefined ? 'from no app' : `from ${code(String(value))}`;
    case 'endpoints': return `from ${String(value)} endpoint${String(value) === '1' ? '' : 's'}`;
    case 'certificate': return `certificate ${value === undefined || value === null ? 'none' : String(value)}`;
    case 'tries': return `${String(value)} tries`;
    default: return `${fact.startsWith('answer ') ? fact.slice(7) : fact} ${text}`;
  }
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

/** Facts as a reader sees them. */
export function factsText(facts: Iterable<readonly [Fact, Expected[Fact]]>): string {
  return [...facts].map(([fact, value]) => factText(fact, value)).join(', ');
}
