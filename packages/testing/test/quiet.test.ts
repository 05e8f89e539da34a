import { expect, test, vi } from 'vitest';
import { quietly } from '../src/quiet.js';

test('what is written meanwhile is not seen, the answer is, and afterwards all is as before', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { write } = process.stderr;
  expect(quietly(() => {
    process.stderr.write('warning');
    return 5;
  })).toBe(5);
  expect(() => quietly(() => {
    throw new Error('no');
  })).toThrow('no');
  expect(process.stderr.write).toBe(write);
  expect(written).not.toHaveBeenCalled();
  written.mockRestore();
});
