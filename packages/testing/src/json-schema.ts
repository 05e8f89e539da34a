import { Ajv } from 'ajv';

/**
 * What is wrong with a value by a JSON Schema of draft 7, one line each: `/preset must be equal to one of the allowed values`.
 *
 * @param schema the schema.
 * @param value any JSON.
 */
export function jsonSchemaFaults(schema: object, value: unknown): string[] {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
