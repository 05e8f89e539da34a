import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reachability, readManifests, validateManifests } from '@keelson/testing';
import '@keelson/testing/vitest';
import { describe, expect, test } from 'vitest';
import { withMatrix } from '../matrix.ts';

const manifests = readManifests(join(import.meta.dirname, '../dist'));
const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const network = reachability(manifests);

describe('N7 N8 tenants of two companies on one cluster', () => {
  test('an API server takes every object', () => {
    expect(validateManifests(manifests)).toEqual([]);
  });

  test('N3 a hostile neighbour reaches nobody of the other company, and is reached by nobody', () => {
    const acme = ['acme-shop/storefront', 'acme-shop/search', 'acme-shared/identity', 'acme-payments/ledger', 'acme-payments/cards'];
    for (const each of acme) {
      expect(network).not.toReach('globex/crawler', each, 8080);
      expect(network).not.toReach(each, 'globex/crawler', 8080);
    }
  });

  test('N6 nobody reaches the internet but who asked for it', () => {
    expect(network).toReach('globex/crawler', '203.0.113.7', 443);
    expect(network).not.toReach('globex/crawler', '10.1.2.3', 443);
    expect(network).not.toReach('globex/crawler', '169.254.169.254', 443);
    expect(network).toReach('acme-payments/cards', '198.51.100.7', 443);
    expect(network).not.toReach('acme-shop/storefront', '203.0.113.7', 443);
  });

  test('N1 the ledger is for the cards alone', () => {
    expect(network).toReach('acme-payments/cards', 'acme-payments/ledger', 8080);
    expect(network).not.toReach('acme-shop/storefront', 'acme-payments/ledger', 8080);
    expect(network).not.toReach('acme-payments/ledger', 'acme-payments/cards', 8080);
  });

  test('README.md has the table of what is rendered: run npm run synth', () => {
    expect(readme).toContain('| from | acme-payments/ledger 8080 |');
    expect(withMatrix(readme)).toBe(readme);
  });
});
