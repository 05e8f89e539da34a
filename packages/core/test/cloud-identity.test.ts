import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AzureIdentityProps, CloudIdentity, ClusterProfile, IpFamily, Peer, ServiceAccount, Warnings } from '../src';
import { accepted, charted, mistakes, mistakesOf, named, Server } from './server';

const ARN = 'arn:aws:iam::123456789012:role/shop';
const EMAIL = 'shop-app@my-project.iam.gserviceaccount.com';
const CLIENT = '00001111-aaaa-2222-bbbb-3333cccc4444';
const TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';

/** What a workload with the identity renders: the account's annotations, the pods' labels, and where they are let out beside DNS. */
function rendered(identity: CloudIdentity, ipFamilies = [IpFamily.IPV4]) {
  const chart = charted({ ipFamilies });
  new Server(chart, 'web', { cloudIdentity: identity });
  const objects = accepted(chart);
  const { egress } = named(objects, 'NetworkPolicy', 'web').spec as { egress: { ports: { port: number }[]; to: { ipBlock?: { cidr: string } }[] }[] };
  return {
    annotations: named(objects, 'ServiceAccount', 'web').metadata.annotations,
    podLabels: (named(objects, 'Deployment', 'web').spec.template as { metadata: { labels: Record<string, string> } }).metadata.labels,
    egress: egress.filter(({ ports }) => ports.every(({ port }) => port !== 53)).map(({ ports, to }) => `${to.map(({ ipBlock }) => ipBlock?.cidr).join(' ')}:${ports.map(({ port }) => port).join(',')}`),
  };
}

describe('R2 cloud identity', () => {
  test('on EKS is the ARN of a role; STS is reached by the internet', () => {
    const { annotations, egress } = rendered(CloudIdentity.eks(ARN));
    expect(annotations).toEqual({ 'eks.amazonaws.com/role-arn': ARN });
    expect(egress).toEqual(['0.0.0.0/0:443']);
  });

  test('on EKS names the STS, where it is not as usual', () => {
    const { annotations, egress } = rendered(CloudIdentity.eks(ARN, { regionalSts: false, sts: Peer.cidr('10.1.2.3/32') }));
    expect(annotations).toEqual({ 'eks.amazonaws.com/role-arn': ARN, 'eks.amazonaws.com/sts-regional-endpoints': 'false' });
    expect(egress).toEqual(['10.1.2.3/32:443']);
    expect(rendered(CloudIdentity.eks(ARN, { regionalSts: true })).annotations).toMatchObject({ 'eks.amazonaws.com/sts-regional-endpoints': 'true' });
  });

  test('by EKS Pod Identity needs no annotation, and the agent of the node', () => {
    const { annotations, egress } = rendered(CloudIdentity.eksPodIdentity());
    expect(annotations).toBeUndefined();
    expect(egress).toEqual(['169.254.170.23/32:80']);
    expect(rendered(CloudIdentity.eksPodIdentity(), [IpFamily.IPV6]).egress).toEqual(['fd00:ec2::23/128:80']);
    expect(rendered(CloudIdentity.eksPodIdentity(), [IpFamily.IPV6, IpFamily.IPV4]).egress).toEqual(['169.254.170.23/32:80', 'fd00:ec2::23/128:80']);
  });

  test('on GKE is the e-mail address of an account, and the metadata server of the node', () => {
    const { annotations, egress } = rendered(CloudIdentity.gke(EMAIL));
    expect(annotations).toEqual({ 'iam.gke.io/gcp-service-account': EMAIL });
    expect(egress).toEqual(['169.254.169.252/32:987,988', '169.254.169.254/32:80,8080']);
    expect(rendered(CloudIdentity.gke()).annotations).toBeUndefined();
  });

  test('on Azure is a client id, and a label that pods carry', () => {
    const { annotations, podLabels, egress } = rendered(CloudIdentity.azure({ clientId: CLIENT }));
    expect(annotations).toEqual({ 'azure.workload.identity/client-id': CLIENT });
    expect(podLabels['azure.workload.identity/use']).toBe('true');
    expect(egress).toEqual(['0.0.0.0/0:443']);
    const whole = rendered(CloudIdentity.azure({ clientId: CLIENT, tenantId: TENANT, authority: Peer.cidr('10.1.2.3/32') }));
    expect(whole.annotations).toEqual({ 'azure.workload.identity/client-id': CLIENT, 'azure.workload.identity/tenant-id': TENANT });
    expect(whole.egress).toEqual(['10.1.2.3/32:443']);
  });

  test('of an account is that of each workload that uses it', () => {
    const chart = charted();
    const account = new ServiceAccount(chart, 'shop', { cloudIdentity: CloudIdentity.azure({ clientId: CLIENT }), annotations: { team: 'a' } });
    new Server(chart, 'web', { serviceAccount: account, podLabels: { 'azure.workload.identity/use': 'false' } });
    const objects = accepted(chart);
    expect(named(objects, 'ServiceAccount', 'shop').metadata.annotations).toEqual({ 'azure.workload.identity/client-id': CLIENT, 'team': 'a' });
    expect(JSON.stringify(named(objects, 'Deployment', 'web').spec.template)).toContain('"azure.workload.identity/use":"true"');
    expect(JSON.stringify(named(objects, 'NetworkPolicy', 'web'))).toContain('443');
  });

  test('of an account made elsewhere is said of the workload', () => {
    const chart = charted();
    new Server(chart, 'web', { serviceAccount: ServiceAccount.fromServiceAccountName('theirs'), cloudIdentity: CloudIdentity.azure({ clientId: CLIENT }) });
    const objects = accepted(chart);
    expect(objects.map(({ kind }) => kind)).not.toContain('ServiceAccount');
    expect(JSON.stringify(named(objects, 'Deployment', 'web').spec.template)).toContain('"azure.workload.identity/use":"true"');
  });

  const DENIED = (text: string) => `[shop/web] KEELSON1592 ${text} with denyDns: an SDK finds the cloud's services, and mostly its credentials, by name: leave 'denyDns' out`;

  test.each([
    ['CloudIdentity.eks', CloudIdentity.eks(ARN)], ['CloudIdentity.gke', CloudIdentity.gke()], ['CloudIdentity.eksPodIdentity', CloudIdentity.eksPodIdentity()],
    ['CloudIdentity.azure', CloudIdentity.azure({ clientId: CLIENT })],
  ])('%s is of little use to pods that may not ask DNS', (text, cloudIdentity) => {
    const warned = (props: object) => {
      const chart = charted();
      new Server(chart, 'web', props);
      expect(mistakes(chart)).toEqual([]);
      return Warnings.of(chart);
    };
    expect(warned({ cloudIdentity, denyDns: true })).toEqual([DENIED(text)]);
    expect(warned({ cloudIdentity, denyDns: true, serviceAccount: ServiceAccount.fromServiceAccountName('a') })).toEqual([DENIED(text)]);
    expect(warned({ cloudIdentity })).toEqual([]);
    expect(warned({ denyDns: true })).toEqual([]);
  });

  test.each<[string, ClusterProfile, CloudIdentity, CloudIdentity, string]>([
    ['GKE', ClusterProfile.gke(), CloudIdentity.gke(EMAIL), CloudIdentity.eks(ARN), 'CloudIdentity.eks on GKE, as the profile\'s load balancers say: pods get such credentials on EKS only, '],
    ['EKS', ClusterProfile.eks(), CloudIdentity.eksPodIdentity(), CloudIdentity.azure({ clientId: CLIENT }),
      'CloudIdentity.azure on EKS, as the profile\'s load balancers say: pods get such credentials on AKS only, '],
    ['AKS', ClusterProfile.aks(), CloudIdentity.azure({ clientId: CLIENT }), CloudIdentity.gke(), 'CloudIdentity.gke on AKS, as the profile\'s load balancers say: pods get such credentials on GKE only, '],
  ])('of another cloud is warned of on %s', (_, profile, own, other, text) => {
    const warned = (cloudIdentity: CloudIdentity) => {
      const chart = charted();
      profile.applyTo(chart);
      new ServiceAccount(chart, 'shop', { cloudIdentity });
      new Server(chart, 'web', { cloudIdentity, serviceAccount: ServiceAccount.fromServiceAccountName('theirs') });
      expect(mistakes(chart)).toEqual([]);
      return Warnings.of(chart).filter(warning => warning.includes('KEELSON1591'));
    };
    const whole = `KEELSON1591 ${text}or where you run what gives them: use the identity of that cloud`;
    expect(warned(other)).toEqual([`[shop/shop] ${whole}`, `[shop/web] ${whole}`]);
    expect(warned(own)).toEqual([]);
  });

  test('of any cloud is fine where the profile tells none', () => {
    const chart = charted();
    new ServiceAccount(chart, 'shop', { cloudIdentity: CloudIdentity.gke() });
    new ServiceAccount(chart, 'mail', { cloudIdentity: CloudIdentity.eks(ARN) });
    expect(Warnings.of(chart)).toEqual([]);
  });

  test('fails beside an account of this app', () => {
    const chart = charted();
    new Server(chart, 'web', { serviceAccount: new ServiceAccount(chart, 'own'), cloudIdentity: CloudIdentity.gke() });
    expect(mistakes(chart)).toEqual(["[shop/web] KEELSON1543 'cloudIdentity' must be given to the ServiceAccount, got one beside the account 'own', which this app makes: "
      + "set its 'cloudIdentity': all workloads that use the account have it then"]);
  });

  test.each([
    ['', "''"], ['shop', "'shop'"], ['arn:aws:iam::12345678901:role/shop', "'arn:aws:iam::12345678901:role/shop'"],
    ['arn:aws:iam::123456789012:user/shop', "'arn:aws:iam::123456789012:user/shop'"], ['arn:aws:sts::123456789012:assumed-role/shop/x', "'arn:aws:sts::123456789012:assumed-role/shop/x'"],
    [`${ARN} `, `'${ARN} '`], [`arn:aws:iam::123456789012:role/${'x'.repeat(65)}`, `'arn:aws:iam::123456789012:role/${'x'.repeat(29)}…' (96 characters)`], [undefined as never, 'undefined'],
  ])('fails for the role %j', (arn, got) => {
    const message = `KEELSON1577 'cloudIdentity' must be the ARN of an IAM role, got ${got}: write it like 'arn:aws:iam::123456789012:role/shop'`;
    const [mistake = '', ...more] = mistakesOfIdentity(CloudIdentity.eks(arn));
    expect(more).toEqual([]);
    expect(mistake.slice(mistake.indexOf(']') + 2)).toBe(message);
  });

  test.each([['arn:aws-cn:iam::123456789012:role/a'], ['arn:aws-us-gov:iam::123456789012:role/eng/shop/a+=,.@-_'], [`arn:aws:iam::123456789012:role/${'x'.repeat(64)}`]])('takes the role %s', (arn) => {
    expect(CloudIdentity.eks(arn).faults).toEqual([]);
  });

  test.each([['shop'], ['shop@example.com'], ['shop@my-project.iam.gserviceaccount.com'], ['Shop-App@my-project.iam.gserviceaccount.com'], ['shop-app@p.iam.gserviceaccount.com'], ['']])('fails for the account %j', (email) => {
    expect(CloudIdentity.gke(email).faults).toEqual([{
      code: 'KEELSON1578', got: `'${email}'`, allowed: 'the e-mail address of a service account of Google Cloud', fix: "write it like 'shop-app@my-project.iam.gserviceaccount.com'",
    }]);
  });

  test.each([[EMAIL], ['shop-app@my-project.example.com.iam.gserviceaccount.com'], ['123-compute@developer.gserviceaccount.com'], ['my-project@appspot.gserviceaccount.com']])('takes the account %s', (email) => {
    expect(CloudIdentity.gke(email).faults).toEqual([]);
  });

  test.each<[AzureIdentityProps, string, string]>([
    [{ clientId: 'shop' }, 'clientId', "'shop'"], [{ clientId: CLIENT, tenantId: `${TENANT}0` }, 'tenantId', `'${TENANT}0'`], [{ clientId: CLIENT.replaceAll('-', '') }, 'clientId', `'${CLIENT.replaceAll('-', '')}'`],
  ])('fails for %j', (props, member, got) => {
    expect(mistakesOf({ cloudIdentity: CloudIdentity.azure(props), serviceAccount: ServiceAccount.fromServiceAccountName('a') })).toEqual([
      `KEELSON1579 'cloudIdentity.${member}' must be a UUID, got ${got}: write it like '00001111-aaaa-2222-bbbb-3333cccc4444', as the portal shows it`]);
  });

  test('takes every UUID', () => {
    fc.assert(fc.property(fc.uuid(), (clientId) => {
      expect(CloudIdentity.azure({ clientId }).faults).toEqual([]);
      expect(CloudIdentity.azure({ clientId: clientId.toUpperCase() }).faults).toEqual([]);
    }));
  });
});

function mistakesOfIdentity(cloudIdentity: CloudIdentity) {
  const chart = charted();
  new Server(chart, 'web', { cloudIdentity });
  return mistakes(chart);
}
