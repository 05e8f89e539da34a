import type { EdgeCase, EdgeRequest } from './edge-case.js';
import { factsText } from './facts.js';
import type { Fact, Expected } from './edge-case.js';
import type { Target } from './targets.js';
import type { Verdict } from './verdict.js';

/** docs/edge-requests.md: what came back, feature by feature and target by target. */
export function edgePage(
  cases: readonly EdgeCase[], targets: readonly Pick<Target, 'id' | 'title'>[], verdicts: readonly Verdict[], versions: { readonly traefik: string; readonly kubernetes: string },
): string {
  const notes: string[] = [];
  const cell = (edgeCase: EdgeCase, { id }: Pick<Target, 'id'>): string => {
    const { word, note } = verdicts.find(({ rendered }) => rendered.edgeCase === edgeCase && rendered.target.id === id) ?? { word: 'not tried', note: undefined };
    if (note === undefined) return word;
    if (!notes.includes(note)) notes.push(note);
    return `${word} <sup>${notes.indexOf(note) + 1}</sup>`;
  };
  const rows = cases.map((each) => [each.id, ...targets.map((target) => cell(each, target))]);
  return `# Requests through a real proxy

<!-- Written by \`npm run conformance -- --edge --update\`: don't edit. -->

Each feature is described once with \`@keelson/web\`, rendered for each target, applied to an API server of Kubernetes ${versions.kubernetes}, read by Traefik
${versions.traefik}, and asked by real requests.

- *same*: the answers are those under [Requests](#requests).
- *differs*: the target is so, for the reason in the note.
- *refused*: the library renders nothing, and says why.
- *lacking*: the objects are rendered and taken by the API server, and this proxy reads them without the feature.

Traefik reads the objects of all columns, each by its own provider. How it reads the annotations of ingress-nginx isn't how that controller reads
them in all. What Envoy Gateway makes of its policies isn't asked here: their schemas are what an API server has checked.

${table(['feature', ...targets.map(({ title }) => title)], rows)}

${notes.map((note, at) => `${at + 1}. ${note}`).join('\n')}

## Requests

${cases.map(section).join('\n')}`;
}

function section({ id, feature, requests }: EdgeCase): string {
  return `### ${id}

${feature}

${table(['request', 'answer'], requests.map((request) => [asked(request), factsText(Object.entries(request.expect) as [Fact, Expected[Fact]][])]))}
`;
}

function asked({ title, url, method, as, bytes, times, headers }: EdgeRequest): string {
  const how = as === 'grpc' ? 'gRPC' : as === 'web-socket' ? 'WebSocket' : method ?? 'GET';
  const more = [
    ...Object.entries(headers ?? {}).map(([name, value]) => `\`${name}: ${value}\``),
    ...bytes === undefined ? [] : [`${bytes} bytes`],
    ...times === undefined ? [] : [`${times} times`],
  ];
  return [`${title}: ${how} ${url === undefined ? 'to where the answer before leads' : `\`${url}\``}`, ...more].join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
