import { Fault } from '@keelson/core';
import { INT32, isInt32From } from './integer';
import { amountFaults } from './quantity';
import { quoted } from './quoted';
import { shown } from './made';
import { within } from './within';

/** What a trigger is told, as KEDA takes it: texts by name. What is wrong with a value is noted. */
export class TriggerMetadata {
  public readonly faults: Fault[] = [];
  private readonly texts: [string, string][] = [];

  /** A text that can't be empty. */
  public text(member: string, value: string, name = member): this {
    const isText = typeof value === 'string' && value.trim() !== '';
    this.faults.push(...(isText ? [] : [{ code: 'KEELSON2101', member, got: shown(value), allowed: 'a text that is not empty', fix: 'say what KEDA is to ask' }]));
    return this.set(name, value);
  }

  public optionalText(member: string, value: string | undefined): this {
    return value === undefined ? this : this.text(member, value);
  }

  /** A target: above 0. */
  public amount(member: string, value: number, name = member): this {
    this.faults.push(...within(member, amountFaults(value)));
    return this.set(name, String(value));
  }

  /** What has to be passed for the first pod. */
  public activation(member: string, value: number | undefined, name = member): this {
    if (value === undefined) {
      return this;
    }
    this.faults.push(...(value === 0 ? [] : within(member, amountFaults(value))));
    return this.set(name, String(value));
  }

  public integer(member: string, value: number | undefined, lowest: number): this {
    if (value === undefined) {
      return this;
    }
    this.faults.push(...(isInt32From(lowest, value) ? [] : [{
      code: 'KEELSON2113', member, got: String(value), allowed: `an integer from ${lowest} to ${INT32}`, fix: 'give a whole number',
    }]));
    return this.set(member, String(value));
  }

  /** What stands for itself. */
  public set(name: string, text: string | undefined): this {
    if (text !== undefined) {
      this.texts.push([name, text]);
    }
    return this;
  }

  public render(): { [name: string]: string } {
    return Object.fromEntries(this.texts);
  }
}

/** What is wrong with what a trigger of any type is told: KEDA takes texts only. */
export function metadataFaults(metadata: { [name: string]: string }): Fault[] {
  return Object.entries(metadata).filter(([, value]) => typeof value !== 'string').map(([name, value]) => ({
    code: 'KEELSON2101', member: name, got: shown(value), allowed: 'a text', fix: `write ${quoted(String(value))}`,
  }));
}
