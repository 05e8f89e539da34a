import { Fault } from './faults';
import { textFaults } from './private/config-data';
import { integerFaults } from './private/integer';
import { halfPairFaults, Piece, piecesOf } from './private/secret-template';

const SHORTEST = 16;
const LONGEST = 128;

/**
 * What a `SecretGenerator` puts under a key of a Secret.
 *
 * ```ts
 * const texts = {
 *   username: SecretText.literal('app'),
 *   password: SecretText.random(32),
 *   uri: SecretText.template('postgresql://app:{password}@orders-rw:5432/orders'),
 * };
 * ```
 */
export class SecretText {
  /**
   * Letters and digits (`A-Z`, `a-z`, `0-9`) by chance, each as likely as any other; some 5.95 bits each. They need no encoding in a URL
   * and no quotes in a shell, SQL or YAML.
   *
   * @param length how many, from 16 to 128.
   */
  public static random(length: number = 32): SecretText {
    const faults = integerFaults('KEELSON1850', undefined, length, SHORTEST, LONGEST, 'leave it out for 32, which nobody guesses');
    return new SecretText(faults, faults.length > 0 ? SHORTEST : length);
  }

  /**
   * A text that everybody who reads the manifests reads, such as a user name that programs expect beside its password.
   *
   * @param text the text, as it is.
   */
  public static literal(text: string): SecretText {
    const faults = literalFaults(text);
    return new SecretText(faults, undefined, faults.length > 0 ? [] : [{ text }]);
  }

  /**
   * A text made of others of the same Secret.
   *
   * @param text the text, with keys of random and literal texts in braces: `{password}`. Braces themselves are `{{` and `}}`. What a
   *   URL can't hold as it is has to be encoded here and in literals; random texts need none.
   */
  public static template(text: string): SecretText {
    const wrong = literalFaults(text);
    const { pieces, faults } = wrong.length > 0 ? { pieces: [], faults: wrong } : piecesOf(text);
    return new SecretText(faults, undefined, pieces, true);
  }

  private constructor(
    /** What is wrong with it; the generator that receives it reports it. */
    public readonly faults: Fault[],
    /** How long it is, where it is by chance. @internal */
    public readonly _random?: number,
    /** What it is made of, where it isn't. @internal */
    public readonly _pieces: readonly Piece[] = [],
    /** Whether it names other keys. @internal */
    public readonly _isTemplate: boolean = false,
  ) {}
}

function literalFaults(text: string): Fault[] {
  // What was got is not shown: it may be a Secret's.
  const none = textFaults('text', text).map(({ code, got, allowed, fix }) => ({ code, got, allowed, fix }));
  return none.length > 0 ? none : halfPairFaults(text);
}
