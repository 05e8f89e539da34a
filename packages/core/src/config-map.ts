import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ApiResource } from './api-resource';
import { Fault, Faults } from './faults';
import { Manifest } from './manifest';
import { base64Faults, canonicalBase64, dataFaults, keyFaults, sizeFaults, textFaults } from './private/config-data';
import { claimId } from './private/construct-id';
import { dropContent, keepContent } from './private/content';
import { contentHash } from './private/hashed-name';
import { textsAt } from './private/manifest-fields';
import { quoted } from './private/quoted';
import { readerOf } from './private/reader-role';
import { isSendable } from './private/unsendable';
import type { Role } from './role';
import type { IGrantable } from './subject';
import { Warnings } from './warnings';

const LARGEST_ANNOTATION = 262144;

/** A ConfigMap: ours, one of cdk8s-plus, or made elsewhere. */
export interface IConfigMap {
  /** Its `metadata.name`. */
  readonly name: string;

  /** Always `ConfigMap`. */
  readonly kind: string;

  /**
   * The namespace it is in. Pods reach the ConfigMaps of their own namespace only.
   *
   * @default - not known, and not checked.
   */
  readonly namespace?: string;
}

/** Properties for `ConfigMap`. */
export interface ConfigMapProps {
  /**
   * Texts by key. A key is what a file is called where the ConfigMap is mounted: letters, digits, `-`, `_` and `.`.
   *
   * @default - none; `addData` and `addFile` add some.
   */
  readonly data?: { [key: string]: string };

  /**
   * Bytes by key, in base64, for what isn't UTF-8.
   *
   * @default - none.
   */
  readonly binaryData?: { [key: string]: string };

  /**
   * Files of this machine by key, as they are now, from the working directory on: as text where they are UTF-8 that API servers
   * take, else as bytes.
   *
   * @default - none.
   */
  readonly files?: { [key: string]: string };

  /**
   * Let nobody change it: its name then ends in a hash of what is in it, so that other content is another ConfigMap. Pods of the
   * last release keep theirs, also after a rollback. What no pod refers to any more is left for whoever prunes (Argo CD, Flux,
   * `kubectl apply --prune`). Nothing can be added later.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable
   */
  readonly immutable?: boolean;

  /**
   * Its `metadata.name`; of an immutable one, what comes before the hash.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Configuration that everybody who may read the namespace may read: at most 1 MiB, all values together.
 *
 * Defines a ConfigMap. Pods that refer to it (`EnvValue.fromConfigMap`, `EnvFrom.configMap`, `Volume.fromConfigMap`) are
 * rolled when what they refer to changes.
 *
 * ```ts
 * declare const chart: Chart;
 * const settings = new ConfigMap(chart, 'settings', { data: { level: 'info' } });
 * settings.addData('app.yaml', 'greeting: hello\n');
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigMap extends Construct implements IConfigMap {
  /**
   * A ConfigMap made elsewhere. What is in it isn't known, so that its changes roll no pods.
   *
   * @param name its `metadata.name`.
   * @param namespace the namespace it is in; not checked where not given.
   */
  public static fromConfigMapName(name: string, namespace?: string): IConfigMap {
    return { name, kind: 'ConfigMap', namespace };
  }

  /** Always `ConfigMap`. */
  public readonly kind = 'ConfigMap';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  private readonly data = new Map<string, string>();
  private readonly binaryData = new Map<string, string>();
  private sealed = false;
  private jsonBytes = 0;
  private reader?: Role;

  public constructor(scope: Construct, id: string, props: ConfigMapProps = {}) {
    super(scope, claimId(scope, id));
    this.entries('data', props.data).forEach(([key, value]) => this.addData(key, value));
    this.entries('binaryData', props.binaryData).forEach(([key, value]) => this.addBinaryData(key, value));
    this.entries('files', props.files).forEach(([key, path]) => this.addFile(path, key));
    this.sealed = props.immutable === true;
    const name = props.name ?? id;
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name: this.sealed ? `${name}-${contentHash(this.data, this.binaryData)}` : name, labels: props.labels },
      immutable: this.sealed ? true : undefined,
      data: Lazy.any({ produce: () => sorted(this.data) }),
      binaryData: Lazy.any({ produce: () => sorted(this.binaryData) }),
    });
    keepContent(this.manifest);
    this.node.addValidation({
      validate: () => [
        ...sizeFaults(this.kind, this.data, this.binaryData).map(fault => Faults.describe('data', fault)),
        ...this.patchFaults().map(fault => Faults.describe('immutable', fault)),
      ],
    });
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }

  /**
   * Add a text. The same text twice is the same as once.
   *
   * @param key letters, digits, `-`, `_` and `.`; at most 253.
   * @param value the text.
   */
  public addData(key: string, value: string): void {
    Faults.report(this, 'data', [...keyFaults(key), ...textFaults(key, value), ...this.takenFaults(key, value, this.data, this.binaryData)]);
    this.set(this.data, key, value);
  }

  /**
   * Add bytes. The same bytes twice are the same as once.
   *
   * @param key letters, digits, `-`, `_` and `.`; at most 253.
   * @param value the bytes in base64, padded; line breaks are left out.
   */
  public addBinaryData(key: string, value: string): void {
    const none = base64Faults(key, value);
    const bytes = none.length === 0 ? canonicalBase64(value) : value;
    Faults.report(this, 'binaryData', [...keyFaults(key), ...none, ...this.takenFaults(key, bytes, this.binaryData, this.data)]);
    this.set(this.binaryData, key, bytes);
  }

  /**
   * Add a file of this machine as it is now: as text where it is UTF-8 that API servers take, else as bytes.
   *
   * @param localFile its path, from the working directory on.
   * @param key the key; the file's own name where not given.
   */
  public addFile(localFile: string, key?: string): void {
    let content: Buffer;
    try {
      content = readFileSync(localFile);
    } catch (error) {
      Faults.report(this, 'data', [{
        code: 'KEELSON1308', got: `${quoted(localFile)} (${(error as { code?: string }).code ?? 'unreadable'})`, allowed: 'a file that can be read',
        fix: 'give its path from the folder where synth runs, or an absolute one',
      }]);
      return;
    }
    const text = content.toString('utf8');
    if (Buffer.from(text, 'utf8').equals(content) && isSendable(text)) {
      this.addData(key ?? basename(localFile), text);
    } else {
      this.addBinaryData(key ?? basename(localFile), content.toString('base64'));
    }
  }

  /**
   * Let somebody read it by the API, and no other ConfigMap: for programs that follow its changes themselves. Pods that mount it
   * need no such right. Defines a Role of its name and `-reader`, and its binding.
   *
   * @param grantee who gets the right; a workload gets a token for it, too.
   */
  public grantRead(grantee: IGrantable): void {
    this.reader ??= readerOf(this, this.name, ApiResource.CONFIG_MAPS);
    this.reader.grantTo(grantee);
  }

  private entries(prop: string, data: { [key: string]: string } = {}): [string, string][] {
    const none = dataFaults(data);
    Faults.report(this, prop, none);
    return none.length === 0 ? Object.entries(data) : [];
  }

  /** `kubectl apply` without `--server-side` writes the whole object, as JSON, into an annotation of it. */
  private set(entries: Map<string, string>, key: string, value: string): void {
    if (this.sealed && !entries.has(key)) {
      Faults.report(this, 'immutable', [{
        code: 'KEELSON1584', got: `${quoted(key)} added later`, allowed: 'made with all that is in it', fix: "give it in 'data', 'binaryData' or 'files'",
      }]);
      return;
    }
    // What is no text was reported; the key is there all the same.
    const text = typeof value === 'string' ? value : '';
    this.jsonBytes += entries.has(key) ? 0 : Buffer.byteLength(JSON.stringify([key, text]), 'utf8');
    entries.set(key, text);
    dropContent(this.manifest);
    if (this.jsonBytes > LARGEST_ANNOTATION) {
      Warnings.report(this, 'KEELSON1333', `kubectl apply keeps a copy in an annotation, which takes no more than ${LARGEST_ANNOTATION} bytes: `
        + 'apply it with --server-side, or split the ConfigMap');
    }
  }

  /** Its name says what is in it: with other content under one name, API servers refuse the next release. */
  private patchFaults(): Fault[] {
    if (!this.sealed || !this.manifest._isPatched) {
      return [];
    }
    const rendered = this.manifest.toJson();
    const parts = ['data', 'binaryData'].map(part => textsAt(rendered, part) ?? new Map<string, string>());
    return contentHash(...parts) === contentHash(this.data, this.binaryData) ? [] : [{
      code: 'KEELSON1589', got: 'content that a patch has changed', allowed: 'false or left out, where a patch changes the content: the name has the hash of what was there before',
      fix: "give it in 'data', 'binaryData' or 'files'",
    }];
  }

  private takenFaults(key: string, value: string, own: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Fault[] {
    return typeof value !== 'string' || (!other.has(key) && (own.get(key) ?? value) === value) ? [] : [{
      code: 'KEELSON1305', got: `${quoted(key)} again`, allowed: 'one value for each key, data and binaryData together', fix: 'rename one of the two keys',
    }];
  }
}

/** In the order of keys, so that it doesn't matter who added first; none at all is left out. */
function sorted(entries: ReadonlyMap<string, string>): { [key: string]: string } | undefined {
  return entries.size === 0 ? undefined : Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
