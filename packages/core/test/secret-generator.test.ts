import { Chart, Duration, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  ConfigMap, EnvFrom, type GeneratedSecretOptions, type ISecret, Labels, Metadata, ReleaseOrder, Secret, SecretGenerator,
  type SecretGeneratorProps, SecretText, Volume, Warnings,
} from '../src';
import { accepted, charted, mistakes, named, type Rendered, Server } from './server';

const password = { password: SecretText.random() };

const generating = (
  props: SecretGeneratorProps = {}, then?: (generator: SecretGenerator, chart: Chart) => void, profile?: Parameters<typeof charted>[0],
): Rendered[] => {
  const chart = charted(profile);
  const generator = new SecretGenerator(chart, 'orders-secrets', props);
  generator.secret('orders-app', password);
  then?.(generator, chart);
  return accepted(chart);
};
const jobOf = (objects: Rendered[]) => objects.find(({ kind }) => kind === 'Job') as Rendered;
const scriptIn = (objects: Rendered[]) => objects.find(({ kind }) => kind === 'ConfigMap')?.data?.['generate.sh'] ?? '';

const mistakesOf = (texts: Record<string, SecretText>, options?: GeneratedSecretOptions, name = 'orders-app'): string[] => {
  const chart = charted();
  new SecretGenerator(chart, 'gen').secret(name, texts, options);
  return mistakes(chart).map(line => line.replace('[shop/gen] ', ''));
};

describe('C4 a generator of Secrets', () => {
  test('is a Job with the least of rights, and a policy to the API server alone', () => {
    const objects = generating();
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual([
      'ConfigMap/orders-secrets', expect.stringMatching(/^Job\/orders-secrets-[0-9a-f]{10}$/), 'NetworkPolicy/orders-secrets', 'Role/orders-secrets',
      'RoleBinding/orders-secrets', 'ServiceAccount/orders-secrets',
    ]);
    expect(named(objects, 'Role', 'orders-secrets')).toMatchObject({ rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }] });
    expect(named(objects, 'RoleBinding', 'orders-secrets')).toMatchObject({
      roleRef: { kind: 'Role', name: 'orders-secrets' }, subjects: [{ kind: 'ServiceAccount', name: 'orders-secrets', namespace: 'shop' }],
    });
    expect(named(objects, 'NetworkPolicy', 'orders-secrets').spec.egress).toEqual([
      { ports: [{ port: 443, protocol: 'TCP' }, { port: 6443, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] },
    ]);
    const [container] = jobOf(objects).spec.template.spec.containers;
    expect(container).toMatchObject({
      command: ['sh', '/etc/secret-generator/generate.sh'], terminationMessagePolicy: 'FallbackToLogsOnError',
      image: 'docker.io/curlimages/curl:8.16.0@sha256:463eaf6072688fe96ac64fa623fe73e1dbe25d8ad6c34404a669ad3ce1f104b6',
      securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, allowPrivilegeEscalation: false },
    });
    expect(container.volumeMounts.map(({ name, ...others }: { name: string }) => others)).toEqual([
      { mountPath: '/etc/secret-generator', readOnly: true }, { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    ]);
  });

  test('takes what a Task is told, and another image', () => {
    const objects = generating({
      name: 'make', labels: { team: 'shop' }, image: 'registry.example.com/tools/curl:8.1',
      backoffLimit: 0, activeDeadline: Duration.minutes(5), ttlAfterFinished: Duration.hours(1),
    });
    const job = jobOf(objects);
    expect(job.metadata).toMatchObject({ name: expect.stringMatching(/^make-[0-9a-f]{10}$/), labels: { team: 'shop' } });
    expect(job.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 300, ttlSecondsAfterFinished: 3600 });
    expect(job.spec.template.spec.containers[0].image).toBe('registry.example.com/tools/curl:8.1');
    ['ConfigMap', 'Role', 'ServiceAccount', 'NetworkPolicy'].forEach(kind => expect(named(objects, kind, 'make').metadata.labels.team).toBe('shop'));
  });

  test('the image is the profile\'s, from its mirror', () => {
    const objects = generating({}, undefined, {
      version: '1.33', helperImages: { generate: 'registry.example.com/tools/curl:8.1' },
      imageMirrors: [{ registry: 'registry.example.com/tools', mirror: 'mirror.example.net' }],
    });
    expect(jobOf(objects).spec.template.spec.containers[0].image).toBe('mirror.example.net/curl:8.1');
  });

  test('as a hook it has with it what it needs', () => {
    const objects = generating({ releaseOrder: ReleaseOrder.helmHook() });
    ['ConfigMap', 'Role', 'RoleBinding', 'ServiceAccount', 'NetworkPolicy', 'Job'].forEach(kind =>
      expect(named(objects, kind, 'orders-secrets').metadata.annotations).toHaveProperty(['helm.sh/hook']));
  });

  test('synth never has a value: twice gives the same bytes, in whichever order Secrets and keys were said', () => {
    const two = (generator: SecretGenerator, swapped: boolean) => {
      const names = ['a', 'b'];
      const texts = Object.entries({ password: SecretText.random(20), uri: SecretText.template('{password}') });
      (swapped ? names.reverse() : names).forEach(name => generator.secret(name, Object.fromEntries(swapped ? texts.reverse() : texts)));
    };
    const [first, second] = [generating({}, generator => two(generator, false)), generating({}, generator => two(generator, true))];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  test('another Secret, key, length or text makes another Job; the rest stays', () => {
    const nameOf = (name: string, texts: Record<string, SecretText>) =>
      jobOf(generating({}, generator => generator.secret(name, texts))).metadata.name;
    const all = [
      nameOf('a', password), nameOf('b', password), nameOf('a', { word: SecretText.random() }), nameOf('a', { password: SecretText.random(33) }),
      nameOf('a', { ...password, user: SecretText.literal('app') }), nameOf('a', { ...password, user: SecretText.literal('root') }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(nameOf('a', password)).toBe(all[0]);
  });

  test('Secrets carry the labels around, and none that a tool prunes by', () => {
    const script = scriptIn(generating({}, (_, chart) => new Metadata({ labels: { team: 'payments' }, annotations: { contact: 'a' } }).applyTo(chart)));
    const body = /^create orders-app '(.*)'$/m.exec(script)?.[1]?.replaceAll('\\"', '"') ?? '';
    expect(body).toContain(JSON.stringify({ metadata: { name: 'orders-app', labels: {
      'team': 'payments', 'app.kubernetes.io/name': 'orders-app', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'keelson',
    } } }).slice(1, -2));
    expect(body).not.toContain(Labels.INSTANCE);
  });

  test('warns of nothing', () => {
    const chart = charted();
    new SecretGenerator(chart, 'gen').secret('a', password);
    expect([mistakes(chart), Warnings.of(chart)]).toEqual([[], []]);
  });
});

describe('C4 a generated Secret', () => {
  test('is a Secret by reference, in its namespace', () => {
    const chart = charted();
    const secret: ISecret = new SecretGenerator(chart, 'gen').secret('orders-app', { ...password, user: SecretText.literal('app') });
    expect(secret).toMatchObject({ name: 'orders-app', kind: 'Secret', namespace: 'shop', keys: ['password', 'user'] });
  });

  test('is mounted and read as any, and changes of the generator roll no pods', () => {
    const podsOf = (more: Record<string, SecretText>) => {
      const chart = charted();
      const secret = new SecretGenerator(chart, 'gen').secret('orders-app', { ...password, ...more });
      new Server(chart, 'web', {
        env: { PGPASSWORD: secret.envValue('password') }, envFrom: [EnvFrom.secret(secret)], volumes: { '/etc/db': Volume.fromSecret(secret) },
      });
      return named(accepted(chart), 'Deployment', 'web').spec.template;
    };
    const template = podsOf({});
    expect(template.spec.containers[0].env).toContainEqual({ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'orders-app', key: 'password' } } });
    expect(podsOf({ other: SecretText.random() })).toEqual(template);
  });

  test('a key that it has not got is refused, wherever it is named', () => {
    const chart = charted();
    const secret = new SecretGenerator(chart, 'gen').secret('orders-app', { ...password, user: SecretText.literal('app') });
    new Server(chart, 'web', {
      env: { A: secret.envValue('passwort'), B: secret.envValue('token', { optional: true }) },
      volumes: { '/etc/db': Volume.fromSecret(secret, { items: { uri: 'uri' } }) },
    });
    const says = "must be a key of the Secret 'orders-app' (it has 'password', 'user'), got";
    expect(mistakes(chart)).toEqual([
      `[shop/web] KEELSON1303 'env.A' ${says} 'passwort': add the key, or make the reference optional`,
      `[shop/web] KEELSON1303 'volumes./etc/db' ${says} 'uri': add the key, or make the reference optional`,
    ]);
  });

  test('another namespace is out of reach', () => {
    const app = Testing.app();
    const secret = new SecretGenerator(new Chart(app, 'data', { namespace: 'data' }), 'gen').secret('orders-app', password);
    new Server(new Chart(app, 'shop', { namespace: 'shop' }), 'web', { env: { A: secret.envValue('password') } });
    expect(mistakes(app)).toEqual([
      "[shop/web] KEELSON1301 'env.A' must be a Secret of namespace 'shop', got 'orders-app' of namespace 'data': pods reach their own namespace only: have the Secret there too",
    ]);
  });

  test('may be read by the API, by itself', () => {
    const objects = generating({}, (generator, chart) => generator.secret('own', password).grantRead(new Server(chart, 'web')));
    expect(named(objects, 'Role', 'own-reader')).toMatchObject({ rules: [{ resources: ['secrets'], resourceNames: ['own'], verbs: ['get', 'watch', 'list'].sort() }] });
  });

  test('of one name there is one in a namespace, whoever makes it', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const [one, two] = [new SecretGenerator(chart, 'one'), new SecretGenerator(chart, 'two')];
    Secret.unsafePlaintext(chart, 'plain', { stringData: { a: 'b' } });
    one.secret('orders', password);
    two.secret('orders', password);
    two.secret('plain', password);
    one.secret('orders', password);
    new ConfigMap(chart, 'orders', { data: { a: 'b' } });
    new SecretGenerator(new Chart(app, 'data', { namespace: 'data' }), 'three').secret('orders', password);
    const unique = 'must be of one Secret in namespace shop only, got';
    expect(mistakes(app)).toEqual([
      "[shop/one] KEELSON1219 'orders' must be the id of one construct in its scope, got a second construct 'orders': give one of the two another id",
      `[shop/two/orders] KEELSON1855 'name' ${unique} 'orders', which [shop/one/orders] makes too: name one of the two differently`,
      `[shop/two/plain] KEELSON1855 'name' ${unique} 'plain', which [shop/plain/Resource] makes too: name one of the two differently`,
    ]);
  });

  test('of a generator that was taken out again nothing is left', () => {
    const chart = charted();
    const one = new SecretGenerator(chart, 'one');
    one.secret('orders', password);
    chart.node.tryRemoveChild('one');
    new SecretGenerator(chart, 'two').secret('orders', password);
    expect(mistakes(chart)).toEqual([]);
  });
});

describe('C4 texts of a generated Secret', () => {
  test.each([16, 17, 128])('are %d letters and digits', (length) => {
    expect(mistakesOf({ a: SecretText.random(length) })).toEqual([]);
  });

  test.each([15, 129, 0, -1, 32.5, NaN, Infinity])('are not %d long', (length) => {
    expect(mistakesOf({ a: SecretText.random(length) })).toEqual([
      `KEELSON1850 'secret(orders-app).a' must be an integer from 16 to 128, got ${length}: leave it out for 32, which nobody guesses`,
    ]);
  });

  test.each<[string, Record<string, SecretText>, string[]]>([
    ['half of a pair', { ...password, a: SecretText.literal('\ud83d') }, [
      "KEELSON1851 'secret(orders-app).a' must be a text that UTF-8 can hold, got one with half of a surrogate pair: look at where it was cut",
    ]],
    ['a lone brace', { ...password, a: SecretText.template('{"a": "{password}"}') }, [
      "KEELSON1852 'secret(orders-app).a' must be a text with keys in braces, such as '{password}', got '{\"a\": \"{password}\"}': write '{{' or '}}' for a brace itself",
    ]],
    ['a key that is not there', { ...password, a: SecretText.template('{user}:{password}:{user}:{}') }, [
      "KEELSON1853 'secret(orders-app).a' must be a template of random and literal texts of the same Secret ({password}), got '{user}': "
      + "add the key, or write '{{' and '}}' for braces themselves",
      "KEELSON1853 'secret(orders-app).a' must be a template of random and literal texts of the same Secret ({password}), got '{}': "
      + "add the key, or write '{{' and '}}' for braces themselves",
    ]],
    ['a template of a template', { ...password, a: SecretText.template('{password}'), b: SecretText.template('{a}{b}') }, [
      "KEELSON1853 'secret(orders-app).b' must be a template of random and literal texts of the same Secret ({password}), got '{a}': write out what that template says",
      "KEELSON1853 'secret(orders-app).b' must be a template of random and literal texts of the same Secret ({password}), got '{b}': write out what that template says",
    ]],
    ['nothing', {}, [
      "KEELSON1854 'secret(orders-app)' must be made with one random text or more, got no text at all: "
      + 'add one, such as { password: SecretText.random(32) }; what is no secret belongs into a ConfigMap',
    ]],
    ['literals only', { a: SecretText.literal('b'), c: SecretText.template('{a}') }, [
      "KEELSON1854 'secret(orders-app)' must be made with one random text or more, got literal texts only: "
      + 'add one, such as { password: SecretText.random(32) }; what is no secret belongs into a ConfigMap',
    ]],
    ['a key that is none', { 'a/b': SecretText.random() }, [
      "KEELSON1302 'secret(orders-app)' must be a key of letters, digits, '-', '_' and '.', got 'a/b': try 'a-b'",
    ]],
    ['no text', { ...password, a: SecretText.literal(5 as unknown as string) }, ["KEELSON1306 'secret(orders-app).a' must be a text, got 5: write '5'"]],
    ['a plain text', { a: 'b' as unknown as SecretText }, [
      "KEELSON1587 'secret(orders-app).a' must be a value of SecretText, got 'b': use SecretText.random(32)",
    ]],
    ['no texts at all', undefined as unknown as Record<string, SecretText>, [
      "KEELSON1306 'secret(orders-app).texts' must be texts by key, got undefined: write it like { 'app.yaml': 'greeting: hello' }",
    ]],
  ])('with %s are refused', (_, texts, expected) => {
    expect(mistakesOf(texts)).toEqual(expected.sort());
  });

  test.each<[GeneratedSecretOptions, string[]]>([
    [{ type: 'kubernetes.io/service-account-token' }, [
      "KEELSON1856 'secret(orders-app).type' must be a type that the cluster makes nothing of, got 'kubernetes.io/service-account-token': leave it out",
    ]],
    [{ type: 'kubernetes.io/ssh-auth' }, [
      "KEELSON1309 'secret(orders-app).type' must be data with 'ssh-privatekey' for a Secret of type kubernetes.io/ssh-auth, got without 'ssh-privatekey': "
      + 'add what is missing, or leave the type out',
    ]],
    [{ type: '' }, ["KEELSON1858 'secret(orders-app).type' must be the type of a Secret, got '': leave it out, or write it like 'kubernetes.io/basic-auth'"]],
    [{ immutable: 'yes' as unknown as boolean }, ["KEELSON1587 'secret(orders-app).immutable' must be true or false, got 'yes': write it without quotes"]],
    [{ labels: { a: 'b c' } }, [expect.stringMatching(/^KEELSON1054 'secret\(orders-app\)\.labels\.a' /) as unknown as string]],
    [{ annotations: { a: '\ud800' } }, [
      "KEELSON1851 'secret(orders-app).annotations.a' must be a text that UTF-8 can hold, got one with half of a surrogate pair: look at where it was cut",
    ]],
    [{ annotations: { 'a/b/c': 'd' } }, [expect.stringMatching(/^KEELSON1050 'secret\(orders-app\)\.annotations' /) as unknown as string]],
    [{ type: 'kubernetes.io/basic-auth', immutable: false, labels: { a: 'b' }, annotations: { c: 'd e' } }, []],
  ])('with options %j', (options, expected) => {
    expect(mistakesOf(password, options)).toEqual(expected);
  });

  test.each(['Orders', '', 'a b', 5 as unknown as string, 'constructor'])('are of a Secret called %j only if that can be', (name) => {
    const found = mistakesOf(password, {}, name);
    expect(found.every(line => /^KEELSON(?:1060|1062|1282) '(?:secret.*|id)' /.test(line))).toBe(true);
    expect(found.length).toBeGreaterThan(0);
  });

  test('may be as many as a ConfigMap holds the script of', () => {
    const texts = (bytes: number) => ({ ...password, a: SecretText.literal('x'.repeat(bytes)) });
    expect(mistakesOf(texts(1_000_000))).toEqual([]);
    expect(mistakesOf(texts(1_050_000))).toEqual([
      expect.stringMatching(/^KEELSON1304 'secret' must be at most 1048576 bytes, all values of the ConfigMap together, got \d+ bytes: move 'generate.sh' /),
    ]);
  });

  test('a generator of none is refused', () => {
    const chart = charted();
    new SecretGenerator(chart, 'gen');
    expect(mistakes(chart)).toEqual([
      "[shop/gen] KEELSON1857 'secret' must be called once or more: a SecretGenerator without Secrets has nothing to do, got none: "
      + "add one, such as secret('orders-app', { password: SecretText.random(32) }), or leave it out",
    ]);
  });
});
