/** Where oauth2-proxy itself answers: sign-in, the provider's way back, sign-out. */
export const SIGN_IN_PATH = '/oauth2';

/** Whether a path is another, or below it. */
export function isBelow(path: string, other: string): boolean {
  const prefix = other.replace(/\/$/, '');
  return path === other || path === prefix || path.startsWith(`${prefix}/`);
}
