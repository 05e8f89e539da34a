import { Certificate, ServiceType, Warnings } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import { DatabaseTls } from '../src';
import { engines, mistakesWith, shopWith } from './engines';

describe.each(engines)('clients of %s from outside', engine => {
  test.each([
    ['one of the cluster alone', ServiceType.clusterIp()], ['a headless one', ServiceType.headless()],
  ])('come in by no address of the cluster: %s', (got, externalAccess) => {
    expect(mistakesWith(engine, { externalAccess })).toEqual([
      `[shop/orders] KEELSON3197 'externalAccess' must be a ServiceType that clients from outside reach, got ${got}: `
      + 'use ServiceType.nodePort() or loadBalancer(), or remove it: clients of the cluster have a Service',
    ]);
  });

  test('are warned of without TLS', () => {
    const { orders } = shopWith(engine, { externalAccess: ServiceType.nodePort() });
    expect(Warnings.of(orders).filter(line => line.includes('TLS'))).toEqual([
      "[shop/orders] KEELSON3198 it has 'externalAccess' and no TLS, so that passwords and data cross other networks as plain text: add 'tls', such as "
      + "DatabaseTls.required(Certificate.issuedBy('internal-ca'), …) with the name that clients use in 'dnsNames'",
    ]);
    const tls = DatabaseTls.required(Certificate.issuedBy('internal-ca'));
    expect(Warnings.of(shopWith(engine, { tls, externalAccess: ServiceType.nodePort() }).orders).filter(line => line.includes('TLS'))).toEqual([]);
    expect(Warnings.of(shopWith(engine, {}).orders)).toEqual([]);
  });

  test('have a Service that others than the StatefulSet may annotate', () => {
    const externalAnnotations = { 'external-dns.alpha.kubernetes.io/hostname': 'orders.example.com' };
    const shop = shopWith(engine, { annotations: { team: 'shop' }, externalAccess: ServiceType.nodePort(), externalAnnotations });
    expect(shop.mistakes()).toEqual([]);
    expect(shop.object('Service', 'orders-external').metadata.annotations).toEqual(externalAnnotations);
    expect(shop.object('StatefulSet', 'orders').metadata.annotations).toEqual({ team: 'shop' });
    expect(mistakesWith(engine, { externalAnnotations })).toEqual([
      "[shop/orders] KEELSON3026 'externalAnnotations' must be left out without 'externalAccess', got some: add externalAccess: ServiceType.nodePort(), or remove it",
    ]);
  });
});
