/** The committed manifests of an example for one cluster. */
export interface Golden {
  readonly title: string;
  /** The Kubernetes version it is made for, such as `1.36`. */
  readonly version: string;
  readonly files: readonly string[];
}

/** What a policy checker says about an object. */
export interface Finding {
  /** The check's id. */
  readonly check: string;
  /** The object, such as `Deployment shop/storefront`. */
  readonly object: string;
  /** What is found, and where. */
  readonly text: string;
}

/** A policy checker, pinned, installed into a cache of its own. */
export interface PolicyChecker {
  readonly title: string;
  install(): Promise<void>;
  /** All it finds in the manifests of one cluster: suppressions by annotation don't count. It throws where it passed an object over. */
  findings(golden: Golden): Promise<Finding[]>;
}
