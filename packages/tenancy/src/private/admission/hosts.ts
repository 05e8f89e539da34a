import { allowed, any, list } from './cel';
import { Validation } from './policy';

/** Names that external-dns makes of an annotation, of any of its prefixes. */
const DNS_KEY = "matches('^external-dns[.].*kubernetes[.]io/([a-z-]+-)?hostname$')";

/** Variables that tell which of the claimed `hosts` aren't allowed. */
export function hostVariables(hosts: string, hostNames: readonly string[], more: readonly string[] = []): Record<string, string> {
  const exact = hostNames.filter(name => !name.startsWith('*.'));
  const domains = hostNames.filter(name => name.startsWith('*.')).map(name => name.slice(1));
  return {
    hosts,
    // After the first label, nothing but a whole domain.
    foreign: `variables.hosts.filter(each, !(${any([
      ...exact.length === 0 ? [] : [`each in ${list(exact)}`],
      ...domains.length === 0 ? [] : [`each.indexOf('.') > 0 && each.substring(each.indexOf('.')) in ${list(domains)}`],
      ...more,
    ])}))`,
  };
}

/** That all `hosts` are allowed. */
export function hostsAllowed(hostNames: readonly string[]): Validation {
  return { expression: 'variables.foreign.size() == 0', message: `host names must be of ${allowed(hostNames)}`, got: "variables.foreign.join(', ')" };
}

/** That each part names its host. */
export function hostsNamed(expression: string, part: string): Validation {
  return { expression, message: `${part} must name its host, or it has all of them` };
}

/** What external-dns would make, as a list; of the variable `annotations`. */
export const DNS_HOSTS = `variables.annotations.filter(key, key.${DNS_KEY}).map(key, variables.annotations[key].replace(',', ' '))`;
