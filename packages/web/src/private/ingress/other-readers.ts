import { Fault, Faults } from '@keelson/core';
import { PathRewriteType } from '../../path-rewrite';
import { Asked } from './said';

/** What ingress-nginx reads one way and Traefik another. */
export function otherReaderFaults({ request: { auth, exposure: { options: { cors, rewrite } } }, controller, door }: Asked): Fault[] {
  if (controller.isIngressNginx) {
    return [];
  }
  const differs = (member: string, got: string, allowed: string): Fault => ({
    code: 'KEELSON2377', member, got: `${got}, at ${door}`, allowed, fix: 'say it otherwise, or choose a target that can: ExposureTarget.GATEWAY_API, or the Traefik of the profile',
  });
  const wildcard = cors?.allowOrigins.find(origin => origin.includes('*.'));
  return [
    ...wildcard === undefined ? [] : [differs('cors.allowOrigins', Faults.quoted(wildcard), 'without wildcards, which Traefik compares as they are')],
    ...cors === undefined || auth.basic === undefined ? [] : [differs('cors', 'CORS with basic auth', 'without a password, which Traefik asks preflight requests for')],
    ...rewrite?.type !== PathRewriteType.REGULAR_EXPRESSION || !/\$[1-9][A-Za-z0-9_]/.test(rewrite.path) ? [] : [
      differs('rewrite', Faults.quoted(rewrite.path), "with '/', '-', '.', '~' or nothing behind each group, where Traefik reads a longer name"),
    ],
  ];
}
