import { Fault } from '@keelson/core';
import type { HttpsExposureOptions } from '../exposure-options';

/** Options of exposures by HTTPS, and what messages call them. */
const ENCRYPTED_ONLY: { readonly [option: string]: string } = { certificate: 'a certificate', redirect: 'a redirect to HTTPS', auth: 'authentication' };

/**
 * What is asked of an exposure by plain HTTP that only HTTPS has. TypeScript takes options of the other kind from a variable.
 *
 * @param hosts none of a default backend.
 */
export function plainFaults(options: HttpsExposureOptions, hosts: readonly string[]): Fault[] {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const encrypted = hosts.length === 0 ? 'Exposure.defaultBackend(…)' : 'Exposure.https(…)';
  const wrong = Object.entries(ENCRYPTED_ONLY).filter(([option]) => given[option] !== undefined && !isSignIn(options, option));
  return wrong.map(([member, text]) => ({
    code: 'KEELSON2346', member, got: `${text}, by plain HTTP`, allowed: 'left out of an exposure that nothing encrypts',
    fix: member === 'auth' ? `use ${encrypted}: everybody on the way could read what clients sign in with` : `use ${encrypted}, or leave it out`,
  }));
}

/** Sign-in has a message of its own. */
function isSignIn({ auth }: HttpsExposureOptions, option: string): boolean {
  return option === 'auth' && auth?.provider !== undefined;
}
