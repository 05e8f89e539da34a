import { Fault } from '@keelson/core';

const KEYS = ['access', 'account', 'api', 'app', 'client', 'cosmosdb', 'hostapi', 'private', 'query', 'secret', 'user', 'workspace'];
/**
 * Parameters that KEDA's scalers take from a TriggerAuthentication, and as text too: what proves who asks. Names that end in `FromEnv`
 * are those of variables of the pods.
 *
 * @see https://keda.sh/docs/latest/scalers/
 */
const CREDENTIAL = new RegExp(`(?:^key|password|passphrase|token|secret|credentials?|connection|connectionstring|authvalue|(?:${KEYS.join('|')})key)$`, 'i');
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@:]*:[^\s/?#@]+@/i;

/** What is wrong with a text of a trigger that proves who asks: whoever may read the object reads it. */
export function credentialFaults(type: string, member: string, text: string): Fault[] {
  return CREDENTIAL.test(member) ? [inText(type, member, 'the text itself')] : urlFaults(type, member, text);
}

/** The same of what is no such parameter. */
export function urlFaults(type: string, member: string, text: string): Fault[] {
  return URL_WITH_PASSWORD.test(text) ? [inText(type, member, 'a URL with a password')] : [];
}

/** The message doesn't say the text. */
function inText(type: string, member: string, got: string): Fault {
  return {
    code: 'KEELSON2144', member, got, allowed: 'in a Secret, since whoever may read the ScaledObject reads what its triggers are told',
    fix: `give 'authentication' instead, such as new TriggerAuthentication(chart, '${type}', { secrets: { ${member}: { secret, key } } })`,
  };
}
