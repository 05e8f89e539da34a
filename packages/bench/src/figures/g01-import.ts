import { compare } from '../report/row.js';
import type { Figure } from './figure.js';

export const importing: Figure = {
  id: 'G1',
  title: 'loading the library',
  measure: async bench => {
    const names = ['import-ours', 'import-ours-unused', 'import-stock', 'import-cdk8s', 'empty'];
    const results = await bench.inTurn(names.map(name => bench.contender(name, { args: [process.execPath, bench.program(name)] })));
    const of = (name: string) => results.get(name) ?? [];
    const against = `require('cdk8s')`;
    return [
      compare(of('import-ours'), of('import-cdk8s'), { what: 'core and web, and six of their classes used', against, goal: { atMost: 1.15 } }),
      compare(of('import-ours-unused'), of('import-cdk8s'), { what: 'core and web, nothing used', against }),
      compare(of('import-stock'), of('import-cdk8s'), { what: 'cdk8s-plus-27', against }),
      compare(of('import-cdk8s'), of('empty'), { what: against, against: 'an empty program' }),
    ];
  },
};
