import type { Fault } from '../faults';
import type { GeneratedSecretOptions } from '../generated-secret';
import { Labels } from '../labels';
import type { SecretText } from '../secret-text';
import { dataFaults, keyFaults } from './config-data';
import { flagFaults, isMade, madeFaults } from './made';
import { quoted } from './quoted';
import { halfPairFaults } from './secret-template';
import { madeTypeFaults } from './secret-types';
import { within } from './within';

/** What is wrong with a Secret that is to be generated. */
export function contentFaults(texts: { [key: string]: SecretText }, options: GeneratedSecretOptions): Fault[] {
  const none = dataFaults(texts);
  return [...none.length > 0 ? within('texts', none) : textFaults(texts, options.type), ...optionFaults(options)];
}

function textFaults(texts: { [key: string]: SecretText }, type: string | undefined): Fault[] {
  const entries = Object.entries(texts);
  const own = entries.flatMap(([key, text]) => [
    ...keyFaults(key), ...within(key, madeFaults(text, 'SecretText', 'random(32)')),
  ]);
  if (own.length > 0 || entries.some(([, text]) => !isMade(text))) {
    return own;
  }
  const random = entries.some(([, text]) => text._random !== undefined) ? [] : [{
    code: 'KEELSON1854', got: entries.length === 0 ? 'no text at all' : 'literal texts only', allowed: 'made with one random text or more',
    fix: 'add one, such as { password: SecretText.random(32) }; what is no secret belongs into a ConfigMap',
  }];
  return [...random, ...entries.flatMap(([key, text]) => mentionFaults(key, text, texts)), ...within('type', madeTypeFaults(type, Object.keys(texts)))];
}

function mentionFaults(key: string, text: SecretText, texts: { [key: string]: SecretText }): Fault[] {
  const good = Object.keys(texts).filter(other => texts[other]?._isTemplate === false).sort();
  const named = new Set(text._pieces.flatMap(piece => ('key' in piece ? [piece.key] : [])));
  return [...named].filter(name => !good.includes(name)).map(name => ({
    code: 'KEELSON1853', member: key, got: quoted(`{${name}}`),
    allowed: `a template of random and literal texts of the same Secret (${good.map(other => `{${other}}`).join(', ')})`,
    fix: Object.hasOwn(texts, name) ? 'write out what that template says' : "add the key, or write '{{' and '}}' for braces themselves",
  }));
}

function optionFaults({ immutable, labels = {}, annotations = {} }: GeneratedSecretOptions): Fault[] {
  return [
    ...within('immutable', flagFaults(immutable)),
    ...within('labels', Labels._faultsOfAll(labels)),
    ...within('annotations', Object.entries(annotations).flatMap(([key, value]) => [
      ...Labels.annotationFaultsOf(key, value), ...typeof value === 'string' ? within(key, halfPairFaults(value)) : [],
    ])),
  ];
}
