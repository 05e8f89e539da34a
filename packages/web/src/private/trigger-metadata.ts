import { Fault, Faults } from '@keelson/core';
import { INT32, isInt32From } from './integer';
import { amountFaults } from './quantity';
import { shown } from './made';
import { credentialFaults, urlFaults } from './trigger-credentials';

const URL = /^https?:\/\/[^\s/?#]+(?:[/?#]\S*)?$/;
const ADDRESS = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:/@]+):(\d{1,5})$/;

/** What a trigger is told, as KEDA takes it: texts by name. What is wrong with a value is noted. */
export class TriggerMetadata {
  public readonly faults: Fault[] = [];
  private readonly texts: [string, string][] = [];

  public constructor(private readonly type: string) {}

  /** A text that can't be empty. */
  public text(member: string, value: string, name = member): this {
    const isText = typeof value === 'string' && value.trim() !== '';
    this.faults.push(...(isText ? urlFaults(this.type, member, value)
      : [{ code: 'KEELSON2101', member, got: shown(value), allowed: 'a text that is not empty', fix: 'say what KEDA is to ask' }]));
    return this.set(name, value);
  }

  /** Where something answers by HTTP. */
  public url(member: string, value: string): this {
    return this.text(member, value).check(member, value, URL, "a URL that begins with 'http://' or 'https://'",
      "write it like 'http://prometheus.monitoring.svc.cluster.local:9090'");
  }

  /** Where something answers that isn't asked by HTTP. */
  public addresses(member: string, values: string[]): this {
    // Programs without types may give one text.
    const all = Array.isArray(values) ? values : [values];
    this.text(member, all.join(','));
    all.forEach(value => this.check(member, value, ADDRESS, 'a host and a port', "write it like 'redis.shop.svc.cluster.local:6379'"));
    return this;
  }

  public optionalText(member: string, value: string | undefined): this {
    return value === undefined ? this : this.text(member, value);
  }

  private check(member: string, value: string, form: RegExp, allowed: string, fix: string): this {
    const found = form.exec(value);
    const isFine = found !== null && (found[1] === undefined || (Number(found[1]) >= 1 && Number(found[1]) <= 65535));
    // Of each text one thing is said.
    this.faults.push(...(isFine || this.faults.some(fault => fault.member === member) ? [] : [{ code: 'KEELSON2145', member, got: shown(value), allowed, fix }]));
    return this;
  }

  /** A target: above 0. */
  public amount(member: string, value: number, name = member): this {
    this.faults.push(...Faults.within(member, amountFaults(value)));
    return this.set(name, String(value));
  }

  /** What has to be passed for the first pod. */
  public activation(member: string, value: number | undefined, name = member): this {
    if (value === undefined) {
      return this;
    }
    this.faults.push(...(value === 0 ? [] : Faults.within(member, amountFaults(value))));
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
export function metadataFaults(type: string, metadata: { [name: string]: string }): Fault[] {
  return Object.entries(metadata).flatMap(([name, value]) => (typeof value === 'string' ? credentialFaults(type, name, value) : [{
    code: 'KEELSON2101', member: name, got: shown(value), allowed: 'a text', fix: `write ${Faults.quoted(String(value))}`,
  }]));
}
