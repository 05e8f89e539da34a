import type { ConnectOptions, Connections } from '../connections';
import type { Offer } from './offer';

/** An end that accepts connections, and on what terms. */
export interface Behind {
  readonly end: Connections;
  readonly options: ConnectOptions;
  /** What clients get in place of what the end itself offers. */
  readonly offer?: Offer;
}
