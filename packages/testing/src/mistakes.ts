/**
 * What synth says is wrong with an app, a line for each mistake, as it says it: `[path] CODE 'prop' must be …`.
 *
 * @param synth what synthesizes the app.
 * @returns nothing where it does.
 * @throws what isn't a list of mistakes, as it is.
 */
export function mistakesOf(synth: () => unknown): string[] {
  try {
    synth();
    return [];
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n').map((line) => line.trim()).filter((line) => line.includes('KEELSON')) : [];
    if (lines.length === 0) throw error;
    return lines;
  }
}
