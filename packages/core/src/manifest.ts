import { ApiObject, ApiObjectMetadata, ApiObjectProps, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Faults } from './faults';
import { Labels } from './labels';
import { Metadata } from './metadata';
import { claimId } from './private/construct-id';
import { dropContent } from './private/content';
import { withHashedName } from './private/hashed-name';
import { checkIntegrity } from './private/integrity';
import { isClusterScoped } from './private/kinds';
import { objectAnnotations } from './private/object-annotations';
import { ownMetadata } from './private/object-metadata';
import { MergePatch, mergePatchFaults } from './private/merge-patch';
import { Patch, render, Rendering, sortsKeys } from './private/render';
import { ResourceName } from './resource-name';

const NO_PATCHES: readonly Patch[] = [];

/**
 * A Kubernetes object that follows the library's rules: its name and labels are checked, it takes the labels and
 * annotations of the scopes around it (see `Metadata`), and a cluster-scoped kind gets no namespace. Without `metadata.name` it is
 * called as its id says.
 *
 * Takes what `cdk8s.ApiObject` takes. Use it for objects of your own constructs.
 */
export class Manifest extends ApiObject {
  private readonly manifest: ApiObjectProps;
  /** None for most: they share one list. */
  private ops: readonly Patch[] = NO_PATCHES;
  private hashesName = false;

  public constructor(scope: Construct, id: string, props: ApiObjectProps) {
    super(scope, claimId(scope, id), props.metadata !== undefined && 'name' in props.metadata ? props : { ...props, metadata: { name: id, ...props.metadata } });
    this.manifest = props;
    checkIntegrity(this.node.root);
    Faults.report(this, 'metadata.name', ResourceName.faultsOf(this.kind, this.name));
    this.checkMetadata(props.metadata ?? {});
  }

  /** The namespace the object is in; none for cluster-scoped kinds, or where neither the chart nor the object names one. */
  public get namespace(): string | undefined {
    return isClusterScoped(this.apiVersion, this.kind) ? undefined : this.metadata.namespace;
  }

  /**
   * Change the rendered object by RFC 6902 operations. Patches are applied last, on every field, in the order in which they were
   * added.
   *
   * @param ops the operations, in order.
   */
  public override addJsonPatch(...ops: JsonPatch[]): void {
    this.patch(ops);
  }

  /**
   * Change the rendered object as `kubectl patch --type merge` does: maps are merged, `null` removes a field, and any other value, a
   * list too, takes the place of what was there. The way to set a field that no prop has.
   *
   * @param patch the fields, from the top of the object, such as `{ spec: { template: { spec: { hostAliases: … } } } }`.
   * @see https://datatracker.ietf.org/doc/html/rfc7396
   */
  public addMergePatch(patch: { [key: string]: unknown }): void {
    const faults = mergePatchFaults(patch);
    Faults.report(this, 'addMergePatch', faults);
    this.patch(faults.length > 0 ? [] : [new MergePatch(patch)]);
  }

  /** The object as Kubernetes takes it. */
  public override toJson(): unknown {
    return this._render({ sort: sortsKeys(), fresh: true });
  }

  /** The object as Kubernetes takes it; what isn't `fresh` is to be read only. @internal */
  public _render(how: Rendering): unknown {
    const json = render(this, { ...this.manifest, metadata: this.fullMetadata() }, this.ops, how);
    return this.hashesName ? withHashedName(json) : json;
  }

  /** Have the name end in a hash of what can't be changed of a Job, patches included. `name` stays what is before it. @internal */
  public _hashName(): void {
    this.hashesName = true;
  }

  /** @internal */
  public get _isPatched(): boolean {
    return this.ops.length > 0;
  }

  /** @internal */
  public _source(): object | undefined {
    const { name, namespace } = this;
    return this.ops.length > 0 ? undefined : { ...this.manifest, metadata: { ...this.manifest.metadata, name, namespace } };
  }

  private patch(patches: Patch[]): void {
    this.ops = [...this.ops, ...patches];
    dropContent(this);
  }

  private checkMetadata({ labels = {}, annotations = {} }: ApiObjectMetadata): void {
    Faults.report(this, 'metadata.labels', Labels._faultsOfAll(labels));
    const entries = Object.entries(annotations);
    for (const [key, value] of entries) {
      Faults.report(this, 'metadata.annotations', Labels.annotationFaultsOf(key, value));
    }
    if (entries.length > 0) {
      Faults.report(this, 'metadata.annotations', Labels.annotationSizeFaultsOf(annotations));
    }
  }

  private annotationsAround(): ReadonlyMap<string, string> {
    const objects = objectAnnotations(this, this.apiVersion, this.kind);
    const all = Metadata._annotationsAt(this);
    return objects.length === 0 ? all : new Map([...all, ...objects]);
  }

  /** Sorted, as all of it will be, so that it needn't be sorted again. */
  private fullMetadata(): object {
    const own = ownMetadata(this.metadata, this.manifest.metadata?.labels);
    return {
      annotations: merged(this.annotationsAround(), own.annotations),
      labels: merged(Metadata._labelsAt(this), own.labels),
      name: this.metadata.name,
      namespace: this.namespace,
      ...own.others,
    };
  }
}

function merged(around: ReadonlyMap<string, string>, own: { [key: string]: string } = {}): object | undefined {
  const all = around.size === 0 ? own : { ...Object.fromEntries(around), ...own };
  return Object.keys(all).length > 0 ? all : undefined;
}
