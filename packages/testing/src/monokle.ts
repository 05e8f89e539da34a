import { createHash } from 'node:crypto';
import {
  AnnotationSuppressor, DefaultPluginLoader, DisabledFixer, FingerprintSuppressor, MonokleValidator, processRefs, ResourceParser,
  SchemaLoader, type Resource,
} from './monokle-library.mjs';
import { stringify } from 'yaml';
import { objectAt, parseManifests, titleOf, type JsonObject } from './manifest.js';

/** A finding of a policy checker that is no fault here. */
export interface AllowedFinding {
  /** The rule's id, `KBP112`, or for a broken link `LNK001`. */
  readonly rule: string;
  /** Part of the finding's line, such as the object it is about. */
  readonly about: string;
  /** Why it is none: shown when nothing matches it any more. */
  readonly reason: string;
}

/**
 * What runs offline. `kubernetes-schema` and `open-policy-agent` fetch what they need and find nothing, in silence, without it;
 * `metadata` asks for a label that doesn't exist (`app.kubernetes.io/managed`).
 */
const PLUGINS = { 'pod-security-standards': true, 'practices': true, 'resource-links': true };

/**
 * What Monokle finds with the Pod Security Standards (restricted included), all its practices, and its check of references between
 * objects, every rule on. An allowance that nothing needs is itself a finding.
 * @returns one line each, `KBP102 Deployment shop/web spec.template…: Require a read-only root file system`: none where all is well
 */
export async function checkMonokle(yaml: string, allowed: readonly AllowedFinding[] = []): Promise<string[]> {
  const parser = new ResourceParser();
  const objects = parseManifests(yaml);
  const resources = objects.map(toResource);
  const validator = await withEveryRule(parser);
  processRefs(resources, parser, undefined, []);
  const { runs } = await validator.validate({ resources });
  const lines = runs.flatMap((run) => run.results).map((result) => {
    const place = result.locations[0]?.physicalLocation;
    const index = Number(place?.artifactLocation.uri);
    const element = result.locations.flatMap((each) => each.logicalLocations ?? []).find((each) => each.kind === 'element');
    const { startLine = 0, startColumn = 0, endColumn = 0 } = place?.region ?? {};
    const where = element?.fullyQualifiedName === undefined
      ? `"${resources[index]?.text.split('\n')[startLine - 1]?.slice(startColumn - 1, endColumn - 1) ?? ''}"`
      : element.fullyQualifiedName.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]');
    return `${result.ruleId} ${titleOf(objects[index])} ${where}: ${result.message.text}`;
  });
  const isAllowed = (line: string, { rule, about }: AllowedFinding): boolean => line.startsWith(`${rule} `) && line.includes(about);
  const unused = allowed.filter((each) => !lines.some((line) => isAllowed(line, each)));
  return [
    ...lines.filter((line) => !allowed.some((each) => isAllowed(line, each))),
    ...unused.map(({ rule, about, reason }) => `${rule} is allowed for ${about} (${reason}) and isn't found: take the allowance out`),
  ].sort();
}

/** Rules that are off by default can be named only once the plugins are loaded, so they are loaded twice. */
async function withEveryRule(parser: ResourceParser): Promise<MonokleValidator> {
  const make = (rules: Record<string, string>): MonokleValidator => new MonokleValidator({
    loader: new DefaultPluginLoader(),
    parser,
    schemaLoader: new SchemaLoader(),
    suppressors: [new AnnotationSuppressor(), new FingerprintSuppressor()],
    fixer: new DisabledFixer(),
  }, { plugins: PLUGINS, rules });
  const probe = make({});
  await probe.load();
  const rules = probe.getPlugins().flatMap((plugin) => plugin.rules.map((rule) => `${plugin.metadata.name}/${rule.name}`));
  if (rules.length < 40) throw new Error(`Monokle has ${rules.length} rules, expected 40 or more: has a plugin failed to load?`);
  const validator = make(Object.fromEntries(rules.map((rule) => [rule, 'warn'])));
  await validator.load();
  return validator;
}

function toResource(object: JsonObject, index: number): Resource {
  const { name, namespace } = objectAt(object, 'metadata');
  const text = stringify(object);
  return {
    // Monokle keeps what it found out about an id, across validators and parsers.
    id: `${index}-${createHash('sha256').update(text).digest('hex')}`,
    fileId: String(index),
    filePath: String(index),
    fileOffset: 0,
    name: typeof name === 'string' ? name : '',
    apiVersion: String(object.apiVersion),
    kind: String(object.kind),
    ...(typeof namespace === 'string' ? { namespace } : {}),
    content: object,
    text,
  };
}
