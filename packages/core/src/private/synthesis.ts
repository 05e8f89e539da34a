import { ApiObject, App, Chart } from 'cdk8s';
import { Faults } from '../faults';
import { Manifest } from '../manifest';
import { ResourceName } from '../resource-name';
import { isProvider, neededBy, providedBy, rankOf } from './apply-order';
import { ConstructTree } from './construct-tree';
import { Mistake, Need, Order, orderOf } from './dependencies';
import { checkIntegrity, isReadable } from './integrity';
import { textAt } from './manifest-fields';
import { factsOf, ObjectFacts, unreadFacts } from './object-facts';
import { failurePrefix, Rendering, sortsKeys } from './render';
import { unsendable } from './unsendable';
import { YamlEmitter } from './yaml-emitter';

/** An object as it will be written. */
export interface Document {
  readonly object: ApiObject;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Its YAML, without a separator. */
  readonly text: string;
}

/**
 * An app turned into documents: one walk over its constructs, each object rendered once, each validation asked once.
 *
 * Rendered manifests aren't kept: of each, its text and what others need to know of it.
 */
export class Synthesis {
  public readonly tree: ConstructTree;
  public readonly order: Order;
  public readonly mistakes: Mistake[] = [];
  private readonly documents: (Document | undefined)[] = [];
  private readonly emitter = new YamlEmitter();
  private readonly facts: ObjectFacts[] = [];
  private readonly ranks: number[] = [];
  private readonly provided = new Map<string, number>();
  private readonly needed: string[][] = [];
  private readonly how: Rendering = { sort: sortsKeys(), fresh: false };

  public constructor(app: App) {
    this.tree = new ConstructTree(app);
    const anyProvider = this.tree.objects.some(({ apiVersion, kind }) => isProvider(apiVersion, kind));
    this.tree.objects.forEach((object, number) => this.render(object, number, anyProvider));
    checkIntegrity(app).with(this.facts, () => this.validate());
    this.order = orderOf(this.tree, this.ranks, this.needs());
    this.mistakes.push(...this.order.mistakes);
  }

  /** The documents of all charts, in the order to be applied in. */
  public get all(): Document[] {
    return this.order.objects.flatMap(number => this.documents[number] ?? []);
  }

  /** The documents of each chart, charts and documents in the order to be applied in. */
  public get byChart(): { readonly chart: Chart; readonly documents: Document[] }[] {
    const positions: number[] = [];
    this.order.objects.forEach((number, position) => (positions[number] = position));
    return this.order.charts.flatMap(number => this.tree.charts[number] ?? []).map(({ chart, objects }) => {
      const numbers = [...objects].sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
      return { chart, documents: numbers.flatMap(number => this.documents[number] ?? []) };
    });
  }

  private render(object: ApiObject, number: number, anyProvider: boolean): void {
    this.ranks[number] = rankOf(object.apiVersion, object.kind);
    try {
      const own = ownOf(object);
      const manifest = own === undefined ? object.toJson() as unknown : own._render(this.how);
      const facts = factsOf(object, manifest, isReadable(object));
      const { kind, name, namespace } = facts;
      const apiVersion = textAt(manifest, 'apiVersion') ?? object.apiVersion;
      const text = this.textOf(manifest, object, own);
      this.documents[number] = { object, apiVersion, kind, name, namespace, text };
      this.mistakes.push(...unsendable(text, manifest).map(({ prop, fault }) => ({ scope: object, text: Faults.describe(prop, fault) })));
      this.ranks[number] = rankOf(apiVersion, kind);
      this.facts.push(facts);
      if (name !== object.name) {
        // by a patch, which came after the name was checked
        this.mistakes.push(...ResourceName.faultsOf(kind, name).map(fault => ({ scope: object, text: Faults.describe('metadata.name', fault) })));
      }
      if (anyProvider) {
        this.needed[number] = neededBy(manifest);
        if (isProvider(apiVersion, kind)) {
          this.provided.set(providedBy(manifest), number);
        }
      }
    } catch (error) {
      this.facts.push(unreadFacts(object, isReadable(object)));
      this.mistakes.push({ scope: object, text: thrown('manifest', 'KEELSON1400', error, failurePrefix(object)) });
    }
  }

  private textOf(manifest: unknown, object: ApiObject, own: Manifest | undefined): string {
    return own?._isPatched === false && typeof manifest === 'object' && manifest !== null
      ? this.emitter.manifest(manifest, this.how.sort) : this.emitter.document(manifest, makesTree(object));
  }

  private validate(): void {
    for (const { construct } of this.tree.visited) {
      try {
        construct.node.validate().forEach(text => this.mistakes.push({ scope: construct, text }));
      } catch (error) {
        this.mistakes.push({ scope: construct, text: thrown('validation', 'KEELSON1404', error, '') });
      }
    }
  }

  private needs(): Need[] {
    return this.needed.flatMap((names, object) => names.flatMap(name => {
      const provider = this.provided.get(name);
      return provider === undefined || provider === object ? [] : [{ object, provider }];
    }));
  }
}

/** One of our own that nobody renders otherwise: it needn't be copied to be read. */
function ownOf(object: ApiObject): Manifest | undefined {
  return object.toJson === Manifest.prototype.toJson ? object as Manifest : undefined;
}

/** cdk8s' and our own rendering make a new object for every part, so that nothing can be met twice. */
function makesTree(object: ApiObject): boolean {
  return object.toJson === Manifest.prototype.toJson || object.toJson === ApiObject.prototype.toJson;
}

function thrown(prop: string, code: string, error: unknown, prefix: string): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const text = cause instanceof Error ? cause.message : String(cause);
  const [line = ''] = (text.startsWith(prefix) ? text.slice(prefix.length).replace(/^Error: /, '') : text).split('\n');
  return Faults.describe(prop, { code, allowed: 'free of errors', got: `"${line}"`, fix: 'mend what throws it, such as a Lazy or a JSON patch' });
}
