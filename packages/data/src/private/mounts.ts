import { Volume } from '@keelson/core';
import { Description } from './description';
import { passwordFile } from './engine';

/** The password of a role as a file, and nothing else of its Secret. */
export function mountPassword({ passwords }: Description, role: string): { [path: string]: Volume } {
  const password = passwords.get(role);
  const directory = passwordFile(role).replace(/\/password$/, '');
  // the data of a first start has never known a previous one, and nothing makes its Secret
  const optional = role === 'previous-root' ? true : undefined;
  return password === undefined ? {} : { [directory]: Volume.fromSecret(password.secret, { items: { [password.key]: 'password' }, optional }) };
}
