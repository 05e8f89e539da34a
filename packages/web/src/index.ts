export * from './deployment-strategy';
export * from './disruption-budget';
export * from './percent-or-absolute';
export * from './scaling';
export * from './web-app';
