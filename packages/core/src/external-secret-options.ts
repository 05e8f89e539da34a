/** A value of a `SecretStore`. */
export interface ExternalValue {
  /** What it is called in the store, such as `shop/orders`: a path, a name, an ARN. */
  readonly remoteKey: string;

  /**
   * The part of it, where it holds several: a field, `user.name` in JSON.
   *
   * @default - all of it.
   */
  readonly property?: string;

  /**
   * The version, as the store counts them.
   *
   * @default - the latest.
   */
  readonly version?: string;

  /**
   * How it is encoded in the store.
   *
   * @default - not at all: it is taken as it is.
   */
  readonly decoding?: ExternalDecoding;
}

/** How a value is encoded in a store. */
export enum ExternalDecoding {
  /** As it is. */
  NONE = 'None',
  /** In base64. */
  BASE64 = 'Base64',
  /** In the base64 of URLs. */
  BASE64_URL = 'Base64URL',
  /** In either, or not at all, as it looks: a password may look like base64 by chance. */
  AUTO = 'Auto',
}

/** When an ExternalSecret is read from its store. */
export enum ExternalRefreshPolicy {
  /** When it is made, when it changes, and at each interval. */
  PERIODIC = 'Periodic',
  /** When it is made, and when it changes. */
  ON_CHANGE = 'OnChange',
  /** When it is made. */
  CREATED_ONCE = 'CreatedOnce',
}

/** Whose the Secret of an ExternalSecret is. */
export enum ExternalCreationPolicy {
  /** The ExternalSecret's: it makes it, refuses one that somebody else has made, and it goes with it. */
  OWNER = 'Owner',
  /** Nobody's: it makes it, or writes over one that is there, and it stays when the ExternalSecret goes. */
  ORPHAN = 'Orphan',
  /** Somebody else's, who makes it: its keys are added there. */
  MERGE = 'Merge',
}

/** What happens to the Secret when the store hasn't its values any more. */
export enum ExternalDeletionPolicy {
  /** It stays as it is. */
  RETAIN = 'Retain',
  /** It is deleted. */
  DELETE = 'Delete',
  /** Its keys are removed, and it stays. */
  MERGE = 'Merge',
}

/** Which keys a Secret with templates has. */
export enum ExternalTemplatePolicy {
  /** The values of the store, and those of the templates. */
  MERGE = 'Merge',
  /** Those of the templates only. */
  REPLACE = 'Replace',
}
