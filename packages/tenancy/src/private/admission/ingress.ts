import { AdmissionProps } from '../../admission-props';
import { allowed, any, flat, list, text } from './cel';
import { DNS_HOSTS, hostsAllowed, hostsNamed, hostVariables } from './hosts';
import { annotations, ANNOTATIONS, Policy } from './policy';

/** What ingress-nginx reads and that claims no hosts, sends nothing to others' Services and holds no configuration of nginx. */
const OF_NGINX = [
  'affinity(-mode|-canary-behavior)?', 'app-root', 'auth-(realm|response-headers|secret|secret-type|signin|type|url)', 'backend-protocol', 'canary(-[a-z-]+)?',
  'client-body-buffer-size', 'cors-[a-z-]+', 'custom-headers', 'enable-(access-log|cors|rewrite-log)', '(force-)?ssl-redirect', 'from-to-www-redirect',
  'limit-[a-z-]+', 'mirror-(host|request-body|target)', '(permanent|temporal)-redirect(-code)?', 'preserve-trailing-slash',
  'proxy-(body-size|buffer-size|buffering|buffers-number|connect-timeout|http-version|max-temp-file-size|next-upstream(-timeout|-tries)?|read-timeout|request-buffering|send-timeout)',
  'proxy-ssl-(name|secret|server-name|verify|verify-depth)', 'rewrite-target', 'satisfy', 'service-upstream', 'session-cookie-[a-z-]+', 'use-regex',
  '(white|allow|deny)list-source-range', 'x-forwarded-prefix',
];
/** Of an Ingress for Traefik: neither matchers nor what is in other namespaces or files. */
const OF_TRAEFIK = ['router[.](entrypoints|priority|tls)', 'service[.](nativelb|passhostheader|serversscheme|sticky[.][a-z.]+)'];
/** Who reads these makes no routes of them, or what it makes of them is looked at by itself. */
const OF_OTHERS = [
  'kubernetes[.]io/(ingress[.]class|tls-acme)', '(kubectl|app)[.]kubernetes[.]io/.+', 'external-dns[.][a-z.]*kubernetes[.]io/.+', '(acme[.])?cert-manager[.]io/.+',
  '(meta[.])?helm[.]sh/.+', 'argocd[.]argoproj[.]io/.+', 'kustomize[.]toolkit[.]fluxcd[.]io/.+',
  // No controller reads keys without a domain.
  '[^/]+',
];
const KNOWN = `^(${[...OF_OTHERS, `nginx[.]ingress[.]kubernetes[.]io/(${OF_NGINX.join('|')})`, `traefik[.]ingress[.]kubernetes[.]io/(${OF_TRAEFIK.join('|')})`].join('|')})$`;
const NGINX = 'nginx.ingress.kubernetes.io/';
/** Annotations of ingress-nginx with a Secret or ConfigMap. */
const REFERENCES = ['auth-secret', 'custom-headers', 'proxy-ssl-secret'].map(name => NGINX + name);

/** Ingresses: hosts and class. */
export function ingressPolicy({ hostNames, ingressClasses, ingressAnnotations = [] }: AdmissionProps, solver: string): Policy {
  const byAnnotation = "variables.annotations[?'kubernetes.io/ingress.class']";
  const www = `variables.annotations[?'${NGINX}from-to-www-redirect'].orValue('false').lowerAscii() == 'true'`;
  return {
    name: 'ingresses',
    matched: [{ apiGroups: ['networking.k8s.io'], apiVersions: ['v1'], resources: ['ingresses'] }],
    watched: ['spec', ANNOTATIONS],
    variables: {
      ...annotations,
      ...hostNames === undefined ? {} : {
        named: "object.spec.?rules.orValue([]).map(each, each.?host.orValue(''))",
        ...hostVariables(flat([
          'variables.named', "object.spec.?tls.orValue([]).map(each, each.?hosts.orValue([]).join(' '))", DNS_HOSTS,
          `variables.named.filter(each, each != '' && (${www})).map(each, each.startsWith('www.') ? each.substring(4) : 'www.' + each)`,
        ]), hostNames),
        unknown: `variables.annotations.map(key, key).filter(key, !(${any([`key.matches('${KNOWN}')`, ...further(ingressAnnotations)])}))`,
        unclear: `variables.annotations.map(key, key).filter(key, key.startsWith('${NGINX}') && (variables.annotations[key].matches('[\\n\\r;{}]')`
          + ` || (key in ${list(REFERENCES)} && variables.annotations[key].contains('/') && !variables.annotations[key].startsWith(request.namespace + '/'))))`,
        paths: "object.spec.?rules.orValue([]).map(each, each.?http.?paths.orValue([]).map(of, of.?path.orValue('')).filter(of, of.matches('[`\";[:space:][:cntrl:]]')).join(', '))"
          + ".filter(each, each != '')",
      },
      ...ingressClasses === undefined ? {} : {
        classes: `[object.spec.?ingressClassName.orValue('')].filter(each, each != '') + (${byAnnotation}.hasValue() ? [${byAnnotation}.value()] : [])`,
      },
    },
    validations: [
      ...hostNames === undefined ? [] : [
        hostsNamed("variables.named.all(each, each != '')", 'each rule'),
        hostsNamed('object.spec.?tls.orValue([]).all(each, each.?hosts.orValue([]).size() > 0)', 'each entry of tls'),
        { expression: '!has(object.spec.defaultBackend)', message: 'defaultBackend must be left out: it has the requests of all hosts that nobody claims' },
        {
          expression: 'variables.unknown.size() == 0', got: "variables.unknown.join(', ')",
          message: `annotations must be known to claim no more hosts and to hold no configuration${ingressAnnotations.length === 0 ? '' : `, or be ${allowed(ingressAnnotations)}`}`,
        },
        {
          expression: 'variables.unclear.size() == 0', got: "variables.unclear.join(', ')",
          message: "values of annotations must have no line break, ';', '{' or '}', and refer to the tenant's own namespace",
        },
        { expression: 'variables.paths.size() == 0', message: "paths must have no space, ';', '\"' or '`'", got: "variables.paths.join(', ')" },
        hostsAllowed(hostNames),
      ],
      ...ingressClasses === undefined ? [] : [{
        expression: `${solver} || (variables.classes.size() > 0 && variables.classes.all(each, each in ${list(ingressClasses)}))`,
        message: `the IngressClass must be ${allowed(ingressClasses)}`, got: "(variables.classes.size() == 0 ? 'none' : variables.classes.join(', '))",
      }],
    ],
  };
}

/** Keys, and all keys of a domain: `example.com/*`. */
function further(keys: readonly string[]): string[] {
  const exact = keys.filter(key => !key.endsWith('/*'));
  return [...exact.length === 0 ? [] : [`key in ${list(exact)}`], ...keys.filter(key => key.endsWith('/*')).map(key => `key.startsWith(${text(key.slice(0, -1))})`)];
}
