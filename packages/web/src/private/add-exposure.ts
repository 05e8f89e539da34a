import { Faults } from '@keelson/core';
import { Construct } from 'constructs';
import { Exposure } from '../exposure';
import { made, notMade } from './made';
import { ExposedApp } from './target-renderer';

/**
 * Have an app reached as an exposure says, if that is one: JavaScript lets users give anything.
 *
 * @param main whether the first route is called as the app.
 * @param app what is exposed; nothing where that can't be, which has been reported.
 */
export function addExposure(scope: Construct, exposure: Exposure, main: boolean, app: () => ExposedApp | undefined): void {
  if (made(exposure) === undefined) {
    Faults.report(scope, 'exposure', [notMade(exposure, 'Exposure', 'https(…)')]);
    return;
  }
  const exposed = app();
  if (exposed === undefined) {
    Faults.report(scope, 'exposure', exposure.faults);
  } else {
    exposure._expose(exposed, main);
  }
}
