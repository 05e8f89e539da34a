import { createRequire } from 'node:module';
import { readAssembly } from '@keelson/testing/assembly';

const load = createRequire(import.meta.url);

/** The packages whose whole public surface is tried; a new block is one line here. */
const PACKAGES = ['@keelson/core', '@keelson/data', '@keelson/web'] as const;

/** A type, as jsii has it. */
export type TypeRef =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: TypeRef }
  | { readonly kind: 'named'; readonly fqn: string };

/** A parameter or prop. Its key is what the table of domains calls it: `WebAppProps.port`, `Cpu.millis.amount`. */
export interface Member {
  readonly name: string;
  readonly key: string;
  readonly type: TypeRef;
  readonly optional: boolean;
  readonly variadic: boolean;
}

/** How a value of some type is got. */
export interface Producer {
  readonly kind: 'constant' | 'static' | 'method';
  readonly owner: string;
  readonly name: string;
  readonly parameters: readonly Member[];
}

/** A static method that defines a construct. */
export interface ConstructFactory {
  readonly owner: string;
  readonly name: string;
  readonly gives: string;
  readonly parameters: Member[];
}

/** A method that changes something and gives nothing. */
export interface Action {
  readonly owner: string;
  readonly name: string;
  readonly parameters: readonly Member[];
}

/** A construct that another one defines; its key is what a rule calls it: `Database.server`. */
export interface Defined {
  readonly name: string;
  readonly key: string;
  readonly fqn: string;
  readonly optional: boolean;
}

interface JsiiType {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: string; readonly elementtype: JsiiType };
}
interface JsiiParameter { readonly name: string; readonly optional?: boolean; readonly variadic?: boolean; readonly type: JsiiType }
interface JsiiProperty {
  readonly name: string;
  readonly static?: boolean;
  readonly optional?: boolean;
  readonly protected?: boolean;
  readonly type: JsiiType;
}
interface JsiiMethod {
  readonly name: string;
  readonly static?: boolean;
  readonly protected?: boolean;
  readonly parameters?: readonly JsiiParameter[];
  readonly returns?: { readonly type: JsiiType };
}
interface JsiiDefinition {
  readonly kind: 'class' | 'enum' | 'interface';
  readonly fqn: string;
  readonly abstract?: boolean;
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly members?: readonly { readonly name: string }[];
  readonly properties?: readonly JsiiProperty[];
  readonly methods?: readonly JsiiMethod[];
  readonly initializer?: { readonly protected?: boolean; readonly parameters?: readonly JsiiParameter[] };
}

const CONSTRUCT = 'constructs.Construct';

/** Everything public, read from the assemblies that jsii writes beside the compiled packages. */
export class Surface {
  /** The surface of the packages as they are built. */
  public static built(): Surface {
    return new Surface(PACKAGES.flatMap((name) => {
      const assembly = readAssembly(load.resolve(`${name}/.jsii`)) as { types: Record<string, JsiiDefinition> };
      return Object.values(assembly.types);
    }));
  }

  private readonly types: ReadonlyMap<string, JsiiDefinition>;

  public constructor(definitions: readonly JsiiDefinition[]) {
    this.types = new Map(definitions.map((each) => [each.fqn, each]));
  }

  /** All types of the packages, by full name. */
  public get names(): string[] {
    return [...this.types.keys()];
  }

  /** Members of a struct, those of the structs it extends first; undefined where it is no struct. */
  public struct(fqn: string): Member[] | undefined {
    const definition = this.types.get(fqn);
    if (definition?.datatype !== true) return undefined;
    const inherited = (definition.interfaces ?? []).flatMap((each) => this.struct(each) ?? []);
    const own = (definition.properties ?? []).map((each) => memberOf(each, `${shortName(fqn)}.${each.name}`));
    return [...inherited, ...own];
  }

  /** A struct, and those that it extends, which come first. */
  public extended(fqn: string): string[] {
    return [...(this.types.get(fqn)?.interfaces ?? []).flatMap((each) => this.extended(each)), fqn];
  }

  /** The props that a struct, named without its package, can't do without. */
  public needed(name: string): string[] {
    const fqn = this.names.find((each) => shortName(each) === name);
    return fqn === undefined ? [] : (this.struct(fqn) ?? []).filter(({ optional }) => !optional).map((each) => each.name);
  }

  public isEnum(fqn: string): boolean {
    return this.types.get(fqn)?.kind === 'enum';
  }

  /** Whether a value of the one type may stand where the other is asked for. */
  public isA(fqn: string, wanted: string): boolean {
    if (fqn === wanted) return true;
    const definition = this.types.get(fqn);
    return [definition?.base, ...(definition?.interfaces ?? [])].some((each) => each !== undefined && this.isA(each, wanted));
  }

  /** The ways to get a value of a type without a construct: constants, factories, and methods of other values. */
  public producers(wanted: string): Producer[] {
    if (this.isEnum(wanted)) {
      return (this.types.get(wanted)?.members ?? []).map(({ name }) => ({ kind: 'constant', owner: wanted, name, parameters: [] }));
    }
    const found: Producer[] = this.settings().includes(wanted)
      ? [{ kind: 'static', owner: wanted, name: 'new', parameters: this.initializer(wanted) }] : [];
    for (const { fqn, kind, properties = [], methods = [] } of this.types.values()) {
      if (kind !== 'class') continue;
      for (const { name, type, static: isStatic, protected: hidden } of properties) {
        if (isStatic === true && hidden !== true && this.gives(type, wanted)) found.push({ kind: 'constant', owner: fqn, name, parameters: [] });
      }
      for (const method of methods) {
        const parameters = parametersOf(fqn, method.name, method.parameters);
        if (!this.gives(method.returns?.type, wanted) || method.protected === true || parameters.some(isScope)) continue;
        if (method.static !== true && this.isConstruct(fqn)) continue;
        found.push({ kind: method.static === true ? 'static' : 'method', owner: fqn, name: method.name, parameters });
      }
    }
    return found;
  }

  public isConstruct(fqn: string): boolean {
    return this.isA(fqn, CONSTRUCT);
  }

  /** Classes of constructs, abstract ones too: a subclass stands in for these. */
  public constructs(): string[] {
    return this.names.filter((fqn) => this.types.get(fqn)?.kind === 'class' && this.isConstruct(fqn));
  }

  public isAbstract(fqn: string): boolean {
    return this.types.get(fqn)?.abstract === true;
  }

  /** What a class is made of, without scope and id. */
  public initializer(fqn: string): Member[] {
    // An inherited one stands at the subclass too; without any, only the package itself makes it.
    return parametersOf(fqn, 'new', this.publicInitializer(fqn)?.parameters).filter((each) => !isScope(each) && each.name !== 'id');
  }

  /** Static factories that define a construct: `Secret.unsafePlaintext(scope, id, props)`. */
  public constructFactories(): ConstructFactory[] {
    return [...this.types.values()].flatMap(({ fqn, methods = [] }) => methods.flatMap((method) => {
      const { name, static: isStatic, parameters, returns } = method;
      const gives = returns?.type.fqn;
      if (isStatic !== true || gives === undefined || !this.isConstruct(gives)) return [];
      return [{ owner: fqn, name, gives, parameters: parametersOf(fqn, name, parameters).filter((each) => !isScope(each) && each.name !== 'id') }];
    }));
  }

  /** Classes of what is made by `new` and in force below a scope, such as `new Metadata(…).applyTo(scope)`. */
  public settings(): string[] {
    return [...this.types.values()].filter(({ fqn, initializer, methods = [] }) => initializer !== undefined && !this.isConstruct(fqn)
      && methods.some(({ name, parameters }) => name === 'applyTo' && parametersOf(fqn, name, parameters).every(isScope))).map(({ fqn }) => fqn);
  }

  /** Methods of a class that give nothing: they change it. */
  public actions(fqn: string): Action[] {
    const definition = this.types.get(fqn);
    if (definition === undefined) return [];
    const { base, methods = [] } = definition;
    const own = methods.filter((each) => each.static !== true && each.protected !== true && each.returns === undefined);
    const inherited = base === undefined ? [] : this.actions(base).filter((each) => own.every(({ name }) => name !== each.name));
    return [...inherited, ...own.map(({ name, parameters }) => ({ owner: fqn, name, parameters: parametersOf(fqn, name, parameters) }))];
  }

  /** Constructs that one defines and nobody else makes, by the property that tells of each: `orders.readReplicas`. */
  public defined(fqn: string): Defined[] {
    const definition = this.types.get(fqn);
    if (definition === undefined) return [];
    const isOwn = (each: string): boolean => this.isConstruct(each) && this.publicInitializer(each) === undefined && this.types.get(each)?.kind === 'class'
      && this.constructFactories().every(({ gives }) => gives !== each);
    const own = (definition.properties ?? []).flatMap(({ name, type, static: isStatic, optional }) =>
      (isStatic === true || type.fqn === undefined || !isOwn(type.fqn) ? [] : [{ name, key: `${shortName(fqn)}.${name}`, fqn: type.fqn, optional: optional === true }]));
    return [...own, ...this.defined(definition.base ?? '')];
  }

  /** Properties of a class whose own class has actions: `pods`, `connections`. */
  public parts(fqn: string): { readonly name: string; readonly fqn: string }[] {
    const definition = this.types.get(fqn);
    if (definition === undefined) return [];
    const own = (definition.properties ?? []).flatMap(({ name, type, static: isStatic, optional }) =>
      isStatic === true || optional === true || type.fqn === undefined || this.isConstruct(type.fqn) ? [] : [{ name, fqn: type.fqn }]);
    const inherited = definition.base === undefined ? [] : this.parts(definition.base);
    return [...own, ...inherited].filter((each) => this.actions(each.fqn).length > 0);
  }

  private publicInitializer(fqn: string): JsiiDefinition['initializer'] {
    const initializer = this.types.get(fqn)?.initializer;
    return initializer?.protected === true && !this.isAbstract(fqn) ? undefined : initializer;
  }

  private gives(type: JsiiType | undefined, wanted: string): boolean {
    return type?.fqn !== undefined && this.isA(type.fqn, wanted);
  }
}

/** `WebApp` of `@keelson/web.WebApp`. */
export function shortName(fqn: string): string {
  return fqn.slice(fqn.lastIndexOf('.') + 1);
}

/** The package of a full name. */
export function packageOf(fqn: string): string {
  return fqn.slice(0, fqn.lastIndexOf('.'));
}

function parametersOf(fqn: string, method: string, parameters: readonly JsiiParameter[] = []): Member[] {
  return parameters.map((each) => memberOf(each, `${shortName(fqn)}.${method}.${each.name}`));
}

function memberOf({ name, type, optional, variadic }: JsiiParameter, key: string): Member {
  return { name, key, type: typeOf(type), optional: optional === true, variadic: variadic === true };
}

function typeOf({ primitive, fqn, collection }: JsiiType): TypeRef {
  if (fqn !== undefined) return { kind: 'named', fqn };
  if (collection !== undefined) return { kind: collection.kind === 'map' ? 'map' : 'list', of: typeOf(collection.elementtype) };
  if (primitive === 'string' || primitive === 'number' || primitive === 'boolean') return { kind: primitive };
  return { kind: 'any' };
}

function isScope({ type }: Member): boolean {
  return type.kind === 'named' && (type.fqn === CONSTRUCT || type.fqn === 'constructs.IConstruct');
}
