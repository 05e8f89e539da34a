import { Fault, Faults, Labels, ResourceName } from '@keelson/core';

/** Options for `PostgreSqlEngine.cloudNativePg`. */
export interface CloudNativePgOptions {
  /**
   * The namespace that the operator runs in: it has to reach the servers.
   *
   * @default 'cnpg-system'
   */
  readonly operatorNamespace?: string;

  /**
   * The labels of the operator's pods there.
   *
   * @default - `app.kubernetes.io/name: cloudnative-pg`, as its manifests and its Helm chart have it.
   */
  readonly operatorLabels?: { [key: string]: string };

  /**
   * Take clients without TLS, too, as the operator does by itself: whoever is between them and a server reads what they say. Clients that
   * are connected here use TLS, and verify the server.
   *
   * @default false
   */
  readonly unsafePlaintextClients?: boolean;
}

/**
 * Who runs a PostgreSQL.
 *
 * ```ts
 * new PostgreSql(chart, 'orders', {
 *   version: PostgreSqlVersion.V18,
 *   storage: Storage.dynamic(Size.gibibytes(20)),
 *   readReplicas: 2,
 *   engine: PostgreSqlEngine.cloudNativePg(),
 * });
 * ```
 */
export class PostgreSqlEngine {
  /** Kubernetes itself: a StatefulSet of the official image. Nothing takes over from a server that is gone. */
  public static officialImage(): PostgreSqlEngine {
    return new PostgreSqlEngine([], undefined);
  }

  /**
   * The operator CloudNativePG, which the cluster has to have: proven with the CRDs of release 1.30. Where the primary is gone, it makes
   * a replica the primary, and clients of `-rw` reach that.
   *
   * @param options where the operator is, and who may come without TLS.
   * @see https://cloudnative-pg.io/docs/
   */
  public static cloudNativePg(options: CloudNativePgOptions = {}): PostgreSqlEngine {
    const { operatorNamespace, operatorLabels } = options;
    return new PostgreSqlEngine([
      ...operatorNamespace === undefined ? [] : Faults.within('operatorNamespace', ResourceName.faultsOf('Namespace', operatorNamespace)),
      ...operatorLabels === undefined ? [] : labelsFaults(operatorLabels),
    ], options);
  }

  private constructor(
    /** What is wrong with it; the database that receives it reports them. */
    public readonly faults: Fault[],
    /** What the operator is asked for, where there is one. @internal */
    public readonly _operator: CloudNativePgOptions | undefined,
  ) {}
}

function labelsFaults(labels: { [key: string]: string }): Fault[] {
  return Object.keys(labels).length > 0 ? Faults.within('operatorLabels', Object.entries(labels).flatMap(([key, value]) => Labels.faultsOf(key, value))) : [{
    code: 'KEELSON3123', member: 'operatorLabels', got: 'none', allowed: 'one label at least, or all pods of the namespace were let in', fix: 'leave it out',
  }];
}
