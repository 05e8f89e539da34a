// The API reference in docs/api, made from the docstrings of the packages. `--write` (npm run docs) writes it anew; without it,
// what is there has to be what would be written.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Application, Comment, Converter, LogLevel, ReflectionKind } from 'typedoc';
import { load as markdown } from 'typedoc-plugin-markdown';

const PAGES = 'docs/api';
const PACKAGES = readdirSync('packages').filter(name => JSON.parse(readFileSync(join('packages', name, 'package.json'), 'utf8')).jsii !== undefined).sort();
const SCRATCH = 'node_modules/.cache/keelson-api';

rmSync(SCRATCH, { recursive: true, force: true });
mkdirSync(SCRATCH, { recursive: true });
// From the sources, so that it needs no build and links from one package into another.
writeFileSync(join(SCRATCH, 'tsconfig.json'), JSON.stringify({
  extends: resolve('tsconfig.base.json'),
  compilerOptions: {
    noEmit: true, stripInternal: true, typeRoots: [resolve('node_modules/@types')],
    paths: Object.fromEntries(PACKAGES.map(name => [`@keelson/${name}`, [entry(name)]])),
  },
  files: PACKAGES.map(entry),
}));

const app = await Application.bootstrapWithPlugins({
  name: 'API reference',
  tsconfig: join(SCRATCH, 'tsconfig.json'),
  entryPoints: PACKAGES.map(entry),
  out: join(SCRATCH, 'pages'),
  plugin: [markdown],
  router: 'structure',
  readme: 'none',
  logLevel: LogLevel.Warn,
  treatWarningsAsErrors: true,
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  // The build says what doesn't compile.
  skipErrorChecking: true,
  // A line number in a page would change it with each line above.
  disableSources: true,
  sort: ['kind', 'static-first', 'required-first', 'alphabetical'],
  groupOrder: ['Classes', 'Interfaces', 'Enumerations'],
  jsDocCompatibility: { defaultTag: false },
  indexFormat: 'table',
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  enumMembersFormat: 'table',
  tableColumnSettings: { hideModifiers: true, hideInherited: true },
  expandObjects: true,
  hidePageHeader: true,
});
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, context => {
  for (const reflection of Object.values(context.project.reflections)) {
    if (reflection.kindOf(ReflectionKind.Module)) describe(reflection);
    reflection.comment?.blockTags.filter(({ tag }) => tag === '@default').forEach(readable);
  }
});
const project = await app.convert();
if (project !== undefined) app.validate(project);
if (project === undefined || app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
await app.generateOutputs(project);

const made = pagesIn(join(SCRATCH, 'pages'));
if (process.argv.includes('--write')) {
  rmSync(PAGES, { recursive: true, force: true });
  for (const [page, text] of made) {
    mkdirSync(join(PAGES, page, '..'), { recursive: true });
    writeFileSync(join(PAGES, page), text);
  }
  console.log(`API reference: ${made.size} pages written`);
} else {
  const there = pagesIn(PAGES);
  const stale = [...new Set([...made.keys(), ...there.keys()])].filter(page => made.get(page) !== there.get(page)).sort();
  stale.forEach(page => console.error(`API reference: ${join(PAGES, page)} isn't what the docstrings say: run \`npm run docs\``));
  console.log(`API reference: ${made.size} passed, ${stale.length} failed`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}

function entry(name) {
  return resolve('packages', name, 'src/index.ts');
}

/** A package is called by its folder, so that pages are, too; what it is for is said where npm looks for it. */
function describe(module) {
  module.name = module.name.replace(/\/src$/, '');
  const { name, description } = JSON.parse(readFileSync(join('packages', module.name, 'package.json'), 'utf8'));
  module.comment = new Comment([{ kind: 'text', text: `\`${name}\`: ${description}.` }]);
}

/** `- none.` is prose and `Protocol.TCP` is code; `'1.33' - the oldest …` has both. */
function readable(tag) {
  const [first] = tag.content;
  if (first?.kind !== 'text') return;
  const prose = /^\s*-\s+/;
  if (prose.test(first.text)) first.text = first.text.replace(prose, '');
  else first.text = first.text.replace(/^\s*(\S.*?)(?= - |\s*$|\n)/, '`$1`');
}

function pagesIn(dir) {
  const files = existsSync(dir) ? readdirSync(dir, { recursive: true }).filter(file => file.endsWith('.md')).sort() : [];
  return new Map(files.map(file => [file, readFileSync(join(dir, file), 'utf8')]));
}
