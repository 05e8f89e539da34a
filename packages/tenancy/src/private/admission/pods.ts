import { AdmissionProps } from '../../admission-props';
import { all, allowed, any, list, text } from './cel';
import { Matched, Policy, Validation } from './policy';

/** Taints that Kubernetes puts on nodes, and tolerations of which its controllers put into pods. */
const OF_KUBERNETES = ['disk-pressure', 'memory-pressure', 'network-unavailable', 'not-ready', 'pid-pressure', 'unreachable', 'unschedulable']
  .map(each => `node.kubernetes.io/${each}`);

/** Where the fields of pods are. */
const PLACES: readonly { name: string; path: string; matched: readonly Matched[] }[] = [
  { name: 'pods', path: 'spec', matched: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods', 'pods/ephemeralcontainers'] }] },
  // Their pods would be refused, too, but only their events would say so.
  {
    name: 'workloads', path: 'spec.template.spec', matched: [
      { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['daemonsets', 'deployments', 'statefulsets'] },
      { apiGroups: ['batch'], apiVersions: ['v1'], resources: ['jobs'] },
    ],
  },
  { name: 'cronjobs', path: 'spec.jobTemplate.spec.template.spec', matched: [{ apiGroups: ['batch'], apiVersions: ['v1'], resources: ['cronjobs'] }] },
];

/** What of pods is looked at: in pods, and in what makes them. */
export function podPolicies(props: AdmissionProps, registries: readonly string[] | undefined, solver: string): Policy[] {
  const { priorityClasses, runtimeClasses, nodeSelector, tolerations } = props;
  return PLACES.map(({ name, path, matched }) => ({
    name,
    matched,
    watched: [path],
    // It makes pods and nothing else, and no label of theirs is asked: who it is says it.
    unless: name === 'pods' ? solver : undefined,
    variables: {
      pod: `object.${path}`,
      ...registries === undefined ? {} : imageVariables(registries),
      ...tolerations === undefined ? {} : tolerationVariables(tolerations),
    },
    validations: [
      ...registries === undefined ? [] : [{
        expression: 'variables.foreign.size() == 0', message: `images must be of ${allowed(registries)}`, got: "variables.foreign.join(', ')",
      }],
      ...priorityClasses === undefined ? [NOT_OF_KUBERNETES] : classes('priorityClassName', 'PriorityClass', priorityClasses),
      ...classes('runtimeClassName', 'RuntimeClass', runtimeClasses),
      ...nodes(nodeSelector),
      {
        expression: name === 'pods' ? "request.operation != 'CREATE' || !has(variables.pod.nodeName)" : '!has(variables.pod.nodeName)',
        message: 'nodeName must be left out, so that the scheduler decides', got: 'variables.pod.nodeName',
      },
      ...tolerations === undefined ? [] : [{
        expression: 'variables.tolerated.size() == 0', message: `tolerated taints must have the keys ${allowed(tolerations)}`,
        got: "variables.tolerated.map(each, each == '' ? 'all of them' : each).join(', ')",
      }],
    ],
  }));
}

/** Pods of these go before all others, and end them where there is no room. */
const NOT_OF_KUBERNETES: Validation = {
  expression: "!variables.pod.?priorityClassName.orValue('').startsWith('system-')", message: "the PriorityClass must be none of Kubernetes' own", got: 'variables.pod.priorityClassName',
};

function classes(field: string, kind: string, names: readonly string[] | undefined): Validation[] {
  return names === undefined ? [] : [{
    expression: `variables.pod.?${field}.orValue('') in ${list(['', ...names])}`, message: `the ${kind} must be ${allowed(names)}`, got: `variables.pod.${field}`,
  }];
}

function nodes(selector: AdmissionProps['nodeSelector'] = {}): Validation[] {
  const entries = Object.entries(selector);
  return entries.length === 0 ? [] : [{
    expression: all(entries.map(([key, value]) => `variables.pod.?nodeSelector[?${text(key)}].orValue('') == ${text(value)}`)),
    message: `nodeSelector must have ${entries.map(([key, value]) => `${key}: ${value}`).join(', ')}`,
    got: "(has(variables.pod.nodeSelector) ? variables.pod.nodeSelector.map(key, key + ': ' + variables.pod.nodeSelector[key]).join(', ') : 'none')",
  }];
}

function tolerationVariables(keys: readonly string[]): Record<string, string> {
  return {
    tolerated: `variables.pod.?tolerations.orValue([]).map(each, each.?key.orValue('')).filter(each, !(each in ${list([...keys, ...OF_KUBERNETES])}))`,
  };
}

/** Names as container runtimes complete them, then without digest, compared segment by segment. */
function imageVariables(registries: readonly string[]): Record<string, string> {
  const containers = ['containers', 'initContainers', 'ephemeralContainers']
    .map(each => `variables.pod.?${each}.orValue([]).map(each, each.?image.orValue(''))`);
  // Dynamic: 1.30 doesn't know volumes of images.
  const volumes = "variables.pod.?volumes.orValue([]).filter(each, has(dyn(each).image)).map(each, string(dyn(each).image.?reference.orValue('')))";
  return {
    images: [...containers, volumes].join(' + '),
    named: "variables.images.map(each, each.split('@')[0]).map(each, !each.contains('/') ? 'docker.io/library/' + each"
      + " : each.split('/')[0].matches('[.:A-Z]') || each.split('/')[0] == 'localhost' ? each : 'docker.io/' + each)",
    complete: "variables.named.map(each, each.startsWith('index.docker.io/') ? each.substring(6) : each)"
      + ".map(each, each.matches('^docker[.]io/[^/]+$') ? 'docker.io/library/' + each.split('/')[1] : each)",
    foreign: `variables.complete.filter(each, !(${any(registries.flatMap(isOf))}))`,
  };
}

/** A colon after a path is before a tag; after a host name it is before a port, and that is another registry. */
function isOf(registry: string): string[] {
  const below = `each.startsWith(${text(`${registry}/`)})`;
  return registry.includes('/') ? [`each == ${text(registry)}`, below, `each.startsWith(${text(`${registry}:`)})`] : [below];
}
