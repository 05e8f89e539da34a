import { describe, expect, test } from 'vitest';
import { ClusterProfile, IngressController, type IngressControllerOptions } from '../../src';

const namespace = 'edge';

describe('X7 who reads the annotations of ingress-nginx', () => {
  test.each<[string, IngressController, { reads: boolean; itself: boolean }]>([
    ['ingress-nginx as it is installed', IngressController.ingressNginx(), { reads: true, itself: true }],
    ['a class nginx', IngressController.named('nginx', { namespace }), { reads: true, itself: true }],
    ['a class nginx of who is said to read them', IngressController.named('nginx', { namespace, readsNginxAnnotations: true }), { reads: true, itself: false }],
    ['another class of ingress-nginx', IngressController.named('inner', { namespace, isIngressNginx: true }), { reads: true, itself: true }],
    ['another class that reads them', IngressController.named('inner', { namespace, readsNginxAnnotations: true }), { reads: true, itself: false }],
    ['a class nginx that reads none', IngressController.named('nginx', { namespace, readsNginxAnnotations: false }), { reads: false, itself: false }],
    ['another class', IngressController.named('haproxy', { namespace }), { reads: false, itself: false }],
    ['Traefik', IngressController.traefik(), { reads: false, itself: false }],
  ])('%s', (_, { readsNginxAnnotations, isIngressNginx }, { reads, itself }) => {
    expect({ reads: readsNginxAnnotations, itself: isIngressNginx }).toEqual({ reads, itself });
  });
});

describe('headers of answers that an Ingress may set', () => {
  const of = (allowedResponseHeaders: IngressControllerOptions['allowedResponseHeaders']) => {
    return ClusterProfile.kubernetes({ ingress: IngressController.named('nginx', { namespace, allowedResponseHeaders }) }).faults;
  };

  test('are names as ingress-nginx takes them', () => {
    expect(of(['X-Robots-Tag', 'x_y', 'a'.repeat(256)])).toEqual([]);
  });

  test.each(['', 'X Robots', 'X-Robots:', 'a'.repeat(257)])('are refused otherwise: %j', name => {
    const got = name.length > 80 ? `'${name.slice(0, 60)}…' (257 characters)` : `'${name}'`;
    expect(of(['X-Robots-Tag', name])).toEqual([{
      code: 'KEELSON1750', member: 'ingress.allowedResponseHeaders[1]', got, allowed: "a header's name: at most 256 letters, digits, '-' and '_'", fix: "write it like 'X-Robots-Tag'",
    }]);
  });
});
