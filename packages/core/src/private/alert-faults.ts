import { Duration } from 'cdk8s';
import { Alert, AlertSeverity } from '../alert';
import { Fault } from '../faults';
import { durationFaults } from './duration';
import { isBroken } from './go-template';
import { listFaults, otherType } from './made';
import { oneOfFaults } from './one-of';
import { quoted } from './quoted';
import { within } from './within';

/** What Prometheus takes as the name of a label, and of a series, of any release. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const ADDRESS = /^https?:\/\/[^\s/?#]\S*$/;
/** Said by props of their own. */
const OWN_LABELS = new Map([['severity', 'severity'], ['alertname', 'name'], ['__name__', 'name']]);
const OWN_ANNOTATIONS = new Map([['summary', 'summary'], ['description', 'description'], ['runbook_url', 'runbookUrl']]);

/** What is wrong with the alerts of one rule. */
export function alertsFaults(alerts: Alert[]): Fault[] {
  const faults = listFaults(alerts ?? null, 'alerts', 'write it in brackets');
  if (faults.length > 0) {
    return faults;
  }
  if (alerts.length === 0) {
    return [{ code: 'KEELSON1678', got: 'none', allowed: 'one alert or more', fix: 'add one, or leave the PrometheusRule out' }];
  }
  const seen = new Set<string>();
  return alerts.flatMap((alert, at) => [...within(`${at}`, alertFaults(alert)), ...within(`${at}`, twiceFaults(alert, seen))]);
}

function alertFaults(alert: Alert): Fault[] {
  if (typeof alert !== 'object' || alert === null) {
    return [otherType(alert, 'an alert', "write it like { name: 'OrdersDown', … }")];
  }
  const { name, expr, for: pending, keepFiringFor, severity, summary, description, runbookUrl, labels, annotations } = alert;
  return [
    ...nameFaults('name', name, 'OrdersDown'),
    ...textFaults('expr', expr),
    ...timeFaults('for', pending),
    ...timeFaults('keepFiringFor', keepFiringFor),
    ...oneOfFaults('AlertSeverity', AlertSeverity, severity ?? null, 'severity'),
    ...templateFaults('summary', summary),
    ...templateFaults('description', description),
    ...runbookFaults(runbookUrl),
    ...mapFaults('labels', labels, OWN_LABELS),
    ...mapFaults('annotations', annotations, OWN_ANNOTATIONS),
  ];
}

/** Prometheus knows alerts apart by their labels, and their name is one of those. */
function twiceFaults(alert: Alert, seen: Set<string>): Fault[] {
  const { name, severity, labels = {} } = alert ?? {};
  const key = JSON.stringify([name, severity, Object.entries(labels).sort()]);
  if (!seen.has(key)) {
    seen.add(key);
    return [];
  }
  return [{ code: 'KEELSON1680', member: 'name', got: `${quoted(name)} twice`, allowed: 'one of its name, severity and labels', fix: 'rename one of the two' }];
}

function nameFaults(member: string, name: unknown, example: string): Fault[] {
  return typeof name === 'string' && NAME.test(name) ? [] : [{
    code: 'KEELSON1679', member, got: quoted(name), allowed: "letters, digits and '_', without a digit at the beginning", fix: `write it like '${example}'`,
  }];
}

function timeFaults(member: string, duration: Duration | undefined): Fault[] {
  return duration === undefined ? [] : within(member, durationFaults(duration, { from: 1 }));
}

function textFaults(member: string, text: unknown): Fault[] {
  return typeof text === 'string' && text.trim() !== '' ? [] : [{
    code: 'KEELSON1681', member, got: quoted(text), allowed: 'a text that says something', fix: member === 'expr' ? "write PromQL, such as 'up == 0'" : 'say it in words',
  }];
}

/** A template that isn't closed keeps Prometheus from loading any rule of the file. */
function templateFaults(member: string, text: unknown): Fault[] {
  const faults = textFaults(member, text);
  return faults.length > 0 || !isBroken(text as string) ? faults : [{
    code: 'KEELSON1683', member, got: quoted(text), allowed: "a Go template, whose actions are closed and not empty, such as '{{ $labels.pod }}'", fix: "close each '{{' by '}}'",
  }];
}

function runbookFaults(address: unknown): Fault[] {
  return address === undefined || (typeof address === 'string' && ADDRESS.test(address)) ? [] : [{
    code: 'KEELSON1682', member: 'runbookUrl', got: quoted(address), allowed: 'an address of HTTP or HTTPS', fix: "write it like 'https://runbooks.example.com/orders'",
  }];
}

function mapFaults(member: string, map: { [name: string]: string } | undefined, own: ReadonlyMap<string, string>): Fault[] {
  return Object.entries(map ?? {}).flatMap(([name, value]) => {
    const prop = own.get(name);
    return prop === undefined ? [...nameFaults(member, name, 'team'), ...within(member, templateFaults(name, value))] : [{
      code: 'KEELSON1684', member, got: quoted(name), allowed: `others than what '${prop}' says`, fix: `say it by '${prop}'`,
    }];
  });
}
