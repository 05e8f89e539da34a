import { ConfigMap, Schedule, Secret, WaitFor } from '@keelson/core';
import { Chart, Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  Scaling, ScalingFallbackBehavior, ScalingTrigger, TriggerAuthentication, TriggerMetricType, TriggerPodIdentity, WebApp, Worker,
  type CronTriggerOptions, type ITriggerAuthentication, type TriggerScaling, type WebAppProps,
} from '../src';
import { app, chartOn, mistakesIn, objectsOf, warningsIn, worker } from './shop';

const office = (more: Partial<CronTriggerOptions> = {}) => ScalingTrigger.cron({
  start: Schedule.cron('0 8 * * 1-5'), end: Schedule.cron('0 18 * * 1-5'), desiredReplicas: 4, ...more,
});
const list = ScalingTrigger.redisList({ address: 'redis:6379', listName: 'mails' });
const withTriggers = (triggers: ScalingTrigger[], options: Partial<TriggerScaling> = {}, chart = chartOn()) => {
  new Worker(chart, 'mailer', { ...worker, scaling: Scaling.onTriggers(triggers, { max: 6, ...options }) });
  return chart;
};
const mistakes = (triggers: ScalingTrigger[], options?: Partial<TriggerScaling>, chart?: Chart) =>
  mistakesIn(withTriggers(triggers, options, chart));
const at = { authentication: TriggerAuthentication.fromTriggerAuthenticationName('queue') };

describe('W2 a ScaledObject scales by what KEDA asks, down to none', () => {
  test('it owns the number of pods: neither the Deployment says one nor is there an autoscaler beside it', () => {
    const chart = withTriggers([list]);
    expect(objectsOf(chart, 'ScaledObject')[0]?.spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'mailer' }, minReplicaCount: 0, maxReplicaCount: 6,
      triggers: [{ type: 'redis', metadata: { address: 'redis:6379', listName: 'mails' } }],
    });
    expect(objectsOf(chart, 'HorizontalPodAutoscaler')).toEqual([]);
    expect(objectsOf(chart, 'Deployment')[0]?.spec).not.toHaveProperty('replicas');
    expect(mistakesIn(chart)).toEqual([]);
  });

  test('the parts are members', () => {
    const made = new Worker(chartOn(), 'mailer', { ...worker, scaling: Scaling.onTriggers([list], { max: 6 }) });
    expect([made.scaledObject?.name, made.horizontalPodAutoscaler]).toEqual(['mailer', undefined]);
    const web = new WebApp(chartOn(), 'web', { ...app, scaling: Scaling.onTriggers([office()], { max: 6, min: 2 }) });
    expect([web.scaledObject?.name, web.horizontalPodAutoscaler]).toEqual(['web', undefined]);
  });

  test('a scaling that has no more than one pod has no budget, one that may have two has one', () => {
    expect(objectsOf(withTriggers([list], { max: 1 }), 'PodDisruptionBudget')).toEqual([]);
    expect(objectsOf(withTriggers([list], { max: 2 }), 'PodDisruptionBudget')).toHaveLength(1);
  });

  test('is refused where the profile does not have KEDA, and taken where it says so', () => {
    const has = (...customResources: string[]) => mistakes([list], {}, chartOn({ customResources }));
    expect(has('keda.sh/v1alpha1/ScaledObject')).toEqual([]);
    expect(has('cert-manager.io/v1/Certificate')).toEqual([
      "[shop/mailer] KEELSON2093 'scaling' must be of a kind that the cluster has, got ScaledObject, which isn't among the cluster profile's customResources: "
      + "install KEDA and add 'keda.sh/v1alpha1/ScaledObject' to customResources",
    ]);
  });

  test('CPU and memory are asked as KEDA takes them', () => {
    const chart = withTriggers([ScalingTrigger.cpu(70), ScalingTrigger.memory(80, { container: 'mailer' })], { min: 1 });
    expect(objectsOf(chart, 'ScaledObject')[0]?.spec.triggers).toEqual([
      { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } },
      { type: 'memory', metricType: 'Utilization', metadata: { value: '80', containerName: 'mailer' } },
    ]);
  });
});

describe('W2 how many pods there are at least', () => {
  const spec = (define: (chart: Chart) => unknown) => {
    const chart = chartOn();
    define(chart);
    expect(mistakesIn(chart)).toEqual([]);
    return objectsOf(chart, 'ScaledObject')[0]?.spec.minReplicaCount;
  };
  const scaling = (options: Partial<TriggerScaling> = {}) => Scaling.onTriggers([office()], { max: 6, ...options });

  test('two of an app that is called, none of a worker, unless they say it', () => {
    expect(spec(chart => new WebApp(chart, 'web', { ...app, scaling: scaling() }))).toBe(2);
    expect(spec(chart => new WebApp(chart, 'web', { ...app, scaling: scaling({ min: 0 }) }))).toBe(0);
    expect(spec(chart => new WebApp(chart, 'web', { ...app, scaling: scaling({ min: 1 }) }))).toBe(1);
    expect(spec(chart => new Worker(chart, 'mailer', { ...worker, scaling: scaling() }))).toBe(0);
    expect(spec(chart => new Worker(chart, 'mailer', { ...worker, scaling: scaling({ min: 2 }) }))).toBe(2);
  });

  test('W5 what waits for an app that may have no pod is warned of', () => {
    const waiting = (props: Partial<WebAppProps>) => {
      const chart = chartOn();
      const target = new WebApp(chart, 'web', { ...app, ...props });
      new Worker(chart, 'mailer', { ...worker, waitFor: [WaitFor.service(target)] });
      return warningsIn(chart.node.root);
    };
    const none = (why: string) => [
      `[shop/mailer] KEELSON1669 'waitFor' for 'web.shop.svc.cluster.local' may never end, since ${why} of Deployment [shop/web/Deployment], and what waits for it starts none: `
      + 'keep one there, or leave the wait out and have the app try again by itself',
    ];
    expect(waiting({ replicas: 0 })).toEqual(none('there is no pod'));
    expect(waiting({ scaling: scaling({ min: 0 }) })).toEqual(none('KEDA takes away the last pod'));
    expect(waiting({ scaling: scaling({ min: 2, idleReplicas: 0 }) })).toEqual(none('KEDA takes away the last pod'));
    const kept: Partial<WebAppProps>[] = [{}, { replicas: 1 }, { scaling: scaling() }, { scaling: scaling({ min: 1 }) }];
    expect(kept.flatMap(waiting)).toEqual([]);
  });

  test('one value for both says nothing by itself', () => {
    const both = scaling();
    expect(both.min).toBeUndefined();
    expect(scaling({ min: 0 }).min).toBe(0);
    expect(Scaling.onCpu({ max: 6, percent: 70 }).min).toBe(2);
    const chart = chartOn();
    new WebApp(chart, 'web', { ...app, scaling: both });
    new Worker(chart, 'mailer', { ...worker, scaling: both });
    expect(objectsOf(chart, 'ScaledObject').map(each => each.spec.minReplicaCount)).toEqual([2, 0]);
  });

  test('CPU alone is enough for an app, and too many at least is too many', () => {
    expect(spec(chart => new WebApp(chart, 'web', { ...app, scaling: Scaling.onTriggers([ScalingTrigger.cpu(70)], { max: 2 }) }))).toBe(2);
    const chart = chartOn();
    new WebApp(chart, 'web', { ...app, scaling: Scaling.onTriggers([ScalingTrigger.cpu(70)], { max: 1 }) });
    expect(mistakesIn(chart)).toEqual(["[shop/web] KEELSON2057 'scaling.max' must be at least min, 2, got 1: swap the two, or raise max"]);
  });
});

describe('W2 a minimum by the clock', () => {
  test('is a cron trigger in a time zone', () => {
    const timeZone = 'Europe/Berlin';
    const chart = withTriggers([office({ start: Schedule.daily({ hour: 8, timeZone }), end: Schedule.daily({ hour: 18, timeZone }) })]);
    expect(objectsOf(chart, 'ScaledObject')[0]?.spec.triggers).toEqual([
      { type: 'cron', metadata: { timezone: 'Europe/Berlin', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '4' } },
    ]);
    expect(mistakesIn(chart)).toEqual([]);
  });

  const cron = "[shop/mailer] KEELSON2102 'scaling.triggers.cron";
  test.each<[string, Partial<CronTriggerOptions>, string[]]>([
    ['two time zones', { end: Schedule.cron('0 18 * * *', { timeZone: 'Europe/Berlin' }) }, [
      `${cron}.end' must be in the time zone of the start, 'Etc/UTC', got time zone 'Europe/Berlin': give both the same`,
    ]],
    ['one time', { end: Schedule.cron('0 8 * * 1-5') }, [`${cron}.end' must be another time than the start, got '0 8 * * 1-5': let some time be in between`]],
    ['a macro, which KEDA does not know', { start: Schedule.cron('@daily') }, [
      `${cron}.start' must be five fields, which KEDA takes alone, got '@daily': write it like Schedule.cron('0 8 * * *')`,
    ]],
    ['no pod', { desiredReplicas: 0 }, [
      "[shop/mailer] KEELSON2113 'scaling.triggers.cron.desiredReplicas' must be an integer from 1 to 2147483647, got 0: give a whole number",
    ]],
    ['more pods than there may be', { desiredReplicas: 7 }, [
      "[shop/mailer] KEELSON2116 'scaling.triggers.cron.desiredReplicas' must be at most max, 6, got 7: raise 'max', or ask for fewer",
    ]],
    ['what is no schedule', { end: '0 18 * * *' as unknown as Schedule }, [
      "[shop/mailer] KEELSON2070 'scaling.triggers.cron.end' must be a value of Schedule, got '0 18 * * *': use Schedule.cron('0 8 * * 1-5')",
    ]],
  ])('fails on %s', (_, options, messages) => {
    expect(mistakes([office(options)])).toEqual(messages);
  });

  test('takes as many pods as there may be', () => {
    expect(mistakes([office({ desiredReplicas: 6 })])).toEqual([]);
  });
});

describe('W2 limits of a ScaledObject', () => {
  test.each<[string, Partial<TriggerScaling>]>([
    ['the most of all', { max: 2147483647, min: 2147483647 }], ['the fewest', { max: 1, min: 0 }], ['none while nothing is to do', { min: 1, idleReplicas: 0 }],
    ['the shortest times', { pollingInterval: Duration.seconds(1), cooldownPeriod: Duration.seconds(0), initialCooldownPeriod: Duration.seconds(0) }],
    ['a fallback to none', { fallback: { failureThreshold: 0, replicas: 0 } }],
    ['a fallback to as many as there may be', { fallback: { failureThreshold: 2147483647, replicas: 6 } }],
  ])('takes %s', (_, options) => {
    expect(mistakes([list], options)).toEqual([]);
  });

  test.each<[string, Partial<TriggerScaling>, string]>([
    ['less than none', { min: -1 }, "KEELSON2056 'scaling.min' must be an integer from 0 to 2147483647, got -1: give a number of pods"],
    ['none at most', { max: 0 }, "KEELSON2056 'scaling.max' must be an integer from 1 to 2147483647, got 0: give a number of pods"],
    ['more at least than at most', { min: 7 }, "KEELSON2057 'scaling.max' must be at least min, 7, got 6: swap the two, or raise max"],
    ['one while nothing is to do', { min: 2, idleReplicas: 1 },
      "KEELSON2095 'scaling.idleReplicas' must be 0, below 'min', got 1, with min 2: set 'min' to the pods that there are as soon as there is work, or leave it out"],
    ['none while nothing is to do, as ever', { idleReplicas: 0 },
      "KEELSON2095 'scaling.idleReplicas' must be 0, below 'min', got 0, with min 0: set 'min' to the pods that there are as soon as there is work, or leave it out"],
    ['no time between questions', { pollingInterval: Duration.seconds(0) },
      "KEELSON2100 'scaling.pollingInterval' must be whole seconds from 1 to 2147483647, got 0 s: try Duration.seconds(30)"],
    ['half a second', { cooldownPeriod: Duration.millis(500) },
      "KEELSON2100 'scaling.cooldownPeriod' must be whole seconds from 0 to 2147483647, got 0.5 s: try Duration.minutes(5)"],
    ['a fallback to half a pod', { fallback: { failureThreshold: 3, replicas: 0.5 } },
      "KEELSON2098 'scaling.fallback.replicas' must be an integer from 0 to 2147483647, got 0.5: give a whole number"],
    ['a fallback to more pods than there may be', { fallback: { failureThreshold: 3, replicas: 7 } },
      "KEELSON2146 'scaling.fallback.replicas' must be at most max, 6, got 7: raise 'max', or ask for fewer"],
  ])('fails on %s', (_, options, message) => {
    expect(mistakes([list], options)).toEqual([`[shop/mailer] ${message}`]);
  });

  test('fails on no trigger', () => {
    expect(mistakes([])).toEqual([
      "[shop/mailer] KEELSON2097 'scaling.triggers' must be at least one, got none: try ScalingTrigger.cpu(70), or set 'replicas' instead",
    ]);
  });

  test('fails where pods that are not there would have to use something', () => {
    const none = "[shop/mailer] KEELSON2096 'scaling.min' must be at least 1 where there is no other trigger, got 0, with triggers of cpu and memory alone: "
      + 'set it: pods that are not there use nothing, so that none would ever come back';
    expect(mistakes([ScalingTrigger.cpu(70)])).toEqual([none]);
    expect(mistakes([ScalingTrigger.cpu(70), list])).toEqual([]);
    expect(mistakes([ScalingTrigger.cpu(70)], { min: 1 })).toEqual([]);
  });

  test('fails on a fallback for CPU and memory', () => {
    expect(mistakes([ScalingTrigger.memory(70)], { min: 1, fallback: { failureThreshold: 3, replicas: 2 } })).toEqual([
      "[shop/mailer] KEELSON2099 'scaling.fallback' must be left out where there is no other trigger, got one, with triggers of cpu and memory alone: remove it: KEDA refuses it",
    ]);
  });

  describe('a fallback where no trigger is of AVERAGE_VALUE', () => {
    const fallback = { failureThreshold: 3, replicas: 2 };
    const asking = (metricType?: TriggerMetricType) => ScalingTrigger.redisList({ address: 'redis:6379', listName: 'mails', metricType });
    const { AVERAGE_VALUE, VALUE } = TriggerMetricType;

    test.each<[string, ScalingTrigger[]]>([
      ['alone', [asking(VALUE)]], ['twice', [asking(VALUE), asking(VALUE)]], ['with CPU, which has none', [asking(VALUE), ScalingTrigger.cpu(70)]],
    ])('is warned of: KEDA before 2.18 refuses it (%s)', (_, triggers) => {
      const chart = withTriggers(triggers, { fallback });
      expect(mistakesIn(chart)).toEqual([]);
      expect(warningsIn(chart)).toEqual([
        "[shop/mailer] KEELSON2143 'scaling.fallback' is refused by KEDA before 2.18, since all triggers that have one are of TriggerMetricType.VALUE: "
        + 'run KEDA 2.18 or newer, or make one of them TriggerMetricType.AVERAGE_VALUE',
      ]);
    });

    test.each<[string, ScalingTrigger[], Partial<TriggerScaling>]>([
      ['one is', [asking(VALUE), asking(AVERAGE_VALUE)], { fallback }], ['it is the default', [asking()], { fallback }], ['there is no fallback', [asking(VALUE)], {}],
    ])('is not where %s', (_, triggers, options) => {
      expect(warningsIn(withTriggers(triggers, options))).toEqual([]);
    });

    test('its behavior is said only where it is not the usual one: KEDA before 2.17 has no such field', () => {
      const said = (behavior?: ScalingFallbackBehavior) => objectsOf(withTriggers([asking()], { fallback: { ...fallback, behavior } }), 'ScaledObject')[0]?.spec.fallback;
      expect(said()).toEqual(fallback);
      expect(said(ScalingFallbackBehavior.STATIC)).toEqual(fallback);
      expect(said(ScalingFallbackBehavior.CURRENT_REPLICAS)).toEqual({ ...fallback, behavior: 'currentReplicas' });
    });
  });

  test('fails on CPU twice, of all containers or of one', () => {
    const twice = (title: string) => `[shop/mailer] KEELSON2147 'scaling.triggers' must be measured once each, got ${title} twice: remove one of the two: the lower target counts alone`;
    const one = { container: 'mailer' };
    expect(mistakes([ScalingTrigger.cpu(70), ScalingTrigger.cpu(50)], { min: 1 })).toEqual([twice('cpu')]);
    expect(mistakes([ScalingTrigger.cpu(70, one), ScalingTrigger.cpu(50, one)], { min: 1 })).toEqual([twice('cpu of mailer')]);
    expect(mistakes([ScalingTrigger.cpu(70), ScalingTrigger.cpu(50, one), ScalingTrigger.memory(70)], { min: 1 })).toEqual([]);
  });

  test('fails on two triggers of one name, and on a container that is not there', () => {
    const named = () => ScalingTrigger.of('mysql', { query: 'SELECT 1' }, { name: 'jobs' });
    expect(mistakes([named(), named()])).toEqual([
      "[shop/mailer] KEELSON2103 'scaling.triggers' must be called differently, got two called 'jobs': rename one of the two",
    ]);
    expect(mistakes([ScalingTrigger.cpu(70, { container: 'proxy' })], { min: 1 })).toEqual([
      "[shop/mailer] KEELSON2084 'scaling.triggers.cpu' must be a container that runs as long as the pod (mailer), got 'proxy': name one of them",
    ]);
  });
});

describe('W2 what a trigger is told', () => {
  const kafka = { bootstrapServers: ['kafka:9092'], consumerGroup: 'mailer' };
  const sqs = { queueUrl: 'https://sqs.example.com/mails', awsRegion: 'eu-central-1' };
  test.each<[string, () => ScalingTrigger, string]>([
    ['no server', () => ScalingTrigger.kafka({ ...kafka, bootstrapServers: [] }), "KEELSON2101 'scaling.triggers.kafka.bootstrapServers' must be a text that is not empty, got '': say what KEDA is to ask"],
    ['no topic', () => ScalingTrigger.kafka({ ...kafka, topic: ' ' }), "KEELSON2101 'scaling.triggers.kafka.topic' must be a text that is not empty, got ' ': say what KEDA is to ask"],
    ['a lag of 0', () => ScalingTrigger.kafka({ ...kafka, lagThreshold: 0 }), "KEELSON2113 'scaling.triggers.kafka.lagThreshold' must be an integer from 1 to 2147483647, got 0: give a whole number"],
    ['half a message', () => ScalingTrigger.awsSqs({ ...sqs, queueLength: 0.5 }), "KEELSON2113 'scaling.triggers.aws-sqs-queue.queueLength' must be an integer from 1 to 2147483647, got 0.5: give a whole number"],
    ['a name where a URL is asked', () => ScalingTrigger.prometheus({ serverAddress: 'prometheus', query: 'x', threshold: 1 }),
      "KEELSON2145 'scaling.triggers.prometheus.serverAddress' must be a URL that begins with 'http://' or 'https://', got 'prometheus': write it like 'http://prometheus.monitoring.svc.cluster.local:9090'"],
    ['an empty server', () => ScalingTrigger.prometheus({ serverAddress: '', query: 'x', threshold: 1 }),
      "KEELSON2101 'scaling.triggers.prometheus.serverAddress' must be a text that is not empty, got '': say what KEDA is to ask"],
    ['no port', () => ScalingTrigger.redisList({ address: 'redis', listName: 'mails' }),
      "KEELSON2145 'scaling.triggers.redis.address' must be a host and a port, got 'redis': write it like 'redis.shop.svc.cluster.local:6379'"],
    ['a port too high', () => ScalingTrigger.kafka({ ...kafka, bootstrapServers: ['kafka-0:65535', 'kafka-1:65536'] }),
      "KEELSON2145 'scaling.triggers.kafka.bootstrapServers' must be a host and a port, got 'kafka-1:65536': write it like 'redis.shop.svc.cluster.local:6379'"],
    ['one text for several servers', () => ScalingTrigger.kafka({ ...kafka, bootstrapServers: 'kafka' as unknown as string[] }),
      "KEELSON2145 'scaling.triggers.kafka.bootstrapServers' must be a host and a port, got 'kafka': write it like 'redis.shop.svc.cluster.local:6379'"],
    ['a threshold of 0', () => ScalingTrigger.prometheus({ serverAddress: 'http://p:9090', query: 'x', threshold: 0 }),
      "KEELSON2081 'scaling.triggers.prometheus.threshold' must be from 0.001 to 9000000000000, with at most three decimal places, got 0: give the amount that one pod, or all, should have"],
    ['an activation below 0', () => ScalingTrigger.prometheus({ serverAddress: 'http://p:9090', query: 'x', threshold: 1, activationThreshold: -1 }),
      "KEELSON2081 'scaling.triggers.prometheus.activationThreshold' must be from 0.001 to 9000000000000, with at most three decimal places, got -1: give the amount that one pod, or all, should have"],
    ['nowhere to ask RabbitMQ', () => ScalingTrigger.rabbitMq({ queueName: 'mails', queueLength: 5 }),
      "KEELSON2105 'scaling.triggers.rabbitmq.authentication' must be given: KEDA has to know where to ask, and as whom, got none: "
      + "try new TriggerAuthentication(chart, 'queue', { secrets: { host: { secret, key } } })"],
    ['nowhere to ask PostgreSQL', () => ScalingTrigger.postgreSql({ query: 'SELECT 1', targetQueryValue: 5 }),
      "KEELSON2105 'scaling.triggers.postgresql.authentication' must be given: KEDA has to know where to ask, and as whom, got none: "
      + "try new TriggerAuthentication(chart, 'queue', { secrets: { connection: { secret, key } } })"],
    ['port 0', () => ScalingTrigger.postgreSql({ query: 'SELECT 1', targetQueryValue: 5, server: { host: 'db', port: 0, userName: 'u', dbName: 'd', sslMode: 'require' } }),
      "KEELSON2113 'scaling.triggers.postgresql.server.port' must be an integer from 1 to 65535, got 0: give the port that is listened on"],
    ['a type in capitals', () => ScalingTrigger.of('MySQL', { query: 'x' }), "KEELSON2114 'scaling.triggers.MySQL.type' must be a type of KEDA's: lower-case letters, digits and '-', got 'MySQL': try 'mysql'"],
    ['a number where KEDA takes texts', () => ScalingTrigger.of('mysql', { queryValue: 5 as unknown as string }),
      "KEELSON2101 'scaling.triggers.mysql.queryValue' must be a text, got 5: write '5'"],
    ['an empty name', () => ScalingTrigger.of('mysql', {}, { name: '' }), "KEELSON2101 'scaling.triggers.mysql.name' must be a text that is not empty, got '': leave it out"],
    ['what is no trigger', () => 'cpu' as unknown as ScalingTrigger, "KEELSON2070 'scaling.triggers.0' must be a value of ScalingTrigger, got 'cpu': use ScalingTrigger.cpu(70)"],
  ])('fails on %s', (_, trigger, message) => {
    expect(mistakes([trigger()])).toEqual([`[shop/mailer] ${message}`]);
  });

  test.each([
    ScalingTrigger.kafka({ ...kafka, lagThreshold: 1, activationLagThreshold: 0 }),
    ScalingTrigger.awsSqs({ ...sqs, queueLength: 1, activationQueueLength: 0 }),
    ScalingTrigger.rabbitMq({ queueName: 'mails', queueLength: 0.5, activationQueueLength: 0, ...at }),
    ScalingTrigger.postgreSql({ query: 'SELECT 1', targetQueryValue: 0.001, ...at }), ScalingTrigger.of('azure-servicebus', {}),
    ScalingTrigger.prometheus({ serverAddress: 'http://p:9090', query: 'x', threshold: 0.25, activationThreshold: 0 }),
    ScalingTrigger.prometheus({ serverAddress: 'https://metrics.example.com/api/v1/prom?tenant=shop', query: 'x', threshold: 1 }),
    ScalingTrigger.redisList({ address: '[2001:db8::1]:1', listName: 'mails' }),
  ])('takes %#', (trigger) => {
    expect(mistakes([trigger])).toEqual([]);
  });
});

describe('W2 C2 what proves who asks is no text of a manifest', () => {
  const refused = (member: string, got: string, type = 'mysql') =>
    `[shop/mailer] KEELSON2144 'scaling.triggers.${type}.${member}' must be in a Secret, since whoever may read the ScaledObject reads what its triggers are told, `
    + `got ${got}: give 'authentication' instead, such as new TriggerAuthentication(chart, '${type}', { secrets: { ${member}: { secret, key } } })`;

  test.each([
    'password', 'Password', 'sentinelPassword', 'connection', 'connectionString', 'leaseConnection', 'token', 'bearerToken', 'personalAccessToken', 'apiKey', 'APIKey', 'appKey',
    'queryKey', 'awsSecretAccessKey', 'secretKey', 'cosmosDBKey', 'clientKey', 'clientSecret', 'key', 'customAuthValue', 'GoogleApplicationCredentials', 'passphrase',
  ])('fails on %s, and does not say it', member => {
    const said = mistakes([ScalingTrigger.of('mysql', { host: 'mysql', [member]: 'hunter2' })]);
    expect(said).toEqual([refused(member, 'the text itself')]);
    expect(said.join()).not.toContain('hunter2');
  });

  test.each(['passwordFromEnv', 'connectionStringFromEnv', 'apiKeyFromEnv', 'awsAccessKeyID', 'username', 'keyConditionExpression', 'oauthTokenURI', 'watchKey', 'query'])(
    'takes %s', member => {
      expect(mistakes([ScalingTrigger.of('mysql', { [member]: 'SHOP' })])).toEqual([]);
    });

  test.each(['amqp://guest:guest@rabbitmq:5672/shop', 'redis://:hunter2@redis:6379', 'HTTPS://a:b@example.com'])('fails on the URL %s, whatever it is given for', url => {
    expect(mistakes([ScalingTrigger.of('mysql', { host: url })])).toEqual([refused('host', 'a URL with a password')]);
    expect(mistakes([ScalingTrigger.awsSqs({ queueUrl: url, awsRegion: 'eu-central-1' })])).toEqual([refused('queueUrl', 'a URL with a password', 'aws-sqs-queue')]);
  });

  test.each(['amqp://rabbitmq:5672/shop', 'https://sqs.example.com/a:b@c', 'https://user@example.com'])('takes the URL %s', url => {
    expect(mistakes([ScalingTrigger.of('mysql', { host: url })])).toEqual([]);
  });

  test('fails on a server with a password once', () => {
    expect(mistakes([ScalingTrigger.prometheus({ serverAddress: 'http://a:b@p:9090', query: 'x', threshold: 1 })])).toEqual([
      refused('serverAddress', 'a URL with a password', 'prometheus'),
    ]);
  });
});

describe('W2 KEDA proves who it is by references to Secrets', () => {
  const secrets = (secret: ITriggerAuthentication | { name: string; kind: string; namespace?: string }) => ({ host: { secret, key: 'url' } });

  test('values stay in the Secret', () => {
    const chart = chartOn();
    const made = new TriggerAuthentication(chart, 'queue', { secrets: secrets(Secret.fromSecretName('mail-queue', 'shop')) });
    expect(objectsOf(chart, 'TriggerAuthentication')[0]?.spec).toEqual({ secretTargetRef: [{ parameter: 'host', name: 'mail-queue', key: 'url' }] });
    expect([made.name, made.kind, made.namespace]).toEqual(['queue', 'TriggerAuthentication', 'shop']);
    expect(mistakesIn(chart)).toEqual([]);
  });

  test.each<[string, (chart: Chart) => unknown, string]>([
    ['nothing', chart => new TriggerAuthentication(chart, 'queue', {}),
      "KEELSON2115 'secrets' must be given where there is no 'podIdentity', got none: name the values that the trigger needs, or leave its authentication out"],
    ['a Secret of another namespace', chart => new TriggerAuthentication(chart, 'queue', { secrets: secrets(Secret.fromSecretName('mail-queue', 'mail')) }),
      "KEELSON2104 'secrets.host' must be of a Secret in namespace 'shop', got Secret 'mail-queue' in namespace 'mail': "
      + 'copy the Secret there, or use a ClusterTriggerAuthentication that the platform makes'],
    ['a ConfigMap', chart => new TriggerAuthentication(chart, 'queue', { secrets: secrets(ConfigMap.fromConfigMapName('mail-queue')) }),
      "KEELSON2118 'secrets.host' must be of a Secret, got a ConfigMap: give what Secret.fromSecretName(…) returns"],
    ['no key', chart => new TriggerAuthentication(chart, 'queue', { secrets: { host: { secret: Secret.fromSecretName('mail-queue'), key: '' } } }),
      "KEELSON2101 'secrets.host' must be a name, got '': name the parameter of the trigger, and the key in the Secret"],
  ])('fails on %s', (_, define, message) => {
    const chart = chartOn();
    define(chart);
    expect(mistakesIn(chart)).toEqual([`[shop/queue] ${message}`]);
  });

  test('fails without KEDA', () => {
    const chart = chartOn({ customResources: [] });
    new TriggerAuthentication(chart, 'queue', { podIdentity: TriggerPodIdentity.AWS });
    expect(mistakesIn(chart)).toEqual([
      "[shop/queue] KEELSON2093 'cluster' must be of a kind that the cluster has, got TriggerAuthentication, which isn't among the cluster profile's customResources: "
      + "install KEDA and add 'keda.sh/v1alpha1/TriggerAuthentication' to customResources",
    ]);
  });

  test('fails where it is in another namespace than the workload, unless it is for the whole cluster', () => {
    const asked = (authentication: ITriggerAuthentication) =>
      mistakes([ScalingTrigger.rabbitMq({ queueName: 'mails', queueLength: 5, authentication })]);
    expect(asked(TriggerAuthentication.fromTriggerAuthenticationName('queue', 'mail'))).toEqual([
      "[shop/mailer] KEELSON2104 'scaling.triggers.rabbitmq.authentication' must be one in the namespace of the workload, 'shop', got TriggerAuthentication 'queue' in namespace 'mail': "
      + 'make one there, or use a ClusterTriggerAuthentication that the platform makes',
    ]);
    expect(asked(TriggerAuthentication.fromTriggerAuthenticationName('queue', 'shop'))).toEqual([]);
    expect(asked(TriggerAuthentication.fromClusterTriggerAuthenticationName('queue'))).toEqual([]);
  });

  test('fails on a name that no object can have', () => {
    const authentication = TriggerAuthentication.fromClusterTriggerAuthenticationName('Mail_Queue');
    expect(mistakes([ScalingTrigger.rabbitMq({ queueName: 'mails', queueLength: 5, authentication })])).toEqual([
      "[shop/mailer] KEELSON1062 'scaling.triggers.rabbitmq.authentication' must be lower-case letters, digits, '-' and '.' for a ClusterTriggerAuthentication, got 'Mail_Queue': "
      + "try 'mail-queue'",
    ]);
  });

  test('two of one id end no program', () => {
    const chart = chartOn();
    new TriggerAuthentication(chart, 'queue', { podIdentity: TriggerPodIdentity.AWS });
    expect(new TriggerAuthentication(chart, 'queue', { podIdentity: TriggerPodIdentity.GCP }).name).toBe('queue');
  });
});
