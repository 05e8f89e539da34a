/** The Pod Security level of specimens that *restricted* refuses: the lowest that admits them, by title. */
export const LEVELS: ReadonlyMap<string, { readonly level: 'baseline' | 'privileged'; readonly because: string }> = new Map([
]);
