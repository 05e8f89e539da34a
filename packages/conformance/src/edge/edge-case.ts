import type { JsonObject } from '@keelson/testing';
import type { ExposureTarget } from '@keelson/web';
import type { Chart } from 'cdk8s';

/** The kinds of objects that an exposure is rendered as. */
export type TargetId = 'standard' | 'gateway' | 'traefik' | 'nginx' | 'ingress';

/**
 * What an answer shows: its status (all that came, where a request is sent several times), the app it is from, how many endpoints
 * answered, whose certificate was shown, the other hosts it was sent to before, a header of the answer, what the app saw of the request,
 * its path, size, or a header.
 */
export type Fact =
  | 'status' | 'app' | 'endpoints' | 'certificate' | 'text' | 'grpc-status' | 'tries' | 'also went to' | 'by way of'
  | `answer ${string}` | `seen ${string}`;

/** The facts an answer has to have; `null` for a header that has to be absent. */
export type Expected = Readonly<Partial<Record<Fact, string | number | RegExp | null>>>;

/** One request, and what has to come back. */
export interface EdgeRequest {
  /** What is special about it, different from the others of its case. */
  readonly title: string;
  /** Such as `https://shop.example.com/cart`; without, where the answer before sends the client. */
  readonly url?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Size of its body. */
  readonly bytes?: number;
  /** How often it is sent, one after the other; the facts of the last answer count. */
  readonly times?: number;
  /** Whether these are sent at the same time instead. */
  readonly atOnce?: boolean;
  /** Whether redirects are followed to their end, with cookies, as a browser does. */
  readonly browsing?: boolean;
  /** Whether it comes from an address that no list names. */
  readonly fromElsewhere?: boolean;
  /** Whether it carries the cookies that the case has been given so far, as a browser's would. */
  readonly withCookies?: boolean;
  /** What it speaks. */
  readonly as?: 'http' | 'web-socket' | 'grpc';
  readonly expect: Expected;
}

/** What the description of an app is told. */
interface Described {
  /** It is in a namespace of its own. */
  readonly chart: Chart;
  readonly target: TargetId;
  /** The target of exposures that bring their own TLS; none where any does. */
  readonly ownTls: ExposureTarget | undefined;
}

/** What somebody else is told who puts objects beside an app. */
export interface Beside {
  readonly namespace: string;
  readonly target: TargetId;
  /** Certificate of the authority that signs those of the run. */
  readonly ca: string;
}

/** What one target gives instead, and why that is its nature. */
interface Difference {
  readonly why: string;
  /** By the title of the request. */
  readonly answers: Readonly<Record<string, Expected>>;
}

/** A feature, an app that has it, and requests that show it. */
export interface EdgeCase {
  /** Row of the catalogue and a name, such as `X6 strip prefix`. */
  readonly id: string;
  /** What it is about, in a sentence. */
  readonly feature: string;
  /** Defines the app, once for all targets. */
  readonly describe: (described: Described) => void;
  readonly requests: readonly EdgeRequest[];
  /** What somebody else puts into the app's namespace: Secrets and ConfigMaps that it names, and what cert-manager makes. */
  readonly beside?: (beside: Beside) => readonly JsonObject[];
  /** Secrets with certificates for hosts, by name, that somebody else renews. */
  readonly tlsSecrets?: Readonly<Record<string, readonly string[]>>;
  /** What an API server keeps of an object of the app's, where it isn't the one that is asked here, such as with older definitions. */
  readonly kept?: (object: JsonObject) => JsonObject;
  /** Whether one endpoint of each Service is said to be ready and takes no connection. */
  readonly brokenEndpoint?: boolean;
  /** Whether a proxy reads it and nothing else, since it answers for hosts of others. */
  readonly alone?: boolean;
  /** Targets that the library refuses it for. */
  readonly refused?: readonly TargetId[];
  /** Targets that are rendered, and that this proxy reads without the feature: it must not be there. */
  readonly lacking?: Readonly<Partial<Record<TargetId, string>>>;
  readonly differs?: Readonly<Partial<Record<TargetId, Difference>>>;
}

/** The name of a case in names of objects. */
export function slugOf({ id }: Pick<EdgeCase, 'id'>): string {
  return id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
}
