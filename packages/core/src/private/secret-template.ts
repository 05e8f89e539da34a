import { Fault } from '../faults';
import { quoted } from './quoted';

/** Half of a surrogate pair: no text in UTF-8 has it. */
const HALF_PAIR = /\p{Cs}/u;

/** What is wrong with a text that is sent as JSON, with all but ASCII escaped: a decoder would write another character for such a half. */
export function halfPairFaults(text: string): Fault[] {
  return !HALF_PAIR.test(text) ? [] : [{
    code: 'KEELSON1851', got: 'one with half of a surrogate pair', allowed: 'a text that UTF-8 can hold', fix: 'look at where it was cut',
  }];
}

/** A part of a template: a text as it is, or the key that the text under it comes from. */
export type Piece = { readonly text: string } | { readonly key: string };

/** `{{` and `}}` are braces of the text, `{key}` names a key; a brace that is neither is a mistake. */
const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g;

/** The parts of a template, and what is wrong with it. */
export function piecesOf(template: string): { pieces: Piece[]; faults: Fault[] } {
  const pieces: Piece[] = [];
  let isLone = false;
  for (const [part, key] of template.matchAll(PART)) {
    if (key !== undefined) {
      pieces.push({ key });
    } else {
      isLone ||= part === '{' || part === '}';
      pieces.push({ text: part === '{{' ? '{' : part === '}}' ? '}' : part });
    }
  }
  return { pieces, faults: !isLone ? [] : [{
    code: 'KEELSON1852', got: quoted(template), allowed: "a text with keys in braces, such as '{password}'", fix: "write '{{' or '}}' for a brace itself",
  }] };
}
