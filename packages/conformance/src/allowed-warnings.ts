/** Warnings of API servers that are no faults of the manifests, each with its reason. */
const ALLOWED_WARNINGS: readonly { readonly warning: RegExp; readonly because: string }[] = [
  { warning: /^spec\.externalIPs is deprecated and may no longer be implemented in some clusters$/, because: 'unsafeExternalIps, of which synth warns' },
];

/** The warnings that nothing allows. */
export function unexpected(warnings: readonly string[]): string[] {
  return warnings.filter((text) => !ALLOWED_WARNINGS.some(({ warning }) => warning.test(text)));
}
