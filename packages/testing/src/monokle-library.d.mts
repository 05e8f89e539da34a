/** What we use of `@monokle/validation`. */
export interface Resource {
  readonly id: string;
  readonly fileId: string;
  readonly filePath: string;
  readonly fileOffset: number;
  readonly name: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly content: unknown;
  readonly text: string;
}

export interface Result {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly locations: {
    readonly physicalLocation?: {
      readonly artifactLocation: { readonly uri?: string };
      readonly region?: { readonly startLine: number; readonly startColumn: number; readonly endColumn: number };
    };
    readonly logicalLocations?: { readonly kind: string; readonly fullyQualifiedName?: string }[];
  }[];
}

export interface Plugin {
  readonly metadata: { readonly name: string };
  readonly rules: { readonly name: string }[];
}

export class ResourceParser {}
export class DefaultPluginLoader {}
export class SchemaLoader {}
export class AnnotationSuppressor {}
export class FingerprintSuppressor {}
export class DisabledFixer {}

export class MonokleValidator {
  public constructor(
    parts: {
      readonly loader: DefaultPluginLoader;
      readonly parser: ResourceParser;
      readonly schemaLoader: SchemaLoader;
      readonly suppressors: object[];
      readonly fixer: DisabledFixer;
    },
    config: { readonly plugins: Record<string, boolean>; readonly rules: Record<string, string> },
  );
  public load(): Promise<void>;
  public getPlugins(): Plugin[];
  public validate(input: { readonly resources: Resource[] }): Promise<{ readonly runs: { readonly results: Result[] }[] }>;
}

export function processRefs(resources: Resource[], parser: ResourceParser, incremental: undefined, files: string[]): Resource[];
