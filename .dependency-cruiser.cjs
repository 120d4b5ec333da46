/**
 * What may import what. The first folder under src is a file's concept, its suffix its layer, and each rule is named after
 * what it protects. docs/adr/0002-layers-by-suffix.md says why; test/architecture proves that the rules bite.
 */

/** Each concept, from the bottom up, with those right below it; it may also import what these may. */
const arrows = {
  operations: [],
  statistics: ['operations'],
  database: ['operations'],
  propagation: ['database'],
  catalogue: ['database'],
  targeting: ['operations'],
  experiments: ['catalogue', 'targeting'],
  bucketing: ['experiments'],
  lifecycle: ['bucketing'],
  metrics: ['lifecycle', 'statistics'],
  generations: ['llm', 'metrics'],
  client: [],
  signals: ['client', 'generations'],
  shadow: ['judging'],
  analysis: ['generations'],
  allocation: ['analysis'],
  rollouts: ['analysis'],
  guardrails: ['rollouts'],
  llm: ['experiments'],
  'model-watch': ['lifecycle'],
  judging: ['generations'],
  decorator: ['signals'],
  dashboard: ['rollouts', 'guardrails', 'allocation', 'judging'],
  example: ['decorator', 'analysis'],
  simulation: ['analysis', 'llm'],
  demo: ['simulation', 'dashboard', 'judging'],
};

/** Packages that compute and reach nothing outside of the process. */
const pure = [
  '@anthropic-ai/sdk/resources',
  '@pydantic/genai-prices',
  '@stdlib/[^/]+',
  'iso8601-duration',
  'lru-cache',
  'openai/resources',
  'uuid',
  'zod',
];
const nest = '@nestjs/(common|core)';
const swagger = '@nestjs/swagger';
const typeorm = 'typeorm';
const nestTypeorm = '@nestjs/typeorm';

/**
 * Each suffix ('' is none): the layers whose files it may import, the packages and the modules of Node.
 * `typesOf` names packages of which it may import types alone, `also` single files.
 */
const layers = {
  '': {
    protects: 'the-domain-is-pure',
    files: [''],
    packages: pure,
    modules: ['async_hooks', 'crypto', 'util'],
  },
  entity: { protects: 'an-entity-is-one-table', files: [''], packages: [typeorm] },
  migration: { protects: 'a-migration-stands-alone', files: ['', 'migration'], packages: [typeorm] },
  statement: { protects: 'a-statement-is-text', files: [''] },
  schema: { protects: 'a-schema-is-a-shape', files: ['', 'schema'], packages: ['zod'] },
  mapper: { protects: 'a-mapper-only-translates', files: ['', 'schema', 'mapper'], modules: ['crypto'] },
  experiment: { protects: 'an-experiment-is-data', files: ['', 'schema'] },
  store: {
    protects: 'a-store-speaks-to-the-database-alone',
    files: ['', 'entity', 'statement', 'store'],
    packages: [nest, nestTypeorm, typeorm],
    // The catalogue is in memory, and a metric's number is how tables name it.
    also: ['^src/catalogue/catalogue\\.service\\.ts$'],
  },
  service: {
    protects: 'a-service-knows-no-sql-and-no-http',
    files: [
      '',
      'service',
      'store',
      'client',
      'schema',
      'mapper',
      'options',
      'adapter',
      'explorer',
      'module-definition',
    ],
    packages: [nest, '@nestjs/(event-emitter|terminus)', 'prom-client', ...pure],
    modules: ['crypto', 'perf_hooks', 'readline', 'stream', 'timers/promises'],
    typesOf: [typeorm],
  },
  job: {
    protects: 'a-job-only-ticks',
    files: ['', 'service'],
    packages: [nest, '@nestjs/schedule'],
    modules: ['os'],
  },
  controller: {
    protects: 'a-controller-decides-nothing',
    files: ['', 'service', 'schema', 'mapper', 'decorator', 'experiment', 'guard', 'interceptor', 'pipe'],
    packages: [nest, swagger, '@nestjs/terminus', 'zod'],
    modules: ['stream'],
  },
  guard: {
    protects: 'a-guard-has-one-role',
    files: ['', 'service', 'accessor', 'adapter'],
    packages: [nest],
  },
  interceptor: {
    protects: 'an-interceptor-has-one-role',
    files: ['', 'service', 'mapper', 'accessor', 'adapter'],
    packages: [nest, 'rxjs'],
    modules: ['stream'],
  },
  filter: { protects: 'a-filter-has-one-role', files: [''], packages: [nest], modules: ['crypto'] },
  pipe: { protects: 'a-pipe-has-one-role', files: ['', 'service'], packages: [nest] },
  accessor: { protects: 'an-accessor-reads-metadata', files: ['', 'decorator'], packages: [nest] },
  decorator: {
    protects: 'a-decorator-writes-metadata',
    files: ['', 'accessor', 'decorator', 'guard', 'interceptor', 'pipe'],
    packages: [nest, swagger],
  },
  explorer: { protects: 'an-explorer-finds-metadata', files: ['', 'accessor', 'service'], packages: [nest] },
};

/** Files that no table of layers can know: they start or show the whole. */
/** The page is a program of its own, in the browser: it takes nothing from the server but types, and what both know of warnings. */
const page = '^src/dashboard/web/';
const faces = '^src/(main|index)\\.ts$';
const suffixes = [
  ...Object.keys(layers).filter((suffix) => suffix !== ''),
  ...['adapter', 'client', 'command', 'connector', 'factory', 'lock', 'main', 'module', 'module-definition'],
  ...['opener', 'options', 'recorder', 'runner', 'setup', 'socket', 'worker'],
];

// No folder of ours has a dot in its name.
const filesOf = (suffix) => `^src/(?!dashboard/web/)[^.]+\\.${suffix === '' ? '' : `${suffix}\\.`}ts$`;
const packages = (names) => names.map((name) => `node_modules/${name}/`);
const modules = (names) => names.map((name) => `^(node:)?${name}$`);

function layerRules([
  suffix,
  { protects, files, packages: used = [], modules: builtIn = [], typesOf = [], also = [] },
]) {
  // The database folder is what the other stores and services stand on: it may touch what they may not.
  const from = { path: filesOf(suffix), pathNot: suffix === '' ? [faces] : ['^src/database/'] };
  const allowed = [...files.map(filesOf), ...packages([...used, ...typesOf]), ...modules(builtIn), ...also];
  const rules = [forbid(protects, from, { pathNot: allowed })];
  if (typesOf.length > 0) {
    rules.push(forbid(protects, from, { path: packages(typesOf), dependencyTypesNot: ['type-only'] }));
  }
  return rules;
}

function below(concept) {
  return [...new Set(arrows[concept].flatMap((name) => [name, ...below(name)]))];
}

function arrowRule(concept) {
  const allowed = [concept, ...below(concept)].join('|');
  return forbid(
    `arrows-point-down-from-${concept}`,
    { path: `^src/${concept}/` },
    { path: '^src/', pathNot: `^src/(${allowed})/` },
  );
}

function onlyIn(what, from, to) {
  return forbid(`${what}-stays-in-its-place`, { path: '^src/', pathNot: from }, { path: to });
}

function forbid(name, from, to) {
  return { name, severity: 'error', from, to };
}

module.exports = {
  forbidden: [
    ...Object.entries(layers).flatMap(layerRules),
    ...Object.keys(arrows).map(arrowRule),
    forbid('no-cycles', { path: '^src/' }, { circular: true }),
    forbid('every-import-resolves', { path: '^src/' }, { couldNotResolve: true }),
    forbid(
      'every-folder-has-its-arrows',
      { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(arrows).join('|')})/` },
      {},
    ),
    forbid(
      'every-suffix-is-a-layer',
      { path: '^src/(?!dashboard/web/)[^.]+\\.[^/]+\\.ts$', pathNot: filesOf(`(${suffixes.join('|')})`) },
      {},
    ),
    forbid(
      'statistics-are-pure',
      { path: '^src/statistics/' },
      { pathNot: [filesOf(''), ...packages(['@stdlib/[^/]+'])] },
    ),
    forbid('one-public-face', { path: '^src/' }, { path: ['/index\\.ts$', faces] }),
    forbid(
      'the-page-takes-types-alone',
      { path: page },
      {
        path: '^src/',
        pathNot: [page, '^src/dashboard/warning-gravity\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid('the-page-is-built-apart', { path: '^src/', pathNot: page }, { path: page }),
    onlyIn('wiring', [filesOf('(module|factory|main)'), faces], filesOf('module')),
    onlyIn('routing', [filesOf('module'), faces], filesOf('controller')),
    // The demo does in seconds what the timers do in weeks.
    onlyIn('ticking', [filesOf('module'), '^src/demo/'], filesOf('job')),
    onlyIn(
      'the-http-platform',
      ['^src/operations/http/', filesOf('(factory|adapter)')],
      packages(['fastify', '@fastify/[^/]+', '@nestjs/platform-[^/]+']),
    ),
    onlyIn('the-postgres-driver', [filesOf('client')], packages(['pg'])),
    onlyIn('redis', [filesOf('client')], packages(['ioredis'])),
    onlyIn('the-embedded-engine', ['^src/database/embedded/'], packages(['@electric-sql/[^/]+'])),
    onlyIn('the-anthropic-sdk', ['^src/llm/anthropic/'], packages(['@anthropic-ai/[^/]+'])),
    onlyIn('the-openai-sdk', ['^src/llm/openai/'], packages(['openai'])),
    onlyIn('the-numeric-library', ['^src/statistics/distributions\\.ts$'], packages(['@stdlib/[^/]+'])),
    // Left out: what the build bundles, a tool of this repository, and an optional peer that is loaded where it is configured.
    forbid(
      'what-ships-is-installed',
      {
        path: '^src/',
        pathNot: [
          '^src/statistics/distributions\\.ts$',
          '^src/simulation/',
          page,
          '^src/llm/openai/openai\\.client\\.ts$',
        ],
      },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['types', 'main'],
    },
  },
};
