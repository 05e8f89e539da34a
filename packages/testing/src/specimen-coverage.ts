import { resolve, sep } from 'node:path';
import ts from 'typescript';
import { readAssembly } from './assembly.js';

/** Where a package's API and its specimens are. */
export interface CoverageOptions {
  /** The jsii assembly. */
  readonly assembly: string;
  /** The folder of the specimens' sources. */
  readonly specimens: string;
  /** The configuration that the sources are compiled by. */
  readonly tsconfig: string;
  /** The types that are looked at; without, all. */
  readonly types?: readonly string[];
  /** What no specimen here can show, `Class` or `Class.member`, and why. */
  readonly exceptions?: ReadonlyMap<string, string>;
}

interface Assembly { readonly types: Readonly<Record<string, Type>> }
interface Member { readonly name: string; readonly static?: boolean; readonly overrides?: string }
interface Type {
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly initializer?: object;
  readonly members?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly properties?: readonly Member[];
}

/**
 * What users of a package can write and no specimen does: members of structs and enums, constructors, methods, constants of classes.
 *
 * Judged by the compiler, not by text: `name:` shows the member of the struct that is expected there, and of no other.
 * @returns one line each, `WebAppProps.minReady is used by no specimen`, and the exceptions that aren't needed
 */
export function unshownMembers({ assembly, specimens, tsconfig, types, exceptions = new Map() }: CoverageOptions): string[] {
  const members = publicMembers(assembly).filter((member) => types?.includes(member.split('.')[0] ?? '') ?? true);
  const used = usedMembers(specimens, tsconfig);
  const excepted = (member: string): boolean => exceptions.has(member) || exceptions.has(member.split('.')[0] ?? '');
  const unused = members.filter((member) => !used.has(member));
  const needed = new Set(unused.flatMap((member) => [member, member.split('.')[0]]));
  return [
    ...unused.filter((member) => !excepted(member)).map((member) => `${member} is used by no specimen`),
    ...[...exceptions.keys()].filter((name) => !needed.has(name)).map((name) => `${name} is excepted, and needs it no more`),
  ];
}

/** `Class.member`, `Class.new` for a constructor. */
function publicMembers(file: string): string[] {
  const { types } = readAssembly(file) as Assembly;
  return Object.values(types).flatMap((type) => {
    const own = type.kind === 'enum' ? type.members ?? []
      : type.kind === 'class' ? [...(type.methods ?? []), ...(type.properties ?? []).filter((property) => property.static === true)]
        : type.datatype === true ? type.properties ?? [] : [];
    const names = own.filter(({ overrides }) => overrides === undefined).map(({ name }) => name);
    return [...names, ...type.initializer === undefined ? [] : ['new']].map((name) => `${type.name}.${name}`);
  }).sort();
}

function usedMembers(folder: string, tsconfig: string): ReadonlySet<string> {
  const { config } = ts.readConfigFile(tsconfig, (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve(tsconfig, '..'));
  const files = ts.sys.readDirectory(folder, ['.ts']);
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const symbol of symbolsAt(node, checker)) {
      for (const { parent } of symbol.declarations ?? []) {
        if (isNamed(parent)) used.add(`${parent.name.text}.${symbol.name}`);
      }
    }
    for (const made of madeAt(node)) {
      const symbol = checker.getSymbolAtLocation(made);
      if (symbol !== undefined) used.add(`${aliased(symbol, checker).name}.new`);
    }
    ts.forEachChild(node, visit);
  };
  const inside = resolve(folder) + sep;
  program.getSourceFiles().filter(({ fileName }) => resolve(fileName).startsWith(inside)).forEach(visit);
  return used;
}

/** What a node names: the member behind a dot, or the members of the struct that an object literal is expected to be. */
function symbolsAt(node: ts.Node, checker: ts.TypeChecker): ts.Symbol[] {
  if (ts.isPropertyAccessExpression(node)) {
    const symbol = checker.getSymbolAtLocation(node.name);
    return symbol === undefined ? [] : [symbol];
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  const expected = checker.getContextualType(node);
  if (expected === undefined) return [];
  const types = expected.isUnion() ? expected.types : [expected];
  const names = node.properties.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : []));
  return names.flatMap((name) => types.flatMap((type) => type.getProperty(name) ?? []));
}

/** The classes that a node makes an instance of: `new X`, and what a class made here extends. */
function madeAt(node: ts.Node): ts.Node[] {
  if (ts.isNewExpression(node)) return [node.expression];
  if (!ts.isClassDeclaration(node)) return [];
  return (node.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression));
}

function aliased(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

type Named = (ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration) & { readonly name: ts.Identifier };

function isNamed(node: ts.Node): node is Named {
  return (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node)) && node.name !== undefined;
}
