/**
 * How the `yaml` package (2.x, YAML 1.1, no folding: as cdk8s calls it) writes a string inside a map or a list.
 *
 * `key` says whether the string is a map's key; `indent` is the blank that following lines of the string start with.
 */
export function stringText(value: string, key: boolean, indent: string): string {
  if (CERTAINLY_PLAIN.test(value) && !MEANS_SOMETHING.test(value)) {
    return value;
  }
  const lines = value.includes('\n');
  if (CONTROL.test(value)) {
    return doubleQuoted(value, key, indent);
  }
  if (lines && key) {
    return quoted(value, key, indent);
  }
  if (lines) {
    return block(value, indent);
  }
  const refused = NOT_PLAIN.test(value) || (key && indent === STEP && startsLikeDocument(value));
  return refused || READ_AS_NUMBER.test(value) || OTHER_TYPES.some(type => type.test(value)) ? quoted(value, key, indent) : value;
}

/** Whether a line of the string could be read as the start or end of a document, or as a directive. */
export function startsLikeDocument(value: string): boolean {
  return DOCUMENT_MARK.test(value);
}

const STEP = '  ';
const DOCUMENT_MARK = /^(%|---|\.\.\.)/m;

/** Names, paths, images, host names: most strings of a manifest, told by one test. */
const CERTAINLY_PLAIN = /^[A-Za-z/][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]+)*$/;

/** Of those, the words that YAML 1.1 takes for something else (and a few more, which then go the long way). */
const MEANS_SOMETHING = /^(?:y|yes|true|on|n|no|false|off|null|e[-+]?[0-9]+)$/i;

/** Control characters and halves of surrogate pairs: only double quotes can say them. */
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u;

/** An indicator where it would be read as one, or blanks that would be lost. */
const NOT_PLAIN = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|:[ \t]|[\t ]#|[\t :]$/;

/** What YAML 1.1 reads as null, boolean, integer, float, sexagesimal or timestamp. */
const OTHER_TYPES = [
  /^(?:~|[Nn]ull|NULL)?$/,
  /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
  /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
  /^[-+]?0b[0-1_]+$/,
  /^[-+]?[0-9][0-9_]*$/,
  /^[-+]?0x[0-9a-fA-F_]+$/,
  /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
  /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
  /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  new RegExp('^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}'
    + '(?:(?:t|T|[ \\t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\\.[0-9]+)?(?:[ \\t]*(?:Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$'),
];

/**
 * What kubectl reads as a number, though YAML 1.1 and cdk8s take it for a text: Go's prefixes in either case, `0o`, and `_` anywhere.
 *
 * The one difference to cdk8s' own files: there, `0o17` arrives in the cluster as 15, or is refused.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go
 */
export const READ_AS_NUMBER = new RegExp('^(?=[-+.0-9])[-+]?(?:_*0_*(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB]_*[-+]?[01_]+)'
  + '|(?:[0-9_]+(?:\\.[0-9_]*)?|\\.[0-9_]+)(?:[eE]_*[-+]?[0-9_]+)?)$');

/** Double quotes by default; single quotes where that saves escaping a double quote. */
function quoted(value: string, key: boolean, indent: string): string {
  const single = value.includes('"') && !value.includes("'") && !(key && value.includes('\n')) && !/[ \t]\n|\n[ \t]/.test(value);
  return single ? `'${indented(value, `\n${textIndent(value, indent)}`)}'` : doubleQuoted(value, key, indent);
}

/** Lines that could be read as document marks are never put at column 0. */
function textIndent(value: string, indent: string): string {
  return indent === '' && startsLikeDocument(value) ? STEP : indent;
}

function indented(text: string, after: string): string {
  return text.replace(/\n+/g, newlines => newlines + after);
}

/** Escapes of YAML that JSON doesn't have; what else JSON writes as `\u00xx` becomes `\xxx`. */
const ESCAPES = new Map([
  ['0000', '\\0'], ['0007', '\\a'], ['000b', '\\v'], ['001b', '\\e'], ['0085', '\\N'], ['00a0', '\\_'], ['2028', '\\L'], ['2029', '\\P'],
]);

/** From this many characters on, a double-quoted string is broken at its newlines. */
const MULTI_LINE_LENGTH = 40;

function doubleQuoted(value: string, key: boolean, indent: string): string {
  const json = JSON.stringify(value);
  const breaks = !key && json.length >= MULTI_LINE_LENGTH;
  const lineStart = textIndent(value, indent);
  return json.replace(/ ?\\(?:u([0-9a-f]{4})|(n)((?:\\n)*)|.)/g, (match: string, code: string | undefined, n: string | undefined,
    more: string | undefined, at: number) => {
    const blank = match.startsWith(' ') ? ' ' : '';
    if (code !== undefined) {
      return blank + (ESCAPES.get(code) ?? (code.startsWith('00') ? `\\x${code.slice(2)}` : `\\u${code}`));
    }
    if (n === undefined) {
      return match;
    }
    // a blank before a newline would be folded away
    const kept = blank === '' ? '' : '\\ ';
    const count = 1 + (more ?? '').length / 2;
    const atEnd = json.length - 1 === at + match.length;
    const broken = atEnd ? count - 1 : count;
    if (!breaks || broken === 0) {
      return kept + '\\n'.repeat(count);
    }
    const next = atEnd ? '\\' : json[at + match.length];
    return `${kept}\n${'\n'.repeat(broken)}${lineStart}${next === ' ' ? '\\' : ''}${atEnd ? '\\n' : ''}`;
  });
}

/** A literal block (`|`), which keeps every character but blanks at its very end. */
function block(value: string, indent: string): string {
  if (/\n[\t ]+$/.test(value)) {
    return quoted(value, false, indent);
  }
  const lineStart = textIndent(value, indent);
  const body = value.replace(/[\n\t ]+$/, '');
  const end = value.slice(body.length);
  const leading = /^[\n ]*/.exec(body)?.[0] ?? '';
  const firstLines = leading.slice(0, leading.lastIndexOf('\n') + 1);
  const indicator = leading.includes(' ') ? (lineStart === '' ? '1' : '2') : '';
  return `|${indicator}${chomping(end, body)}\n${lineStart}${indented(firstLines, lineStart)}`
    + `${indented(body.slice(firstLines.length), lineStart)}${blockEnd(end, lineStart)}`;
}

/** Whether newlines at the end are dropped (`-`), one is kept, or all are (`+`). */
function chomping(end: string, body: string): string {
  const newline = end.indexOf('\n');
  if (newline < 0) {
    return '-';
  }
  return body === '' || newline !== end.length - 1 ? '+' : '';
}

function blockEnd(end: string, lineStart: string): string {
  const withoutLast = end.endsWith('\n') ? end.slice(0, -1) : end;
  return withoutLast.replace(/(^|(?<!\n))\n+(?!\n|$)/g, newlines => newlines + lineStart);
}
