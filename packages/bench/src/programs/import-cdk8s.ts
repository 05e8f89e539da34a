import { App } from 'cdk8s';

process.exitCode = typeof App === 'function' ? 0 : 1;
