import { expect, test } from 'vitest';
import { jsonSchemaFaults } from '../src/index.js';

test('all that a schema says against a value is told, with its path', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' }, b: { enum: ['x'] } }, additionalProperties: false };
  expect(jsonSchemaFaults(schema, { a: 'y', b: 'x' })).toEqual([]);
  expect(jsonSchemaFaults(schema, { a: 1, b: 'y', c: 0 })).toEqual([
    ' must NOT have additional properties', '/a must be string', '/b must be equal to one of the allowed values',
  ]);
});
