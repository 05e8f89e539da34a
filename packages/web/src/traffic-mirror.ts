import type { IExposableService } from './exposed-service';

/** Another Service that gets a copy of the requests; what it answers is thrown away. */
export interface TrafficMirror {
  /** The Service, of the same namespace, or at a gateway one of another namespace of the same app. Copies go to its first port. */
  readonly service: IExposableService;

  /**
   * Which share of the requests is copied, in whole percent from 1 to 100.
   *
   * @default 100
   */
  readonly percent?: number;
}
