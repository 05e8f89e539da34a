import { App, ClusterProfile, Health } from '@keelson/core';
import { Exposure, Scaling, WebApp } from '@keelson/web';

// Loaded is what is used: the names of a small app, whose files bring what they need.
process.exitCode = [App, ClusterProfile, Health, Exposure, Scaling, WebApp].every(name => typeof name === 'function') ? 0 : 1;
