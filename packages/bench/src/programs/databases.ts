import { App, Cpu } from '@keelson/core';
import { DatabasePrivilege, PostgreSql, PostgreSqlVersion, Storage } from '@keelson/data';
import { Size } from 'cdk8s';
import { inCharts } from './charts.js';
import { CLUSTER } from './our-app.js';
import { timed } from './phases.js';
import { runOf } from './run.js';

// One database as a user writes it, in the place of each web app.
const run = runOf();
timed(() => {
  const app = new App({ cluster: CLUSTER, outdir: run.outdir });
  inCharts(app, run, (scope, id) => new PostgreSql(scope, id, {
    version: PostgreSqlVersion.V17,
    storage: Storage.dynamic(Size.gibibytes(20)),
    resources: { cpuRequest: Cpu.millis(500), memoryRequest: Size.gibibytes(2) },
    users: [{ name: 'reports', privileges: { app: DatabasePrivilege.READ } }],
    readReplicas: 1,
  }));
  return () => app.synth();
});
