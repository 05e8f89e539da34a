import { ApiObject } from 'cdk8s';
import { items, member, recordAt, textAt } from './manifest-fields';
import { podImageFaults } from './manifest-image-checks';
import { ManifestFault, missingVolumes, NO_FAULTS, podSpecFaults } from './manifest-pod-checks';
import { hasStockResolvers } from './render';

const DIRECTIONS = [['Ingress', 'ingress'], ['Egress', 'egress']] as const;

type Faults = readonly ManifestFault[];
/** Names of the claims that a StatefulSet makes; undefined for other kinds. */
type ClaimTemplates = ReadonlySet<string> | undefined;

/** What of a `PodTemplate` is read here without rendering it. */
interface Outlined {
  _outline(): object;
  readonly _claimTemplates: { readonly name: string }[];
}

/** An object whose manifest can be read as it was given: `Manifest`. */
interface Given {
  _source(): object | undefined;
}

/** What of a `spec` leads to its pods. */
interface Parts {
  readonly template?: unknown;
  readonly jobTemplate?: { readonly spec?: Parts };
}

/** A pod template that tells what others refer to without being rendered; undefined for any other value. */
export function outlined(template: unknown): Outlined | undefined {
  return typeof (template as Partial<Outlined> | null | undefined)?._outline === 'function' ? template as Outlined : undefined;
}

/** Where the pods of an object that makes pods are described; for a Pod the object itself. */
export function holderOf(kind: string, manifest: unknown): Record<string, unknown> | undefined {
  return kind === 'CronJob' ? recordAt(manifest, 'spec', 'jobTemplate', 'spec') : recordAt(manifest, 'spec');
}

/** A PodDisruptionBudget without either limit blocks each eviction, and without a selector it is over no pod. */
export function budgetFaults(spec: unknown): Faults {
  const faults: ManifestFault[] = [];
  if (isAbsent(member(spec, 'minAvailable')) && isAbsent(member(spec, 'maxUnavailable'))) {
    faults.push({ prop: 'spec', fault: {
      code: 'KEELSON1445', got: 'neither', allowed: "with 'minAvailable' or 'maxUnavailable'", fix: 'add one, such as maxUnavailable: 1; without, no pod is ever evicted',
    } });
  }
  if (isAbsent(member(spec, 'selector'))) {
    faults.push({ prop: 'spec.selector', fault: {
      code: 'KEELSON1446', got: 'none, which is over no pod', allowed: 'the labels of the pods that it is over', fix: "add it, such as { matchLabels: { app: 'web' } }",
    } });
  }
  if (member(spec, 'minAvailable') === '100%') {
    faults.push({ prop: 'spec.minAvailable', fault: {
      code: 'KEELSON1456', got: "'100%'", allowed: 'fewer than all pods', fix: 'leave one out: else no node with such a pod can be drained',
    } });
  }
  return faults;
}

/**
 * A NetworkPolicy works in the directions of its `policyTypes`. Without them it always closes ingress, and egress only where it has
 * rules for it: what is meant is clear only if it says both, or nothing of egress.
 */
export function policyFaults(spec: unknown): Faults {
  const types = items(member(spec, 'policyTypes'));
  if (types.length === DIRECTIONS.length) {
    return NO_FAULTS;
  }
  const [ingress, egress] = [member(spec, 'ingress'), member(spec, 'egress')];
  if (types.length === 0) {
    const open = Array.isArray(egress) && egress.length === 0;
    return isAbsent(egress) || (!open && !isAbsent(ingress)) ? NO_FAULTS : [{ prop: 'spec.policyTypes', fault: {
      code: 'KEELSON1447', got: open ? 'none, which leaves egress open' : 'none, which closes ingress too', allowed: "given beside 'egress'",
      fix: "write ['Egress'], or ['Ingress', 'Egress']",
    } }];
  }
  return DIRECTIONS.filter(([type, rules]) => !types.includes(type) && items(rules === 'ingress' ? ingress : egress).length > 0)
    .map(([type, rules]) => ({ prop: 'spec.policyTypes', fault: {
      code: 'KEELSON1448', got: `${types.map(String).join(', ')}, so that '${rules}' does nothing`, allowed: 'each direction that there are rules for',
      fix: `add ${type}, or remove the rules`,
    } }));
}

/** What is wrong with the pods that an object makes. Those of a `PodTemplate` were checked prop by prop, unless they were patched. */
export function podsFaults(object: ApiObject, kind: string, manifest: unknown, claimTemplates: ClaimTemplates): Faults {
  const holder = holderOf(kind, manifest);
  const source = sourceOf(object);
  const template = outlined(holder?.template) ?? outlined(plainHolderOf(kind, source)?.template);
  if (template?._claimTemplates.length === 0) {
    return NO_FAULTS;
  }
  const spec = kind === 'Pod' ? holder : member(holder, 'template', 'spec');
  const missing = volumeFaults(object, kind, spec, claimTemplates);
  const byHand = template === undefined;
  const faults = byHand ? [...podSpecFaults(spec, pathOf(kind)), ...podImageFaults(object, spec, pathOf(kind))] : NO_FAULTS;
  // a spec to be had later is asked once more only where something is wrong
  return faults.length === 0 || outlined(holderOf(kind, source)?.template) !== undefined ? missing : [...faults, ...missing];
}

function volumeFaults(object: ApiObject, kind: string, spec: unknown, claimTemplates: ClaimTemplates): Faults {
  const missing = missingVolumes(spec, claimTemplates ?? new Set());
  if (missing.length === 0) {
    return NO_FAULTS;
  }
  if (claimTemplates !== undefined) {
    return missing.map(name => ({ prop: 'spec.volumeClaimTemplates', fault: {
      code: 'KEELSON1420', got: `none named ${name}`, allowed: `the templates of all claims that the pods mount (${listOf([...claimTemplates])})`,
      fix: "add the template: Volume.fromClaimTemplate mounts it and doesn't make it",
    } }));
  }
  const volumes = items(member(spec, 'volumes')).flatMap(volume => textAt(volume, 'name') ?? []);
  const told = toldByWorkload(object);
  return missing.filter(name => !told.includes(name)).map(name => ({ prop: `${pathOf(kind)}.volumes`, fault: {
    code: 'KEELSON1444', got: `none named ${name}`, allowed: `the volumes of all mounts (${listOf(volumes)})`,
    fix: 'add the volume; a claim from a template is there in a StatefulSet only',
  } }));
}

/** A workload says of its own claim templates, by prop, that its pods can't have them. */
function toldByWorkload(object: ApiObject): string[] {
  const { pods } = (object.node.scope ?? {}) as { pods?: unknown };
  return outlined(pods)?._claimTemplates.map(({ name }) => name) ?? [];
}

/** The manifest of an unpatched object of ours as it was given. */
function sourceOf(object: ApiObject): object | undefined {
  return hasStockResolvers(object) ? (object as Partial<Given>)._source?.() : undefined;
}

/** As `holderOf`, asking nothing that is to be had later. */
function plainHolderOf(kind: string, source: { readonly spec?: Parts } | undefined): Parts | undefined {
  return kind === 'CronJob' ? source?.spec?.jobTemplate?.spec : source?.spec;
}

/** Where an object has the `spec` of its pods. */
export function pathOf(kind: string): string {
  return kind === 'Pod' ? 'spec' : `${kind === 'CronJob' ? 'spec.jobTemplate.spec' : 'spec'}.template.spec`;
}

/** Null is left out when an object is rendered. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function listOf(names: string[]): string {
  return names.length === 0 ? 'none' : names.sort().join(', ');
}
