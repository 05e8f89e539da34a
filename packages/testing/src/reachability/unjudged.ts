import { titleOf, type JsonObject } from '../manifest.js';

/**
 * Policies among some objects that aren't judged: they may close more, or open. Whatever is called a NetworkPolicy, of any API: Calico's
 * and Cilium's kinds, AdminNetworkPolicy, and versions of these that aren't known. Calico's staged kinds change no traffic.
 */
export function unjudgedAmong(objects: readonly JsonObject[], isJudged: (object: JsonObject) => boolean): string[] {
  return objects.filter((each) => isPolicy(each) && !isJudged(each)).map(titleOf);
}

function isPolicy({ apiVersion, kind }: JsonObject): boolean {
  return /NetworkPolicy$/.test(String(kind)) && !(/^projectcalico\.org\//.test(String(apiVersion)) && /^Staged/.test(String(kind)));
}
