export * from './account-subject';
export * from './from-plus';
export * from './plus-service';
export * from './plus-workload';
export * from './to-plus';
export * from './workload-pods';
