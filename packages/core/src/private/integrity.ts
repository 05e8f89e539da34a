import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Faults } from '../faults';
import { fitFindings } from './fit-checks';
import { namespaceFindings } from './namespace-names';
import { podSecurityFindings } from './pod-security-checks';
import { factsOf, isRead, ObjectFacts, unreadFacts } from './object-facts';
import { withoutDuplicates, referenceFindings } from './reference-checks';
import { hasStockResolvers } from './render';
import { makerFindings } from './secret-makers';
import { Finding, PodIndex, selectorFindings } from './selector-checks';
import { serviceFindings } from './service-checks';
import { waitFindings } from './wait-checks';
import { waitsOf } from './waits';

/** An object whose manifest can be read without rendering it. */
export interface Readable {
  /** The manifest as it was given, tokens included; undefined where only the rendered one tells, because it is patched. */
  _source(): object | undefined;
}

const checks = new WeakMap<IConstruct, IntegrityCheck>();

/**
 * Has what fits together in an app checked at every synth, under any `cdk8s.App`: names, selectors, references.
 *
 * Once per tree; the second call does nothing.
 */
export function checkIntegrity(root: IConstruct): IntegrityCheck {
  let check = checks.get(root);
  if (check === undefined) {
    check = new IntegrityCheck(root);
    checks.set(root, check);
  }
  return check;
}

/** What an object contributes; a manifest that can't be rendered contributes its name, and is reported elsewhere. */
function readFacts(object: ApiObject): ObjectFacts {
  const ours = isReadable(object);
  if (!isRead(object.apiVersion, object.kind)) {
    const { name, metadata: { namespace } } = object;
    return factsOf(object, { metadata: { name, namespace } }, ours);
  }
  try {
    // a bare pod is selected by its own labels, which come from around it too
    const source = ours && object.kind !== 'Pod' && hasStockResolvers(object) ? (object as Readable)._source() : undefined;
    return factsOf(object, source ?? object.toJson(), ours);
  } catch {
    return unreadFacts(object, ours);
  }
}

/** What is wrong with objects by themselves. */
function ownFindings(objects: ObjectFacts[]): Finding[] {
  const faulty = objects.filter(({ faults }) => faults.length > 0);
  return faulty.flatMap(facts => facts.faults.map(({ prop, fault }) => ({ facts, prop, fault })));
}

/** Whether it is one of the library's own objects. */
export function isReadable(object: object): object is Readable {
  return '_source' in object;
}

/** All of an app's objects against each other. */
export class IntegrityCheck {
  private readonly found = new Map<IConstruct, Set<string>>();
  private readonly watched = new WeakSet<IConstruct>();
  private known: ObjectFacts[] | undefined;

  public constructor(private readonly root: IConstruct) {
    root.node.addValidation({ validate: () => this.run() });
  }

  /** Validate with what is known already: saves reading every object again. */
  public with<T>(facts: ObjectFacts[], validate: () => T): T {
    this.known = facts;
    try {
      return validate();
    } finally {
      this.known = undefined;
    }
  }

  /**
   * The root is validated before what is below it, so each mistake can be left with the construct it is reported under, to be
   * found there when its turn comes.
   */
  private run(): string[] {
    this.found.clear();
    const objects = this.known ?? this.root.node.findAll().filter(ApiObject.isApiObject).map(object => readFacts(object as ApiObject));
    const { known, findings } = withoutDuplicates(objects);
    const unique = [...known.values()];
    const pods = new PodIndex(unique);
    findings.push(...ownFindings(unique), ...namespaceFindings(unique));
    findings.push(...selectorFindings(unique, pods), ...referenceFindings(known, pods));
    findings.push(...fitFindings(unique, pods), ...serviceFindings(unique), ...podSecurityFindings(unique));
    for (const { facts, scope, prop, fault } of findings) {
      this.leave(scope ?? facts.object, Faults.describe(prop, fault));
    }
    const secrets = unique.filter(({ group, kind }) => kind === 'Secret' && group === '');
    for (const { scope, prop, fault } of makerFindings(this.root, secrets)) {
      this.leave(scope, Faults.describe(prop, fault));
    }
    for (const { scope, fault } of waitFindings(waitsOf(this.root), unique, pods)) {
      this.leave(scope, Faults.describe('waitFor', fault));
    }
    return [];
  }

  private leave(scope: IConstruct, line: string): void {
    this.found.set(scope, (this.found.get(scope) ?? new Set()).add(line));
    if (!this.watched.has(scope)) {
      this.watched.add(scope);
      scope.node.addValidation({ validate: () => [...(this.found.get(scope) ?? [])] });
    }
  }
}
