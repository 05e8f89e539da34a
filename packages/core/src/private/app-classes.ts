import { IConstruct } from 'constructs';

/** A storage class that the app defines. */
export interface AppClass {
  readonly scope: IConstruct;
  readonly name: string;
  readonly isDefault: boolean;
  /** Whether pods on several nodes may write to one volume; undefined where it isn't known. */
  readonly readWriteMany: boolean | undefined;
  /** Whether its volumes stay when their claims are deleted. */
  readonly retains: boolean;
}

const NONE: readonly AppClass[] = [];
const classes = new WeakMap<IConstruct, AppClass[]>();

export function registerClass(storageClass: AppClass): void {
  const { root } = storageClass.scope.node;
  classes.set(root, [...classes.get(root) ?? [], storageClass]);
}

/** Those of the app that a construct is in, made until now, in the order they were made. */
export function classesAround(scope: IConstruct): readonly AppClass[] {
  return classes.get(scope.node.root) ?? NONE;
}
