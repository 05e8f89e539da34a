import * as core from '@keelson/core';
import * as web from '@keelson/web';

process.exitCode = 'App' in core && 'WebApp' in web ? 0 : 1;
