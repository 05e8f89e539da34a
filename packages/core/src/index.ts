export * from './faults';
export * from './labels';
export * from './manifest';
export * from './metadata';
export * from './resource-name';
export * from './warnings';
