import { Fault } from '../faults';
import { ipAddressOf } from './ip-address';
import { quoted } from './quoted';

/** The parts of a reference, as far as it has them. */
export interface ImageParts {
  /** Whether the registry is written, or Docker Hub is meant. */
  readonly named: boolean;
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const HUB = 'docker.io';
const LONGEST_REPOSITORY = 255;
const LONGEST_TAG = 128;
const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const DOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Takes a reference apart as container runtimes do, whether or not the parts are valid. */
export function partsOf(reference: string): ImageParts {
  const at = reference.indexOf('@');
  const [before, digest] = at < 0 ? [reference, undefined] : [reference.slice(0, at), reference.slice(at + 1)];
  const colon = before.indexOf(':', before.lastIndexOf('/') + 1);
  const [path, tag] = colon < 0 ? [before, undefined] : [before.slice(0, colon), before.slice(colon + 1)];
  const slash = path.indexOf('/');
  const first = slash < 0 ? '' : path.slice(0, slash);
  const named = first === 'localhost' || /[.:]/.test(first);
  const registry = named ? registryOf(first) : HUB;
  const rest = named ? path.slice(slash + 1) : path;
  return { named, registry, repository: registry === HUB && rest !== '' && !rest.includes('/') ? `library/${rest}` : rest, tag, digest };
}

/** A registry in its one form: host names have no case, and Docker Hub has an old name. */
export function registryOf(written: string): string {
  const lower = written.toLowerCase();
  return lower === 'index.docker.io' ? HUB : lower;
}

/** What is wrong with a reference; each part is judged by itself. */
export function imageFaults(reference: string, parts: ImageParts): Fault[] {
  const refused = (code: string, allowed: string, fix: string): Fault => ({ code, got: quoted(reference), allowed, fix });
  if (reference === '') {
    return [refused('KEELSON1100', 'an image', "write it like 'registry.example.com/shop/web:1.0.0'")];
  }
  const bare = reference.replace(/^[a-z][-+.a-z0-9]*:\/\//i, '').replace(/\s+/g, '');
  if (bare !== reference) {
    const fix = bare === '' ? "write it like 'web:1.0.0'" : `try ${quoted(bare)}`;
    return [refused('KEELSON1101', "an image without spaces and without 'https://'", fix)];
  }
  const { named, registry, repository, tag, digest } = parts;
  const faults: Fault[] = [];
  if (named && !isRegistry(registry)) {
    const allowed = 'an image of a registry with a host name and, if any, a port from 1 to 65535';
    faults.push(refused('KEELSON1109', allowed, `check the registry ${quoted(registry)}`));
  }
  faults.push(...repositoryFaults(repository, refused));
  if (tag === undefined && digest === undefined) {
    faults.push(refused('KEELSON1103', 'an image with a tag or a digest', "end it in ':<version>' or '@sha256:<digest>'"));
  } else if (tag === 'latest') {
    faults.push(refused('KEELSON1104', "an image with another tag than 'latest'",
      digest === undefined ? "name the version: 'latest' is another image tomorrow" : "leave ':latest' out, the digest says which it is"));
  } else if (tag !== undefined && (!/^\w[\w.-]*$/.test(tag) || tag.length > LONGEST_TAG)) {
    const allowed = `an image with a tag of at most ${LONGEST_TAG} letters, digits, '_', '.' and '-', the first no '.' or '-'`;
    faults.push(refused('KEELSON1106', allowed, `check the tag ${quoted(tag)}`));
  }
  if (digest !== undefined && !DIGEST.test(digest)) {
    const allowed = "an image with a digest of 'sha256:' and 64, or 'sha512:' and 128, of the characters 0-9 and a-f";
    faults.push(refused('KEELSON1105', allowed, `check the digest ${quoted(digest)} (${digest.length} characters)`));
  }
  return faults;
}

function repositoryFaults(repository: string, refused: (code: string, allowed: string, fix: string) => Fault): Fault[] {
  const lower = repository.toLowerCase();
  if (lower !== repository && lower.split('/').every(segment => PATH.test(segment))) {
    return [refused('KEELSON1102', 'an image with a repository in lower case', `write ${quoted(lower)}`)];
  }
  if (!repository.split('/').every(segment => PATH.test(segment))) {
    const allowed = "an image with a repository of lower-case letters and digits, single '.', '_', '__' or '-' between them, and '/'";
    return [refused('KEELSON1107', allowed, `check the repository ${quoted(repository)}`)];
  }
  return repository.length <= LONGEST_REPOSITORY ? []
    : [refused('KEELSON1108', `an image with a repository of at most ${LONGEST_REPOSITORY} characters`, 'use a shorter path')];
}

function isRegistry(registry: string): boolean {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(registry) ?? [];
  const host = bracketed !== undefined ? ipAddressOf(bracketed)?.bits === 128 : plain !== undefined && DOMAIN.test(plain);
  return host && (port === undefined || (Number(port) >= 1 && Number(port) <= 65535));
}
