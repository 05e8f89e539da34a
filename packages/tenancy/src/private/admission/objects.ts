import { AdmissionProps } from '../../admission-props';
import { ServiceTypeName } from '../../service-type-name';
import { allowed, flat, list, text } from './cel';
import { DNS_HOSTS, hostsAllowed, hostVariables } from './hosts';
import { annotations, ANNOTATIONS, Policy } from './policy';

/** Services: types, addresses, and the names that external-dns gives them. */
export function servicePolicy(
  { hostNames, serviceTypes = [ServiceTypeName.CLUSTER_IP], externalIps = [] }: AdmissionProps, solver: string,
): Policy {
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
      { expression: `${solver} || variables.type in ${list(serviceTypes)}`, message: `the type must be ${allowed(serviceTypes)}`, got: 'variables.type' },
      { expression: 'variables.addresses.size() == 0', message: `externalIPs must be ${allowed(externalIps)}`, got: "variables.addresses.join(', ')" },
      ...hostNames === undefined ? [] : [hostsAllowed(hostNames)],
    ],
  };
}

/** Claims: their class, by field or by the annotation that goes before it. */
export function claimPolicy({ storageClasses }: AdmissionProps): Policy {
  const annotation = "variables.annotations[?'volume.beta.kubernetes.io/storage-class']";
  return {
    name: 'claims',
    matched: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['persistentvolumeclaims'] }],
    watched: ['spec', ANNOTATIONS],
    variables: { ...annotations, class: `${annotation}.orValue(object.spec.?storageClassName.orValue(''))` },
    validations: storageClasses === undefined ? [] : [{
      expression: `variables.class in ${list(storageClasses)}`, message: `the StorageClass must be ${allowed(storageClasses)}`,
      got: "(variables.class == '' ? 'none' : variables.class)",
    }],
  };
}

/** What a certificate may say beside host names would be a name, too. */
const OTHER_NAMES = ['uris', 'emailAddresses', 'otherNames'];

/** Certificates: of hosts, and of the Services of the namespace. */
export function certificatePolicy({ hostNames }: AdmissionProps, clusterDomain: string): Policy {
  const own = [
    // No domain of the public has one label only.
    "!each.contains('.')",
    "each.matches('^([*][.])?[a-z0-9-]+[.]' + request.namespace + '$')",
    ...['.svc', `.svc.${clusterDomain}`].map(end => `each.endsWith('.' + request.namespace + ${text(end)})`),
  ];
  return {
    name: 'certificates',
    matched: [{ apiGroups: ['cert-manager.io'], apiVersions: ['v1'], resources: ['certificates'] }],
    watched: ['spec'],
    variables: hostNames === undefined ? {} : {
      ...hostVariables(flat([
        'object.spec.?dnsNames.orValue([]).map(each, each.lowerAscii())', "[object.spec.?commonName.orValue('').lowerAscii()]",
      ]), hostNames, own),
      others: [
        ...OTHER_NAMES.map(name => `(object.spec.?${name}.orValue([]).size() > 0 ? [${text(name)}] : [])`),
        "(has(object.spec.literalSubject) ? ['literalSubject'] : [])", "(object.spec.?isCA.orValue(false) ? ['isCA'] : [])",
        "(object.spec.?ipAddresses.orValue([]).exists(each, !(each in ['127.0.0.1', '::1'])) ? ['ipAddresses'] : [])",
      ].join(' + '),
    },
    validations: hostNames === undefined ? [] : [
      hostsAllowed(hostNames),
      { expression: 'variables.others.size() == 0', message: 'a certificate must have host names only', got: "variables.others.join(', ')" },
    ],
  };
}
