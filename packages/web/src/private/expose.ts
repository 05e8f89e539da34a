import { Exposure } from '../exposure';
import { ExposedApp } from './target-renderer';

export type { ExposedApp } from './target-renderer';

/** Define what leads requests from outside the cluster to an app. The same exposure twice is the same as once. */
export function expose(app: ExposedApp, exposure: Exposure): void {
  void app;
  void exposure;
}
