import { Fault } from './faults';
import { quoted } from './private/quoted';

/** What custom verbs look like: `use`, `impersonate:user-info`. */
const FORM = /^[a-z]+(?:[-:][a-z]+)*$/;
/** Rights that give more rights have a name that says so. */
const UNSAFE = new Map([['*', 'UNSAFE_ALL'], ['bind', 'UNSAFE_BIND'], ['escalate', 'UNSAFE_ESCALATE'], ['impersonate', 'UNSAFE_IMPERSONATE']]);

/**
 * What may be done with a resource.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
 */
export class Verb {
  /** Read one object by its name. */
  public static readonly GET = new Verb('get');

  /** Read all objects, with what is in them. */
  public static readonly LIST = new Verb('list');

  /** Be told of changes, with what is in the objects. */
  public static readonly WATCH = new Verb('watch');

  /** Make objects. What is applied on the server's side needs `patch` too. */
  public static readonly CREATE = new Verb('create');

  /** Replace objects that are there. */
  public static readonly UPDATE = new Verb('update');

  /** Change objects by patches, and apply them on the server's side. */
  public static readonly PATCH = new Verb('patch');

  /** Delete one object by its name. */
  public static readonly DELETE = new Verb('delete');

  /** Delete all objects in one request. */
  public static readonly DELETE_COLLECTION = new Verb('deletecollection');

  /** Every verb, also those that are still to come. */
  public static readonly UNSAFE_ALL = new Verb('*');

  /** Bind roles with rights that one doesn't have. */
  public static readonly UNSAFE_BIND = new Verb('bind');

  /** Write roles with rights that one doesn't have. */
  public static readonly UNSAFE_ESCALATE = new Verb('escalate');

  /** Act as somebody else. */
  public static readonly UNSAFE_IMPERSONATE = new Verb('impersonate');

  /**
   * Any other verb: `use`, `approve`, `sign`, an HTTP method of a path such as `post`.
   *
   * @param name the verb, in lower case.
   */
  public static custom(name: string): Verb {
    const constant = UNSAFE.get(name);
    const good = typeof name === 'string' && FORM.test(name);
    return new Verb(name, constant === undefined && good ? [] : [{
      code: 'KEELSON1540', got: quoted(name), allowed: 'a verb in lower case',
      fix: constant === undefined ? "write it like 'use'" : `write Verb.${constant}, whose name says what it gives`,
    }]);
  }

  private constructor(
    /** The verb, such as `get`. */
    public readonly name: string,
    /** What is wrong with it; the role that gets it reports it. */
    public readonly faults: Fault[] = [],
  ) {}
}
