import { Yaml } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { Fault } from '../../faults';
import { quoted } from '../quoted';
import { Place } from './place';
import { PROFILE, ProfileFile } from './profile-shape';
import { repeatedKeys } from './repeated-keys';

/** A profile from a file, and what is wrong in it: what can be read is, so that all of it is told at once. */
export function readProfileFile(file: string): { readonly profile: ProfileFile; readonly faults: Fault[] } {
  const faults: Fault[] = [];
  const place = new Place(faults);
  const content = contentOf(file, place);
  return { profile: content === undefined ? {} : PROFILE.shape.read(content.value, place) ?? {}, faults };
}

/** The one document of a file. */
function contentOf(file: string, place: Place): { readonly value: unknown } | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    place.report({ code: 'KEELSON1630', got: `${quoted(file)}, ${reasonOf(cause)}`, allowed: 'a file that can be read', fix: `check its path: it is looked for at ${resolve(file)}` });
    return undefined;
  }
  try {
    return extname(file).toLowerCase() === '.json' ? { value: JSON.parse(text) as unknown } : yamlOf(file, text, place);
  } catch (cause) {
    place.report({ code: 'KEELSON1631', got: reasonOf(cause), allowed: 'one document of JSON or YAML', fix: 'mend it: an editor shows where it breaks' });
    return undefined;
  }
}

/** cdk8s takes a key that is there twice: the first one would be lost without a word. */
function yamlOf(file: string, text: string, place: Place): { readonly value: unknown } | undefined {
  for (const { key, line } of repeatedKeys(text)) {
    place.report({ code: 'KEELSON1635', got: `${quoted(key)} again in line ${line}`, allowed: 'a map that has each key once', fix: 'keep one of the two' });
  }
  const documents = Yaml.load(resolve(file)) as unknown[];
  if (documents.length !== 1) {
    const got = documents.length === 0 ? 'an empty file' : `${documents.length} documents`;
    place.report({ code: 'KEELSON1631', got, allowed: 'one document of JSON or YAML', fix: "keep one profile in a file; an empty one is '{ preset: kubernetes }'" });
    return undefined;
  }
  return { value: documents[0] };
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const reasons = new Map<unknown, string>([['ENOENT', 'which is not there'], ['EISDIR', 'which is a folder'], ['EACCES', 'which may not be read']]);
  return reasons.get(code) ?? String(message).split('\n')[0] ?? '';
}
