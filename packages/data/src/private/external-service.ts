import { Fault, Faults, Service, ServicePort, ServiceType, Warnings } from '@keelson/core';
import { Construct } from 'constructs';
import { ServerProps } from '../server-props';
import { Backing } from './backing';
import { shown, sound, valueFaults } from './made';

/** The Service of clients from outside, where they are let in. */
export function externalService(
  database: Construct, props: ServerProps, { name, labels, primary }: Backing, port: ServicePort, isTls: boolean,
): Service | undefined {
  const { externalAccess, externalNodePort: nodePort, externalAnnotations: annotations } = props;
  if (externalAccess !== undefined) {
    const faults = valueFaults(externalAccess, 'ServiceType', 'nodePort(…)');
    Faults.report(database, 'externalAccess', faults.length > 0 ? faults : insideFaults(externalAccess));
    const type = sound(externalAccess);
    if (type === undefined || insideFaults(type).length > 0) {
      return undefined;
    }
    if (!isTls) {
      Warnings.report(database, 'KEELSON3198', "it has 'externalAccess' and no TLS, so that passwords and data cross other networks as plain text: add 'tls', such as "
        + "DatabaseTls.required(Certificate.issuedBy('internal-ca'), …) with the name that clients use in 'dnsNames'");
    }
    return new Service(database, 'ExternalService', {
      name: `${name}-external`, labels, annotations, backends: [primary], ports: [{ ...port, nodePort }], type,
    });
  }
  Faults.report(database, 'externalNodePort', nodePort === undefined ? [] : [withoutFault(shown(nodePort))]);
  Faults.report(database, 'externalAnnotations', annotations === undefined ? [] : [withoutFault('some')]);
  return undefined;
}

/** Nobody from outside gets in by an address of the cluster. */
function insideFaults({ name, isHeadless }: ServiceType): Fault[] {
  return name !== 'ClusterIP' ? [] : [{
    code: 'KEELSON3197', got: isHeadless ? 'a headless one' : 'one of the cluster alone', allowed: 'a ServiceType that clients from outside reach',
    fix: 'use ServiceType.nodePort() or loadBalancer(), or remove it: clients of the cluster have a Service',
  }];
}

function withoutFault(got: string): Fault {
  return { code: 'KEELSON3026', got, allowed: "left out without 'externalAccess'", fix: 'add externalAccess: ServiceType.nodePort(), or remove it' };
}
