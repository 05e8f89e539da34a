import { Fault } from '../faults';
import type { SealedSecretProps } from '../sealed-secret';
import { SealingScope } from '../sealing-scope';
import { base64Faults, dataFaults, keyFaults } from './config-data';
import { goTemplateFaults } from './go-template';
import { flagFaults } from './made';
import { oneOfFaults } from './one-of';
import { madeTypeFaults } from './secret-types';

/** RSA of 1024 to 16384 bits, and what AES-GCM adds. */
const SHORTEST_KEY = 128;
const LONGEST_KEY = 2048;
const TAG = 16;

/** The keys that the Secret will have. */
export function sealedKeys({ encryptedData, templates = {} }: SealedSecretProps): string[] {
  return [...new Set([...Object.keys(encryptedData), ...Object.keys(templates)])].sort();
}

/** What is wrong with a SealedSecret. Values are never shown: somebody may have given the text itself. */
export function sealedSecretFaults(props: SealedSecretProps): { prop: string; fault: Fault }[] {
  const { encryptedData, templates } = props;
  const none = dataFaults(encryptedData);
  const noTemplates = templates === undefined ? [] : dataFaults(templates);
  const entries = none.length > 0 ? [] : Object.entries(encryptedData);
  const known = entries.map(([key]) => key).sort();
  const faults = {
    encryptedData: [
      ...none,
      ...none.length > 0 || entries.length > 0 ? [] : [{
        code: 'KEELSON1880', got: 'none', allowed: 'one value or more', fix: "give spec.encryptedData of what 'kubeseal -o yaml' prints",
      }],
      ...entries.flatMap(([key, value]) => [...keyFaults(key), ...sealedFaults(key, value)]),
    ],
    templates: [
      ...noTemplates,
      ...(noTemplates.length > 0 ? [] : Object.entries(templates ?? {}))
        .flatMap(([key, text]) => [...keyFaults(key), ...goTemplateFaults(key, text, known)]),
    ],
    scope: oneOfFaults('SealingScope', SealingScope, props.scope),
    immutable: flagFaults(props.immutable),
    type: madeTypeFaults(props.type, none.length + noTemplates.length > 0 ? undefined : sealedKeys(props)),
  };
  return Object.entries(faults).flatMap(([prop, all]) => all.map(fault => ({ prop, fault })));
}

/** What kubeseal makes: the length of a key that was encrypted by RSA, that key, and the value that was encrypted by it. */
function sealedFaults(member: string, value: unknown): Fault[] {
  const isBase64 = typeof value === 'string' && base64Faults(member, value).length === 0;
  const bytes = isBase64 ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  const length = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  return length >= SHORTEST_KEY && length <= LONGEST_KEY && bytes.length >= 2 + length + TAG ? [] : [{
    code: 'KEELSON1881', member, got: typeof value !== 'string' ? `a ${typeof value}` : isBase64 ? 'base64 of something else' : 'a text that is no base64',
    allowed: 'a value that kubeseal has sealed', fix: "seal it: 'kubeseal --raw --name NAME --namespace NAMESPACE', or with --scope",
  }];
}
