import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Faults, Image, Labels } from '../src';

const a = (length: number) => 'a'.repeat(length);
const sha256 = `sha256:${'0123456789abcdef'.repeat(4)}`;
const sha512 = `sha512:${'0123456789abcdef'.repeat(8)}`;
const faultsOf = (reference: string) => Image.parse(reference).faults.map(fault => Faults.describe('image', fault));
const parts = ({ registry, repository, tag, digest }: Image) => ({ registry, repository, tag, digest });

describe('Image: parts', () => {
  test.each([
    ['nginx:1.29', 'docker.io', 'library/nginx', '1.29', undefined],
    ['grafana/grafana:12.0.0', 'docker.io', 'grafana/grafana', '12.0.0', undefined],
    ['docker.io/nginx:1', 'docker.io', 'library/nginx', '1', undefined],
    ['index.docker.io/nginx:1', 'docker.io', 'library/nginx', '1', undefined],
    ['registry.example.com/shop/storefront:1.8.2', 'registry.example.com', 'shop/storefront', '1.8.2', undefined],
    ['registry.example.com/web:1', 'registry.example.com', 'web', '1', undefined],
    ['localhost/web:1', 'localhost', 'web', '1', undefined],
    ['localhost:5000/a/b:1', 'localhost:5000', 'a/b', '1', undefined],
    ['localhost:5000', 'docker.io', 'library/localhost', '5000', undefined],
    ['registry:5000/web:1', 'registry:5000', 'web', '1', undefined],
    ['10.0.0.1:65535/web:1', '10.0.0.1:65535', 'web', '1', undefined],
    ['[2001:db8::1]:5000/web:1', '[2001:db8::1]:5000', 'web', '1', undefined],
    ['Registry.Example.com/web:1', 'registry.example.com', 'web', '1', undefined],
    [`nginx@${sha256}`, 'docker.io', 'library/nginx', undefined, sha256],
    [`quay.io/a__b/c.d-e--f:V1_x@${sha512}`, 'quay.io', 'a__b/c.d-e--f', 'V1_x', sha512],
  ])('reads %s', (reference, registry, repository, tag, digest) => {
    const image = Image.parse(reference);
    expect([parts(image), image.reference, faultsOf(reference)]).toEqual([{ registry, repository, tag, digest }, reference, []]);
  });

  test.each([['nginx:1.29', '1.29'], [`nginx:v1_@${sha256}`, 'v1'], [`nginx@${sha256}`, undefined], [`nginx:${a(128)}`, a(63)], ['nginx:__', undefined]])(
    'the label of %s is %s', (reference, label) => {
      expect(Image.parse(reference).versionLabel).toBe(label);
    });
});

describe('R6 Image: validation', () => {
  const which = (got: string) => `KEELSON1103 'image' must be an image with a tag or a digest, got '${got}': end it in ':<version>' or '@sha256:<digest>'`;
  const digest = (got: string, shown: string, length: number) =>
    `KEELSON1105 'image' must be an image with a digest of 'sha256:' and 64, or 'sha512:' and 128, of the characters 0-9 and a-f, got '${got}': check the digest '${shown}' (${length} characters)`;
  const tag = (got: string, shown: string) =>
    `KEELSON1106 'image' must be an image with a tag of at most 128 letters, digits, '_', '.' and '-', the first no '.' or '-', got '${got}': check the tag '${shown}'`;
  const repository = (got: string, shown: string) =>
    `KEELSON1107 'image' must be an image with a repository of lower-case letters and digits, single '.', '_', '__' or '-' between them, and '/', got '${got}': check the repository '${shown}'`;
  const registry = (got: string, shown: string) =>
    `KEELSON1109 'image' must be an image of a registry with a host name and, if any, a port from 1 to 65535, got '${got}': check the registry '${shown}'`;

  test.each([
    [undefined as unknown as string, "KEELSON1100 'image' must be an image, got undefined: write it like 'registry.example.com/shop/web:1.0.0'"],
    [5 as unknown as string, "KEELSON1100 'image' must be an image, got 5: write it like 'registry.example.com/shop/web:1.0.0'"],
    ['', "KEELSON1100 'image' must be an image, got '': write it like 'registry.example.com/shop/web:1.0.0'"],
    [' web:1', "KEELSON1101 'image' must be an image without spaces and without 'https://', got ' web:1': try 'web:1'"],
    ['web:1\n', "KEELSON1101 'image' must be an image without spaces and without 'https://', got 'web:1\\n': try 'web:1'"],
    [' ', "KEELSON1101 'image' must be an image without spaces and without 'https://', got ' ': write it like 'web:1.0.0'"],
    ['https://ghcr.io/web:1', "KEELSON1101 'image' must be an image without spaces and without 'https://', got 'https://ghcr.io/web:1': try 'ghcr.io/web:1'"],
    ['ghcr.io/Shop/Web:1', "KEELSON1102 'image' must be an image with a repository in lower case, got 'ghcr.io/Shop/Web:1': write 'shop/web'"],
    ['Foo/bar:1', "KEELSON1102 'image' must be an image with a repository in lower case, got 'Foo/bar:1': write 'foo/bar'"],
    ['web', which('web')], ['ghcr.io/a/web', which('ghcr.io/a/web')], ['localhost:5000/web', which('localhost:5000/web')],
    ['web:latest', "KEELSON1104 'image' must be an image with another tag than 'latest', got 'web:latest': name the version: 'latest' is another image tomorrow"],
    ['web:', tag('web:', '')], ['web:.1', tag('web:.1', '.1')], ['web:1+b', tag('web:1+b', '1+b')],
    ['web@', digest('web@', '', 0)], ['web@sha256:abc', digest('web@sha256:abc', 'sha256:abc', 10)], ['web@md5:00', digest('web@md5:00', 'md5:00', 6)],
    ['a//b:1', repository('a//b:1', 'a//b')], ['-a:1', repository('-a:1', 'library/-a')], ['a..b:1', repository('a..b:1', 'library/a..b')],
    ['a___b:1', repository('a___b:1', 'library/a___b')], ['a/:1', repository('a/:1', 'a/')], [':1', repository(':1', '')], ['ghcr.io/:1', repository('ghcr.io/:1', '')],
    ['my_registry.example/web:1', registry('my_registry.example/web:1', 'my_registry.example')], ['r:0/web:1', registry('r:0/web:1', 'r:0')],
    ['r:65536/web:1', registry('r:65536/web:1', 'r:65536')], ['r:/web:1', registry('r:/web:1', 'r:')], ['[::g]/web:1', registry('[::g]/web:1', '[::g]')],
    ['[10.0.0.1]/web:1', registry('[10.0.0.1]/web:1', '[10.0.0.1]')],
  ])("fails for '%s'", (reference, message) => {
    expect(faultsOf(reference)).toEqual([message]);
  });

  test("fails for 'latest' beside a digest too, since it says nothing", () => {
    expect(Image.parse(`web:latest@${sha256}`).faults.map(({ code, fix }) => [code, fix])).toEqual([
      ['KEELSON1104', "leave ':latest' out, the digest says which it is"]]);
  });

  test.each([[`web:${a(128)}`, []], [`web:${a(129)}`, ['KEELSON1106']], [`a.b/${a(255)}:1`, []], [`a.b/${a(256)}:1`, ['KEELSON1108']],
    [`web@sha256:${'a'.repeat(63)}`, ['KEELSON1105']], [`web@sha256:${'A'.repeat(64)}`, ['KEELSON1105']], [`web@sha256:${'a'.repeat(65)}`, ['KEELSON1105']],
    [`web@sha512:${'a'.repeat(64)}`, ['KEELSON1105']], ['Foo/Bar::x', ['KEELSON1102', 'KEELSON1106']],
  ])('%s has the faults %j', (reference, codes) => {
    expect(Image.parse(reference).faults.map(fault => fault.code)).toEqual(codes);
  });
});

describe('W14 Image: mirrors', () => {
  test.each([
    ['nginx:1.29', 'docker.io', 'mirror.example.net', 'mirror.example.net/library/nginx:1.29'],
    ['grafana/grafana:12', 'docker.io', 'mirror.example.net:5000/hub', 'mirror.example.net:5000/hub/grafana/grafana:12'],
    [`quay.io/jetstack/webhook:1@${sha256}`, 'quay.io/jetstack', 'mirror.example.net', `mirror.example.net/webhook:1@${sha256}`],
    ['docker.io/nginx:1', 'index.docker.io', 'mirror.example.net', 'mirror.example.net/library/nginx:1'],
    ['registry.example.com/web:1', 'Registry.example.com', 'mirror.example.net', 'mirror.example.net/web:1'],
    ['registry.example.com:5000/web:1', 'registry.example.com:5000', 'mirror.example.net', 'mirror.example.net/web:1'],
  ])('%s of %s at %s is %s', (reference, registry, mirror, mirrored) => {
    const image = Image.parse(reference).mirroredTo(registry, mirror);
    expect([image.reference, image.faults]).toEqual([mirrored, []]);
  });

  test.each([
    ['registry.example.com.evil.test/web:1', 'registry.example.com'], ['registry.example.com:5000/web:1', 'registry.example.com'], ['nginx:1', 'quay.io'], ['nginx:1', 'nginx'],
    ['nginx:1', 'hub'], ['quay.io/jetstack2/x:1', 'quay.io/jetstack'], ['quay.io/jetstack:1', 'quay.io/jetstack'], ['quay.io/x:1', 'quay.io/'], ['BAD::', 'docker.io'],
  ])('%s stays as it is for a mirror of %s', (reference, registry) => {
    const image = Image.parse(reference);
    expect(image.mirroredTo(registry, 'mirror.example.net')).toBe(image);
  });

  test('fails for a mirror that is no registry', () => {
    expect(Image.parse('nginx:1').mirroredTo('docker.io', 'my mirror').faults.map(fault => fault.code)).toEqual(['KEELSON1101']);
  });
});

describe('Image: any reference', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const segment = fc.array(word, { minLength: 1, maxLength: 3 }).chain(words => fc.constantFrom('.', '_', '__', '-', '---').map(separator => words.join(separator)));
  const registry = fc.oneof(fc.constantFrom('localhost', 'docker.io', '127.0.0.1:5000', '[::1]:80'), fc.tuple(word, word).map(labels => labels.join('.')), word.map(host => `${host}:5000`));
  const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
  const tagged = fc.stringMatching(/^[A-Za-z0-9_][-A-Za-z0-9_.]{0,20}$/).filter(tag => tag !== 'latest');
  const written = fc.record({
    registry, repository: fc.array(segment, { minLength: 2, maxLength: 4 }).map(segments => segments.join('/')),
    tag: tagged, digest: fc.oneof(hex(64).map(h => `sha256:${h}`), hex(128).map(h => `sha512:${h}`), fc.constant(undefined)),
  });
  const print = ({ registry: host, repository, tag, digest }: ReturnType<typeof parts>) =>
    `${host}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;

  test('what is printed is read as the same', () => {
    fc.assert(fc.property(written, (image) => {
      const parsed = Image.parse(print(image));
      expect([parts(parsed), parsed.faults]).toEqual([image, []]);
    }));
  });

  test('short names are read as their full ones', () => {
    fc.assert(fc.property(segment.filter(name => !/[.]|^localhost$/.test(name)), tagged, (name, tag) => {
      const short = Image.parse(`${name}:${tag}`);
      expect(parts(Image.parse(print(parts(short))))).toEqual(parts(short));
      expect(short.repository).toBe(`library/${name}`);
    }));
  });

  test('a mirror keeps path, tag and digest, and back again is the same', () => {
    fc.assert(fc.property(written, (image) => {
      const mirrored = Image.parse(print(image)).mirroredTo(image.registry, 'mirror.test/copy');
      expect(parts(mirrored)).toEqual({ ...image, registry: 'mirror.test', repository: `copy/${image.repository}` });
      expect(mirrored.mirroredTo('mirror.test/copy', image.registry).reference).toBe(print(image));
    }));
  });

  test('any text is judged, with a valid label', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.stringMatching(/^[-a-zA-Z0-9_./:@[\] ]{0,40}$/)), (text) => {
      const image = Image.parse(text);
      expect(image.reference).toBe(text);
      expect(Labels.faultsOf('version', image.versionLabel ?? '')).toEqual([]);
    }));
  });
});
