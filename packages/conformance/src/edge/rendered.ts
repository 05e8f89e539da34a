import { App } from '@keelson/core';
import { parseManifests, type JsonObject } from '@keelson/testing';
import { quietly } from '@keelson/testing/quiet';
import { Chart } from 'cdk8s';
import { slugOf, type EdgeCase } from './edge-case.js';
import type { Target } from './targets.js';

/** What the library gives for a case and a target: objects, or a refusal in its own words. */
export interface Rendered {
  readonly edgeCase: EdgeCase;
  readonly target: Target;
  readonly namespace: string;
  readonly objects: readonly JsonObject[];
  /** The first complaint, from its code on. */
  readonly refusal?: string;
}

/** What tells the proxy's share apart that a case is in. */
export function shareOf(edgeCase: EdgeCase, { id, className }: Target): { readonly label: string; readonly className: string } {
  return edgeCase.alone === true ? { label: `${id}-${slugOf(edgeCase)}`, className: `${className}-${slugOf(edgeCase)}` } : { label: `${id}-all`, className };
}

/** Describes the app of a case to the library, for the cluster of a target. */
export function render(edgeCase: EdgeCase, target: Target): Rendered {
  const namespace = `${target.id}-${slugOf(edgeCase)}`;
  const given = { edgeCase, target, namespace };
  const { label, className } = shareOf(edgeCase, target);
  const app = new App({ cluster: target.profile(className) });
  try {
    const yaml = quietly(() => {
      edgeCase.describe({ chart: new Chart(app, label, { namespace }), target: target.id, ownTls: target.ownTls() });
      return app.synthYaml();
    });
    return { ...given, objects: parseManifests(yaml) };
  } catch (error) {
    const refusal = error instanceof Error && error.name === 'SynthesisError' ? refusalIn(error.message) : undefined;
    if (refusal === undefined) throw error;
    return { ...given, objects: [], refusal };
  }
}

/** `KEELSON2011 'exposure' must be …` of the first line that says what is wrong. */
export function refusalIn(message: string): string | undefined {
  return /^ {2}\[[^\]]*\] (KEELSON\d+ .*)$/m.exec(message)?.[1];
}
