import { ENVOY_GATEWAY, GATEWAY_API } from './gateway-api-supports';
import { GATEWAY_BY_TRAEFIK } from './gateway-by-traefik-supports';
import { INGRESS, INGRESS_LIKE_NGINX, INGRESS_NGINX } from './ingress-supports';
import { Flavor } from './support';
import { TRAEFIK } from './traefik-supports';

/** All of them, in the order of the documentation. */
export const FLAVORS: readonly Flavor[] = [
  GATEWAY_API, ENVOY_GATEWAY, GATEWAY_BY_TRAEFIK, TRAEFIK, INGRESS_NGINX, INGRESS_LIKE_NGINX, INGRESS,
];

/** What to write for some of them; a Traefik that reads the annotations of ingress-nginx goes without saying beside that. */
export function choicesOf(flavors: readonly Flavor[]): string {
  const said = flavors.includes(INGRESS_NGINX) ? flavors.filter(other => other !== INGRESS_LIKE_NGINX) : flavors;
  return said.length === 0 ? 'none' : said.map(({ choice }) => choice).join(', ');
}
