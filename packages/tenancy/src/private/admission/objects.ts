import { AdmissionProps } from '../../admission-props';
import { Quota } from '../../quota';
import { ServiceTypeName } from '../../service-type-name';
import { allowed, any, flat, list, text } from './cel';
import { DNS_HOSTS, hostsAllowed, hostVariables } from './hosts';
import { annotations, ANNOTATIONS, Policy, Validation } from './policy';

/** Types that a quota counts. */
const COUNTED = new Map([[ServiceTypeName.NODE_PORT, 'services.nodeports'], [ServiceTypeName.LOAD_BALANCER, 'services.loadbalancers']]);

/** Types that the quota gives none of would be refused all the same, in other words. */
function typesWithin(quota: Quota, types = [ServiceTypeName.CLUSTER_IP, ...COUNTED.keys()]): string[] {
  return types.filter(type => quota.limitOf(COUNTED.get(type) ?? '')?.value !== 0);
}

/** Services: types, addresses, and the names that external-dns gives them. */
export function servicePolicy({ hostNames, serviceTypes, externalIps = [] }: AdmissionProps, quota: Quota, solver: string): Policy {
  const types = typesWithin(quota, serviceTypes);
  return {
    name: 'services',
    matched: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['services'] }],
    watched: ['spec', ANNOTATIONS],
    variables: {
      ...annotations,
      type: "object.spec.?type.orValue('ClusterIP')",
      addresses: `object.spec.?externalIPs.orValue([]).filter(each, !(each in ${list(externalIps)}))`,
      ...hostNames === undefined ? {} : hostVariables(flat([DNS_HOSTS]), hostNames),
    },
    validations: [
      { expression: `${solver} || variables.type in ${list(types)}`, message: `the type must be ${allowed(types)}`, got: 'variables.type' },
      { expression: 'variables.addresses.size() == 0', message: `externalIPs must be ${allowed(externalIps)}`, got: "variables.addresses.join(', ')" },
      ...hostNames === undefined ? [] : [hostsAllowed(hostNames)],
    ],
  };
}

/** Who says on which volume a claim is, once there is one. */
const BINDERS = ['system:kube-controller-manager', 'system:serviceaccount:kube-system:persistent-volume-binder'];

/** Claims: their class, by field or by the annotation that goes before it; and whose volume they are on. */
export function claimPolicy({ storageClasses, volumeNames = [] }: AdmissionProps, platform: string): Policy {
  const annotation = "variables.annotations[?'volume.beta.kubernetes.io/storage-class']";
  return {
    name: 'claims',
    matched: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['persistentvolumeclaims'] }],
    watched: ['spec', ANNOTATIONS],
    variables: {
      ...annotations,
      ...storageClasses === undefined ? {} : { class: `${annotation}.orValue(object.spec.?storageClassName.orValue(''))` },
      volume: "object.spec.?volumeName.orValue('')",
      source: "object.spec.?dataSourceRef.?namespace.orValue('')",
    },
    validations: [
      ...storageClasses === undefined ? [] : [{
        expression: `variables.class in ${list(storageClasses)}`, message: `the StorageClass must be ${allowed(storageClasses)}`,
        got: "(variables.class == '' ? 'none' : variables.class)",
      }],
      {
        expression: `variables.volume in ${list(['', ...volumeNames])}`
          + ` || (request.operation == 'UPDATE' && (oldObject.spec.?volumeName.orValue('') == variables.volume || request.userInfo.username in ${list(BINDERS)})) || ${platform}`,
        message: `volumeName must be ${volumeNames.length === 0 ? 'left out' : allowed(volumeNames)}: the volume may hold the data of another`, got: 'variables.volume',
      },
      {
        expression: `variables.source in ['', request.namespace] || ${platform}`,
        message: "dataSourceRef must be in the tenant's own namespace", got: 'variables.source',
      },
    ],
  };
}

/** What a certificate may say beside host names would be a name, too. */
const OTHER_NAMES = ['uris', 'emailAddresses', 'otherNames'];

/** Certificates: of hosts, and of the Services of the namespace; and who issues them. */
export function certificatePolicy({ hostNames, clusterIssuers, issuers }: AdmissionProps, clusterDomain: string): Policy {
  const own = [
    // No domain of the public has one label only; a common name that has is somebody's, such as of a database's client.
    "(!each.contains('.') && each != variables.commonName)",
    "each.matches('^([*][.])?[a-z0-9-]+[.]' + request.namespace + '$')",
    ...['.svc', `.svc.${clusterDomain}`].map(end => `each.endsWith('.' + request.namespace + ${text(end)})`),
  ];
  return {
    name: 'certificates',
    matched: [{ apiGroups: ['cert-manager.io'], apiVersions: ['v1'], resources: ['certificates'] }],
    watched: ['spec'],
    variables: {
      ...hostNames === undefined ? {} : {
        commonName: "object.spec.?commonName.orValue('').lowerAscii()",
        ...hostVariables(flat(['object.spec.?dnsNames.orValue([]).map(each, each.lowerAscii())', '[variables.commonName]']), hostNames, own),
        others: [
          ...OTHER_NAMES.map(name => `(object.spec.?${name}.orValue([]).size() > 0 ? [${text(name)}] : [])`),
          ...['literalSubject', 'subject'].map(name => `(has(object.spec.${name}) ? [${text(name)}] : [])`), "(object.spec.?isCA.orValue(false) ? ['isCA'] : [])",
          "(object.spec.?ipAddresses.orValue([]).exists(each, !(each in ['127.0.0.1', '::1'])) ? ['ipAddresses'] : [])",
        ].join(' + '),
      },
      ...clusterIssuers === undefined && issuers === undefined ? {} : { issuer: ISSUER },
    },
    validations: [
      ...hostNames === undefined ? [] : [
        hostsAllowed(hostNames),
        { expression: 'variables.others.size() == 0', message: 'a certificate must have host names only', got: "variables.others.join(', ')" },
      ],
      ...issuersAllowed({ ClusterIssuer: clusterIssuers, Issuer: issuers }),
    ],
  };
}

/** Kind and name, or more where it is no issuer of cert-manager's own. */
const ISSUER = "(object.spec.issuerRef.?group.orValue('') in ['', 'cert-manager.io'] ? '' : object.spec.issuerRef.group + ' ')"
  + " + (object.spec.issuerRef.?kind.orValue('') == '' ? 'Issuer' : object.spec.issuerRef.kind) + ' ' + object.spec.issuerRef.name";

/** Of a kind that nothing is said of, any. */
function issuersAllowed(kinds: Readonly<Record<string, readonly string[] | undefined>>): Validation[] {
  const named = Object.entries(kinds).flatMap(([kind, names = []]) => names.map(name => `${kind} ${name}`));
  const free = Object.entries(kinds).filter(([, names]) => names === undefined).map(([kind]) => kind);
  return free.length === Object.keys(kinds).length ? [] : [{
    expression: any([`variables.issuer in ${list(named)}`, ...free.map(kind => `variables.issuer.startsWith(${text(`${kind} `)})`)]),
    message: `the issuer must be ${allowed([...named, ...free.map(kind => `any ${kind}`)])}`, got: 'variables.issuer',
  }];
}
