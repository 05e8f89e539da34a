import { Fault, Faults, Labels } from '@keelson/core';

/** They would have cert-manager make a second Certificate beside ours. */
const ISSUERS = new Set(['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer', 'kubernetes.io/tls-acme']);

/** What is wrong with the annotations of a route, whatever the target. */
export function annotationFaults(annotations: { [key: string]: string }): Fault[] {
  return [...Object.entries(annotations).flatMap(([key, value]) => [...Labels.annotationFaultsOf(key, value), ...meaningFaults(key)]),
    ...Labels.annotationSizeFaultsOf(annotations)];
}

function meaningFaults(key: string): Fault[] {
  if (key.endsWith('-snippet') || key.endsWith('-snippets')) {
    return [{
      code: 'KEELSON2006', got: Faults.quoted(key), allowed: 'annotations without configuration snippets',
      fix: 'remove it: who may write a snippet can read every Secret that the ingress controller can',
    }];
  }
  if (key === 'kubernetes.io/ingress.class') {
    return [{
      code: 'KEELSON2007', got: Faults.quoted(key), allowed: "annotations beside 'ingressClassName'",
      fix: "remove it: the class is that of 'ingress' of ClusterProfile, or of ExposureTarget.throughIngress(…)",
    }];
  }
  return ISSUERS.has(key) ? [{
    code: 'KEELSON2008', got: Faults.quoted(key), allowed: 'annotations without an issuer', fix: "give the exposure 'certificate: Certificate.issuedBy(…)' instead",
  }] : [];
}
