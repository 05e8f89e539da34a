import { Fault, GatewayApi } from '@keelson/core';
import { BackendProtocol } from '../../backend-protocol';
import type { Exposure } from '../../exposure';
import { Feature, FEATURES, FeatureName, Instead } from './features';
import { choicesOf, FLAVORS } from './flavors';
import { Flavor } from './support';

/** What a target is asked by an exposure and can't say. */
export function refusals(
  exposure: Exposure, protocol: BackendProtocol, target: { text: string; flavor: Flavor }, gatewayApi: GatewayApi,
): Fault[] {
  const { text, flavor } = target;
  const asked = featuresOf(exposure, protocol);
  const says = (name: FeatureName): boolean => flavor.supports[name].at(gatewayApi).form !== undefined;
  return asked.flatMap(name => {
    const { why, since } = flavor.supports[name].at(gatewayApi);
    const { member, text: feature, instead }: Feature = FEATURES[name];
    const other = instead !== undefined && says(instead.name) ? instead : undefined;
    if (why === undefined || (other?.suffices === true && asked.includes(other.name))) {
      return [];
    }
    return [{
      code: 'KEELSON2310', member, got: `${feature} at ${text} (${flavor.text}): ${why}`, allowed: 'what the target can say',
      fix: `${fixOf(FEATURES[name], other, since === undefined ? undefined : raised(since, gatewayApi))}choose a target that can: ${able(name, flavor)}`,
    }];
  });
}

/** Who leaves a protection out is open to everybody: that is no advice. */
function fixOf({ protects, member, advice = `leave '${member}' out` }: Feature, other: Instead | undefined, raise: string | undefined): string {
  const ways = [...other === undefined ? [] : [other.advice], ...raise === undefined ? [] : [raise], ...protects === true ? [] : [advice]];
  return ways.map(way => `${way}, or `).join('');
}

/** What to do where a newer Gateway API can say it. */
function raised(version: string, { channel }: GatewayApi): string {
  return `update the Gateway API to ${version} and set 'gatewayApi' of ClusterProfile to GatewayApi.${channel}('${version}')`;
}

/** What an exposure asks for. */
export function featuresOf(exposure: Exposure, protocol: BackendProtocol): FeatureName[] {
  return (Object.keys(FEATURES) as FeatureName[]).filter(name => FEATURES[name].asked(exposure, protocol));
}

function able(name: FeatureName, refusing: Flavor): string {
  return choicesOf(FLAVORS.filter(other => other.supports[name].form !== undefined && other !== refusing));
}
