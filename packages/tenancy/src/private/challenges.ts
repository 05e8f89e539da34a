import { Quantity } from '@keelson/core';
import { Quota } from '../quota';

const NODE_PORTS = 'services.nodeports';
/** Of challenges at a time: one more waits for the end of another. */
const CHALLENGES = Quantity.ofCount(5);

/**
 * The quota, and node ports for the Services by which cert-manager answers HTTP-01 challenges, unless its issuer says another type.
 * Admission sees to it that only these take them where the quota gives the tenant none.
 *
 * @see https://cert-manager.io/docs/configuration/acme/http01/#servicetype
 */
export function withRoomForChallenges(quota: Quota): { [resource: string]: string } {
  const given = quota.limitOf(NODE_PORTS);
  return given === undefined ? quota.hard : { ...quota.hard, [NODE_PORTS]: given.plus(CHALLENGES).text };
}
