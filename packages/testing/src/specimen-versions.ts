/** The Kubernetes versions that every specimen is synthesized for and applied to: the oldest supported, and those still maintained. */
export const KUBERNETES_VERSIONS = ['1.27', '1.33', '1.34', '1.35', '1.36'] as const;

/** What is so from a version on, or before it, or always. */
export type ByVersion = string | { readonly from?: string; readonly until?: string; readonly lines: readonly string[] };

/** From this version on. */
export function since(version: string, ...lines: string[]): ByVersion {
  return { from: version, lines };
}

/** On older versions than this one. */
export function before(version: string, ...lines: string[]): ByVersion {
  return { until: version, lines };
}

/** What is so on this version. */
export function on(version: string, all: readonly ByVersion[]): string[] {
  return all.flatMap((each) => {
    if (typeof each === 'string') return [each];
    const minor = minorOf(version);
    const begun = each.from === undefined || minor >= minorOf(each.from);
    const ended = each.until !== undefined && minor >= minorOf(each.until);
    return begun && !ended ? each.lines : [];
  });
}

function minorOf(version: string): number {
  const minor = /^1\.(\d+)$/.exec(version)?.[1];
  if (minor === undefined) throw new Error(`${version} is no Kubernetes version such as 1.33`);
  return Number(minor);
}
