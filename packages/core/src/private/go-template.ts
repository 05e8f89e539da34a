import { Fault } from '../faults';
import { textFaults } from './config-data';
import { quoted } from './quoted';

const ACTION = /\{\{-?\s*([\s\S]*?)\s*-?\}\}/g;
const STRING = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/g;
const FIELD = /^\.([^\s|(){}]+)/;
const IDENTIFIER = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

/** Whether an action isn't closed, or says nothing, so that no program can run the template. */
export function isBroken(template: string): boolean {
  return template.replace(ACTION, '').includes('{{') || actionsOf(template).some(action => action === '' || action.replace(STRING, '').includes('{{'));
}

function actionsOf(template: string): string[] {
  return [...template.matchAll(ACTION)].map(([, action = '']) => action);
}

/**
 * What is surely wrong with a Go template that a controller runs: it would say so in the cluster only, and make no Secret.
 *
 * @param known the values that it can name, where they are known.
 */
export function goTemplateFaults(member: string, template: string, known: readonly string[] | undefined): Fault[] {
  if (typeof template !== 'string') {
    return textFaults(member, template);
  }
  const broken = isBroken(template) ? [{
    code: 'KEELSON1874', member, got: quoted(template), allowed: "a Go template, whose actions are closed and not empty, such as '{{ .password | urlquery }}'",
    fix: "close each '{{' by '}}'; write '{{ \"{{\" }}' for the braces themselves",
  }] : [];
  const fields = new Set(actionsOf(template).flatMap(action => FIELD.exec(action)?.[1] ?? []));
  return [...broken, ...[...fields].flatMap(name => fieldFaults(member, name, known))];
}

function fieldFaults(member: string, name: string, known: readonly string[] | undefined): Fault[] {
  if (!IDENTIFIER.test(name)) {
    return [{
      code: 'KEELSON1875', member, got: quoted(`.${name}`), allowed: "a Go template that names values of letters, digits and '_' by a dot",
      fix: `write 'index . "${name}"'`,
    }];
  }
  return known === undefined || known.includes(name) ? [] : [{
    code: 'KEELSON1876', member, got: quoted(`.${name}`), allowed: `a Go template of values that are there (${known.length === 0 ? 'none' : known.join(', ')})`,
    fix: 'add the value, or name one of these',
  }];
}
