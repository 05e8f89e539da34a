import { App } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';

process.exitCode = [App, Deployment].every(name => typeof name === 'function') ? 0 : 1;
