import { Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AccessMode, Certificate, ClusterProfile, type Fault, Faults, Health, HostPathType, HttpScheme, type IpFamily, IssuerKind, Metrics,
  PersistentVolumeClaim, PodFailureAction, PodFailureRule, Port, PreemptionPolicy, PriorityClass, Probe, Protocol, Schedule, TaintEffect,
  Toleration, Volume, Weekday,
} from '../src';
import { oneOfFaults } from '../src/private/one-of';
import { charted, mistakes, mistakesOf } from './server';

const said = (faults: Fault[]): string[] => faults.map(fault => Faults.describe('prop', fault));
const as = <T>(text: string): T => text as unknown as T;

describe('a value of an enum', () => {
  test('is a member of it, or left out', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.values(AccessMode), undefined), value => oneOfFaults('AccessMode', AccessMode, value).length === 0));
  });

  test('is nothing else, whatever it is', () => {
    const members: unknown[] = Object.values(AccessMode);
    fc.assert(fc.property(fc.anything().filter(value => value !== undefined && !members.includes(value)), (value) => {
      expect(oneOfFaults('AccessMode', AccessMode, value)).toMatchObject([{ code: 'KEELSON1585' }]);
    }));
  });

  test.each<[string, Fault[], string]>([
    ['in lower case', Probe.http('/', { scheme: as('https') }).faults,
      "KEELSON1585 'prop.scheme' must be one of HTTP, HTTPS, got 'https': write HttpScheme.HTTPS"],
    ['by the name of its member', Toleration.exists('a', { effect: as('NO_EXECUTE') }).faults,
      "KEELSON1585 'prop.effect' must be one of NoSchedule, PreferNoSchedule, NoExecute, got 'NO_EXECUTE': write TaintEffect.NO_EXECUTE"],
    ['that there is not', Volume.unsafeHostPath('/var/log', { type: as('Folder') }).faults,
      "KEELSON1585 'prop.type' must be one of Directory, DirectoryOrCreate, File, FileOrCreate, Socket, CharDevice, BlockDevice, got 'Folder': "
      + 'choose a member of HostPathType, such as HostPathType.DIRECTORY'],
    ['of a health check', Health.http({ ready: '/a', live: '/b', scheme: as('Http') }).faults,
      "KEELSON1585 'prop.scheme' must be one of HTTP, HTTPS, got 'Http': write HttpScheme.HTTP"],
    ['of metrics', Metrics.onPort(9090, { scheme: as('http') }).faults, "KEELSON1585 'prop.scheme' must be one of HTTP, HTTPS, got 'http': write HttpScheme.HTTP"],
    ['of ports', Port.range(as('tcp'), 80, 80).faults, "KEELSON1585 'prop.protocol' must be one of TCP, UDP, SCTP, got 'tcp': write Protocol.TCP"],
    ['of a range of ports', Port.range(as('udp'), 80, 90).faults, "KEELSON1585 'prop.protocol' must be one of TCP, UDP, SCTP, got 'udp': write Protocol.UDP"],
    ['of an issuer', Certificate.issuedBy('le', { kind: as('issuer') }).faults,
      "KEELSON1585 'prop.kind' must be one of ClusterIssuer, Issuer, got 'issuer': write IssuerKind.ISSUER"],
    ['of failed pods', PodFailureRule.condition(as('ignore'), 'DisruptionTarget').faults,
      "KEELSON1585 'prop.action' must be one of FailJob, FailIndex, Ignore, Count, got 'ignore': write PodFailureAction.IGNORE"],
    ['of a week', Schedule.weekly({ weekday: 1 as unknown as Weekday }).faults,
      "KEELSON1585 'prop.weekday' must be one of SUN, MON, TUE, WED, THU, FRI, SAT, got 1: choose a member of Weekday, such as Weekday.SUNDAY"],
    ['of a claim with the pod', Volume.ephemeralClaim({ size: Size.gibibytes(1), accessMode: as('readwriteonce') }).faults,
      "KEELSON1585 'prop.accessMode' must be one of ReadWriteOnce, ReadWriteOncePod, ReadOnlyMany, ReadWriteMany, got 'readwriteonce': write AccessMode.READ_WRITE_ONCE"],
    ['of a cluster', ClusterProfile.kubernetes({ ipFamilies: [as<IpFamily>('ipv6')] }).faults,
      "KEELSON1585 'prop.ipFamilies[0]' must be one of IPv4, IPv6, got 'ipv6': write IpFamily.IPV6"],
  ])('%s', (_, faults, message) => {
    expect(said(faults)).toEqual([message]);
  });

  test('of constructs is checked as they are made', () => {
    const chart = charted();
    new PersistentVolumeClaim(chart, 'data', { size: Size.gibibytes(1), accessMode: as('RWX') });
    new PriorityClass(chart, 'low', { value: 1, preemptionPolicy: as('never') });
    expect(mistakes(chart)).toEqual([
      "[shop/data] KEELSON1585 'accessMode' must be one of ReadWriteOnce, ReadWriteOncePod, ReadOnlyMany, ReadWriteMany, got 'RWX': "
      + 'choose a member of AccessMode, such as AccessMode.READ_WRITE_ONCE',
      "[shop/low] KEELSON1585 'preemptionPolicy' must be one of PreemptLowerPriority, Never, got 'never': write PreemptionPolicy.NEVER",
    ]);
  });

  test('of a container is said once', () => {
    expect(mistakesOf({}, { ports: [{ number: 8080, name: 'http', protocol: as('tcp') }] })).toEqual([
      "KEELSON1585 'ports.http.protocol' must be one of TCP, UDP, SCTP, got 'tcp': write Protocol.TCP",
    ]);
  });

  test('as the enums have it is fine everywhere', () => {
    expect([
      ...Probe.http('/', { scheme: HttpScheme.HTTPS }).faults, ...Toleration.exists('a', { effect: TaintEffect.NO_EXECUTE }).faults,
      ...Volume.unsafeHostPath('/var/log', { type: HostPathType.DIRECTORY }).faults, ...Port.range(Protocol.UDP, 80, 90).faults,
      ...Certificate.issuedBy('le', { kind: IssuerKind.ISSUER }).faults, ...PodFailureRule.condition(PodFailureAction.IGNORE, 'DisruptionTarget').faults,
      ...Schedule.weekly({ weekday: Weekday.MONDAY }).faults,
      ...Volume.ephemeralClaim({ size: Size.gibibytes(1), accessMode: AccessMode.READ_WRITE_MANY }).faults,
    ]).toEqual([]);
    const chart = charted();
    new PriorityClass(chart, 'low', { value: 1, preemptionPolicy: PreemptionPolicy.NEVER });
    expect(mistakes(chart)).toEqual([]);
  });
});

test('a claim that is made with its pod is empty: for reading only it is refused', () => {
  expect(said(Volume.ephemeralClaim({ size: Size.gibibytes(1), accessMode: AccessMode.READ_ONLY_MANY }).faults)).toEqual([
    "KEELSON1586 'prop.accessMode' must be a mode that lets the pod write: the volume is made with the pod, and empty, got ReadOnlyMany: "
    + 'leave it out, or mount a claim that has been filled by Volume.fromClaim(…)',
  ]);
});
