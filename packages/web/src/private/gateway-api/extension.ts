import type { FeatureName } from '../edge/features';
import { ExposureRequest, Route } from '../target-renderer';
import type { Ranked } from './precedence';

/** A filter of a rule, or a backend reference, as the Gateway API has it. */
export type RouteField = Readonly<Record<string, unknown>>;

/** The kinds of routes that lead to apps. */
export type RouteKind = 'HTTPRoute' | 'GRPCRoute';

/** A route object that leads to an app: one for each host of an exposure. */
export interface ExtendedRoute {
  readonly request: ExposureRequest;
  readonly route: Route;
  readonly kind: RouteKind;
  /** Its name; it is in the namespace of the app. */
  readonly name: string;
}

/**
 * Filters of an implementation's own kinds, around those of the Gateway API. A request meets `before`, then the rewrite, the changes of
 * headers and the mirror, then `after`; its answer the other way round. Rules that redirect have `before` only.
 */
interface ExtensionFilters {
  readonly before: readonly RouteField[];
  readonly after: readonly RouteField[];
}

/**
 * What an implementation adds to the Gateway API: kinds of its own, for what that leaves open. Each method is called once for each route
 * object, in this order.
 */
export interface RouteExtension {
  /** Whether it says a feature in its own way, though the Gateway API has one too, which then isn't rendered. */
  owns(feature: FeatureName, route: ExtendedRoute): boolean;

  /** Define what its filters refer to, in `route.scope`. */
  filters(route: ExtendedRoute): ExtensionFilters;

  /** What requests are led to instead of the Service, if not to that. */
  backendRef(route: ExtendedRoute): RouteField | undefined;

  /** Define the policies of a route. */
  policies(route: ExtendedRoute): void;

  /** By which number it chooses the route of a request, the highest, where that isn't the order of the Gateway API. */
  rankOf?(ranked: Ranked, kind: RouteKind): number;
}

/** What an implementation adds of which nothing is known. */
export const NO_EXTENSION: RouteExtension = {
  owns: () => false,
  filters: () => ({ before: [], after: [] }),
  backendRef: () => undefined,
  policies: () => undefined,
};
