/** Warnings of API servers that are no faults of the manifests, each with its reason. */
const ALLOWED_WARNINGS: readonly { readonly warning: RegExp; readonly because: string }[] = [
  { warning: /^spec\.externalIPs is deprecated and may no longer be implemented in some clusters$/, because: 'unsafeExternalIps, of which synth warns' },
  {
    warning: /^spec\.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"$/,
    because: '1.36 says so where it emulates 1.33, which has nothing else; from 1.34 on the specimen claims PreferSameZone',
  },
];

/** The warnings that nothing allows. */
export function unexpected(warnings: readonly string[]): string[] {
  return warnings.filter((text) => !ALLOWED_WARNINGS.some(({ warning }) => warning.test(text)));
}
