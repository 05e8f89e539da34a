import { ContainerProps, Cpu, Metrics, Probe, WorkloadProps } from '@keelson/core';
import { Size } from 'cdk8s';
import { ServerProps } from '../server-props';
import { Description } from './description';
import { ExporterParts, ServerParts } from './engine';
import { mountPassword } from './mounts';
import { mountAuthority } from './server-tls';
import { versionCheck } from './version-check';

/** What the pods of a server are, beside what users say of them. */
export function serverPods(
  description: Description, props: ServerProps, server: ServerParts, exporter: ExporterParts | undefined, name: string = description.name,
): WorkloadProps {
  const { image, engine, data, resources } = description;
  const { initContainers = [], sidecars = [] } = props;
  return {
    ...props,
    name, image, resources,
    command: server.command,
    args: server.args,
    workingDir: server.workingDir,
    env: server.env,
    volumes: server.volumes,
    writablePaths: server.writablePaths,
    initContainers: [versionCheck(engine, image, data), ...server.initContainers ?? [], ...initContainers],
    sidecars: [...server.sidecars ?? [], ...exporter === undefined ? [] : [exporterContainer(description, exporter)], ...sidecars],
    metrics: exporter === undefined ? undefined : Metrics.onPort(exporter.port),
    terminationGracePeriod: props.terminationGracePeriod ?? engine.shutdown,
    // clients get the server's own port; what reads metrics is let in by itself
    offers: { ports: [] },
  };
}

function exporterContainer(description: Description, { image, port, args, env, volumes }: ExporterParts): ContainerProps {
  return {
    name: 'metrics', image, args, env,
    ports: [{ number: port, name: 'metrics' }],
    // whether it is ready is nothing to the server's clients
    liveness: Probe.tcp({ port }),
    volumes: { ...volumes ?? mountPassword(description, 'metrics'), ...mountAuthority(description.tls) },
    resources: { cpuRequest: Cpu.millis(20), memoryRequest: Size.mebibytes(64) },
  };
}
