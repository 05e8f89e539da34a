import { AdmissionProps } from '../../admission-props';
import { allowed, flat, list } from './cel';
import { DNS_HOSTS, hostsAllowed, hostVariables } from './hosts';
import { annotations, ANNOTATIONS, Policy } from './policy';

/** An argument of a matcher: nothing in it is escaped. */
const ARGUMENT = '(`[^`]*`|"[^"\\\\]*")';
const CALL = `!?[A-Za-z]+\\( *${ARGUMENT}( *, *${ARGUMENT})* *\\)`;
/** What narrows: any matcher, or some of them in brackets. */
const TERM = `(${CALL}|!?\\( *${CALL}( *(&&|\\|\\|) *${CALL})* *\\))`;

/** A wildcard, as exposures have it: `Host` takes none before Traefik 3.7. */
const WILDCARD = 'HostRegexp\\( *`\\^\\[\\^\\.\\]\\+(\\\\\\.[a-z0-9-]+)+\\$` *\\)';
/** What such a name begins with. */
const ONE_LABEL = "r'`^[^.]+\\.'";

/** The hosts that a rule is about, at its start: one after the other, or several in brackets. */
function hostsOf(matcher: string): string {
  const exact = `${matcher}\\( *\`[^\`]+\`( *, *\`[^\`]+\`)* *\\)`;
  const one = matcher === 'Host' ? `(${exact}|${WILDCARD})` : exact;
  return `(${one}|\\( *${one}( *\\|\\| *${one})* *\\))`;
}

/** Rules whose hosts can be told for sure: hosts, and what narrows them; or hosts alone, one or another. */
function readable(matcher: string): string {
  return `^ *${hostsOf(matcher)}(( *\\|\\| *${hostsOf(matcher)})*|( *&& *${TERM})*) *$`;
}

/** The part of a readable rule that names its hosts. */
function named(matcher: string): string {
  return `^ *${hostsOf(matcher)}( *\\|\\| *${hostsOf(matcher)})*`;
}

/** Traefik's routes, by the rules that they match requests with. */
export function traefikPolicies(props: AdmissionProps): Policy[] {
  return [
    traefikPolicy(props, 'ingressroutes', 'Host'),
    traefikPolicy(props, 'ingressroutetcps', 'HostSNI'),
  ];
}

function traefikPolicy({ hostNames, ingressClasses }: AdmissionProps, resource: string, matcher: string): Policy {
  const byAnnotation = "variables.annotations[?'kubernetes.io/ingress.class'].orValue('')";
  const domains = 'object.spec.?tls.?domains.orValue([])';
  return {
    name: resource,
    matched: [{ apiGroups: ['traefik.io', 'traefik.containo.us'], apiVersions: ['v1alpha1'], resources: [resource] }],
    watched: ['spec', ANNOTATIONS],
    variables: {
      ...annotations,
      ...hostNames === undefined ? {} : {
        rules: "object.spec.?routes.orValue([]).map(each, each.?match.orValue(''))",
        unreadable: `variables.rules.filter(each, !each.matches(r'${readable(matcher)}'))`,
        ...hostVariables(flat([
          `variables.rules.map(each, each.find(r'${named(matcher)}').findAll('\`[^\`]+\`')`
            + `.map(of, of.startsWith(${ONE_LABEL}) ? of.replace(${ONE_LABEL}, '*.').replace(r'\\.', '.').replace('$', '') : of).join(' ').replace('\`', ' ').lowerAscii())`,
          `${domains}.map(each, each.?main.orValue(''))`, `${domains}.map(each, each.?sans.orValue([]).join(' '))`, DNS_HOSTS,
        ]), hostNames),
      },
    },
    validations: [
      ...hostNames === undefined ? [] : [
        {
          expression: 'variables.unreadable.size() == 0',
          message: `each match must be ${matcher}(\`…\`), or several of them with || between, and then other matchers with && before each`,
          got: "variables.unreadable.map(each, each == '' ? 'none' : each).join(', ')",
        },
        hostsAllowed(hostNames),
      ],
      ...ingressClasses === undefined ? [] : [{
        expression: `${byAnnotation} in ${list(['', ...ingressClasses])}`,
        message: `the annotation kubernetes.io/ingress.class must be ${allowed(ingressClasses)}`, got: byAnnotation,
      }],
    ],
  };
}
