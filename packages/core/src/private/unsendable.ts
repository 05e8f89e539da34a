import { ManifestFault } from './manifest-pod-checks';

/**
 * What API servers don't take in an object that is applied by themselves (`kubectl apply --server-side`, Argo CD, Flux): JSON
 * leaves these characters as they are, and the server reads it as YAML, which refuses them. U+0085 it turns into a blank.
 * Half of a surrogate pair is no text at all: kubectl refuses the file.
 *
 * @see https://yaml.org/spec/1.2.2/#51-character-set
 */
const UNSENDABLE = /[\x7f-\x9f\ufffe\uffff\p{Cs}]/u;

/** The same in YAML, where halves of pairs are written as escapes; the escape may also be a text of its own. */
const SUSPECT = /[\x7f-\x9f\ufffe\uffff]|\\ud[89a-f]/;

/** Whether API servers take the text as it is. */
export function isSendable(text: string): boolean {
  return !UNSENDABLE.test(text);
}

/** The texts of a manifest that no API server would store as they are. Its YAML is searched, as nearly none has any. */
export function unsendable(yaml: string, manifest: unknown): ManifestFault[] {
  return SUSPECT.test(yaml) ? faultsOf(manifest, '') : [];
}

function faultsOf(value: unknown, path: string): ManifestFault[] {
  if (typeof value === 'string') {
    return textFaults(value, path);
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => faultsOf(item, `${path}[${i}]`));
  }
  return typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([key, member]) => [
    ...textFaults(key, path),
    ...faultsOf(member, path === '' ? key : `${path}.${key}`),
  ]);
}

/** The text isn't shown: it may be a Secret's. */
function textFaults(text: string, prop: string): ManifestFault[] {
  const at = text.search(UNSENDABLE);
  return at < 0 ? [] : [{ prop, fault: {
    code: 'KEELSON1405', got: `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')} at position ${at}`,
    allowed: 'free of U+007F to U+009F, U+FFFE, U+FFFF and halves of surrogate pairs', fix: "remove it: API servers refuse or change it; a ConfigMap takes any bytes in 'binaryData'",
  } }];
}
