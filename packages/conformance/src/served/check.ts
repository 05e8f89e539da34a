import * as core from '@keelson/core';
import type { ApiClient } from '../api-client.js';
import { constantFaults } from './constants.js';
import { discovered } from './discovery.js';

/** What isn't as the API server says of the resources that rules can name. */
export async function servedFaults(client: ApiClient, version: string): Promise<string[]> {
  const { ApiResource } = core;
  const constants = Object.values(ApiResource).filter((each): each is core.ApiResource => each instanceof ApiResource && each.resource !== '*');
  return constantFaults(constants.map(factsOf), await discovered(client), version);
}

/** What core keeps to itself: declarations leave it out. */
interface Internal {
  readonly _verbs?: ReadonlySet<string>;
  readonly _since?: string;
}

function factsOf(constant: core.ApiResource): Parameters<typeof constantFaults>[0][number] {
  const { apiGroup, resource, namespaced } = constant;
  const { _verbs: verbs = new Set<string>(), _since: since } = constant as core.ApiResource & Internal;
  return { apiGroup, resource, namespaced, verbs: [...verbs], ...since === undefined ? {} : { since } };
}
