import { Fault, Faults } from '@keelson/core';
import { Description } from './description';

/** What is said where the superuser is refused: the server knows another password. */
export interface RootRefused {
  /** Where no previous password is there. */
  readonly alone: string;
  /** Where neither is taken. */
  readonly neither: string;
}

/** The words, in which nothing means something to a shell or JavaScript in double quotes. */
export function rootRefused({ engine: { rootUser }, passwords }: Description): RootRefused {
  const refused = `${rootUser} can't sign in by rootCredentials`;
  const previous = passwords.get('previous-root');
  return {
    alone: previous === undefined
      ? `${refused}: name the password that the data knows in previousRootCredentials`
      : `${refused}, and there is no password of previousRootCredentials: the Secret ${previous.secret.name} is missing, or its key ${previous.key}`,
    neither: `${rootUser} can sign in neither by rootCredentials nor by previousRootCredentials: name the password that the data knows in the latter`,
  };
}

/** What was the superuser's password before is another one. */
export function samePasswordFaults(passwords: Description['passwords']): Fault[] {
  const [root, previous] = [passwords.get('root'), passwords.get('previous-root')];
  return root === undefined || previous === undefined || root.secret.name !== previous.secret.name || root.key !== previous.key ? [] : [{
    code: 'KEELSON3191', got: `the key ${Faults.quoted(root.key)} of the Secret ${Faults.quoted(root.secret.name)}, which rootCredentials is`, allowed: 'another password',
    fix: "give rootCredentials another revision, such as DatabaseCredentials.generated('2'), or remove it",
  }];
}
