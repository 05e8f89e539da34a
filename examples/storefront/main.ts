import { App, Chart } from 'cdk8s';
import { Manifest } from '@keelson/core';

const app = new App();
new Manifest(new Chart(app, 'storefront'), 'config', { apiVersion: 'v1', kind: 'ConfigMap', data: { greeting: 'hello' } });
app.synth();
