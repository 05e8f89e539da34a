import { Fault } from './faults';
import { HttpMethod } from './http-method';
import { methodFaults, pathFaults } from './private/http-rule-faults';

/** Which requests to a path are let through. */
export interface HttpRuleOptions {
  /**
   * The methods.
   *
   * @default - all.
   */
  readonly methods?: HttpMethod[];
}

/**
 * HTTP requests that one end of a connection may send to the other, for `http` of `ConnectOptions`.
 *
 * ```ts
 * const http = [HttpRule.prefix('/v1/orders'), HttpRule.exact('/v1/prices', { methods: [HttpMethod.GET] })];
 * orders.connections.from(storefront, { http });
 * ```
 *
 * Paths are compared without the query, as they are after `//`, `/./` and `/../` are resolved; case counts.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#http
 */
export class HttpRule {
  /**
   * Requests to one path, a `/` at its end included.
   *
   * @param path from `/` on, without a query.
   * @param options which of them.
   */
  public static exact(path: string, options: HttpRuleOptions = {}): HttpRule {
    return new HttpRule(path, false, options.methods, pathFaults(path));
  }

  /**
   * Requests to a path and to all below it, part by part: `/v1` is matched by `/v1` and `/v1/orders`, not by `/v1beta`.
   *
   * @param path from `/` on, without a query, and without `/` at its end; `/` alone is all paths.
   * @param options which of them.
   */
  public static prefix(path: string, options: HttpRuleOptions = {}): HttpRule {
    return new HttpRule(path, true, options.methods, pathFaults(path, true));
  }

  /**
   * Requests of some methods, whatever the path.
   *
   * @param methods at least one.
   */
  public static methods(methods: HttpMethod[]): HttpRule {
    return new HttpRule(undefined, false, methods, []);
  }

  /** What is wrong with it; the workload whose connection has it reports them. */
  public readonly faults: Fault[];

  /** The methods, in order and once each; none where all are meant. @internal */
  public readonly _methods: readonly string[];

  private constructor(
    /** None where all paths are meant. @internal */
    public readonly _path: string | undefined,
    /** Whether what is below the path is meant, too. @internal */
    public readonly _isPrefix: boolean,
    methods: HttpMethod[] | undefined,
    faults: Fault[],
  ) {
    this._methods = Array.isArray(methods) ? [...new Set(methods)].sort() : [];
    this.faults = [...faults, ...methodFaults(methods)];
  }
}
