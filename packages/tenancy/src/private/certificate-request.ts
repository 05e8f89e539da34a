import { Fault } from '@keelson/core';

/** Who a certificate is asked for. */
export interface RequestSubject {
  /** PEM, as the API server wants it. */
  readonly pem: string;
  /** The common name. */
  readonly user: string;
  /** The organizations. */
  readonly groups: string[];
  readonly faults: Fault[];
}

const PEM = /^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\r?\n([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----$/;
const ALLOWED = "a certificate request in PEM, from '-----BEGIN CERTIFICATE REQUEST-----' on";
const FIX = "make it by 'openssl req -new -key ann.key -subj \"/CN=ann/O=shop-leads\"', and give its text";
/** Of ASN.1: what a request and the name in it are made of. */
const [SEQUENCE, SET, INTEGER, OBJECT_ID] = [0x30, 0x31, 0x02, 0x06];
/** UTF8String, PrintableString and IA5String: what names are written in today. */
const TEXTS = [0x0c, 0x13, 0x16];
/** The ids 2.5.4.3 and 2.5.4.10. */
const [COMMON_NAME, ORGANIZATION] = ['550403', '55040a'];

/** The subject of a certificate request, given as PEM or as base64 of PEM. */
export function requestSubject(text: string): RequestSubject {
  const given = typeof text === 'string' ? text.trim() : '';
  const plain = given.startsWith('LS0t') ? Buffer.from(given, 'base64').toString('latin1').trim() : given;
  const none = (got: string, allowed = ALLOWED, fix = FIX): RequestSubject =>
    ({ pem: '', user: '', groups: [], faults: [{ code: 'KEELSON4080', got, allowed, fix }] });
  if (plain.includes('PRIVATE KEY-----')) {
    return none('a private key', `${ALLOWED}; a key stays with its owner`, 'take the key out of the repository and make another one: who read this one may use it');
  }
  const body = PEM.exec(plain)?.[1];
  if (body === undefined) {
    return none(plain === '' ? 'nothing' : 'another text');
  }
  const names = namesOf(Buffer.from(body, 'base64'));
  if (names === undefined) {
    return none('PEM of something else');
  }
  const of = (id: string) => names.filter(([key]) => key === id).map(([, value]) => value);
  const [users, groups] = [of(COMMON_NAME), of(ORGANIZATION)];
  const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n');
  return { pem, user: users[0] ?? '', groups, faults: subjectFaults(users, groups) };
}

/** The API server knows its own parts by such names; `system:masters` may do everything, and no role takes that back. */
function subjectFaults(users: readonly string[], groups: readonly string[]): Fault[] {
  const [user = ''] = users;
  return [
    ...users.length === 1 && user.trim() !== '' ? [] : [{
      code: 'KEELSON4081', got: users.length > 1 ? `${users.length} common names` : 'none',
      allowed: 'a request with one common name (CN), which is the name of the user', fix: FIX,
    }],
    ...[...users.slice(0, 1).map(name => `user '${name}'`), ...groups.map(name => `group '${name}'`)].filter(text => text.includes(" 'system:")).map(text => ({
      code: 'KEELSON4082', got: `the ${text}`, allowed: "a request for names of people: those that begin with 'system:' are the cluster's own",
      fix: 'ask for another name, and grant a role to it',
    })),
  ];
}

/** One value of ASN.1, and what is behind it. */
interface Value {
  readonly tag: number;
  readonly content: Buffer;
  readonly rest: Buffer;
}

/** Attributes of the subject, by id; undefined where it is no request. */
function namesOf(der: Buffer): [string, string][] | undefined {
  const info = inside(valueOf(der), SEQUENCE);
  const version = info === undefined ? undefined : valueOf(valueOf(info)?.content ?? info);
  const subject = version?.tag === INTEGER && valueOf(info ?? der)?.tag === SEQUENCE ? valueOf(version.rest) : undefined;
  const sets = subject?.tag === SEQUENCE ? listOf(subject.content) : undefined;
  const attributes = sets?.flatMap(set => (set.tag === SET ? listOf(set.content) ?? [undefined] : [undefined]));
  const named = attributes?.map(attribute => (attribute?.tag === SEQUENCE ? listOf(attribute.content) : undefined));
  const pairs = named?.map((pair): [string, string] | undefined => {
    const [id, text] = pair ?? [];
    if (id?.tag !== OBJECT_ID || text === undefined) {
      return undefined;
    }
    return [id.content.toString('hex'), TEXTS.includes(text.tag) ? text.content.toString('utf8') : ''];
  });
  return pairs === undefined || pairs.includes(undefined) ? undefined : pairs.flatMap(pair => (pair === undefined ? [] : [pair]));
}

function inside(value: Value | undefined, tag: number): Buffer | undefined {
  return value?.tag === tag && value.rest.length === 0 ? value.content : undefined;
}

function listOf(content: Buffer): Value[] | undefined {
  const values: Value[] = [];
  for (let rest = content; rest.length > 0;) {
    const value = valueOf(rest);
    if (value === undefined) {
      return undefined;
    }
    values.push(value);
    rest = value.rest;
  }
  return values;
}

/** Tag, length (in one byte, or in as many as the first one says) and content. */
function valueOf(der: Buffer): Value | undefined {
  const [tag, first] = der;
  if (tag === undefined || first === undefined) {
    return undefined;
  }
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  if (bytes > 3 || der.length < 2 + bytes) {
    return undefined;
  }
  const length = bytes === 0 ? first : der.readUIntBE(2, bytes);
  const [start, end] = [2 + bytes, 2 + bytes + length];
  return der.length < end ? undefined : { tag, content: der.subarray(start, end), rest: der.subarray(end) };
}
