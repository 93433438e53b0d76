/** Who may import whom. The picture is in README.md; the same table is told to people by tests/architecture.test.ts. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A file that needs itself is two ideas tangled into one.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-is-alone',
      comment: 'shared runs in a browser, on a server and in a test: it may need nothing of theirs.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(client|server|tests)/' },
    },
    {
      name: 'shared-has-few-libraries',
      comment: 'Pure code: schemas and hashes, nothing that touches a platform.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/(zod|@noble/hashes)/' },
    },
    {
      name: 'rules-stand-on-dates-alone',
      comment: 'The law is computed from plain facts and dates; how they are stored is none of its business.',
      severity: 'error',
      from: { path: '^shared/rules/' },
      to: { pathNot: '^shared/(rules/|time\\.ts$|zones\\.ts$)' },
    },
    {
      name: 'client-not-server',
      comment: 'They exchange only the words of shared/api.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^server/' },
    },
    {
      name: 'server-not-client',
      comment: 'They exchange only the words of shared/api.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'The product runs without its tests.',
      severity: 'error',
      from: { path: '^(shared|client|server)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'ui-knows-no-data',
      comment: 'Components take what they show: no log, no routes, no fetch.',
      severity: 'error',
      from: { path: '^client/ui/' },
      to: { path: '^client/(log|sync|screens|trust)/' },
    },
    {
      name: 'product-not-dev-libraries',
      comment: 'What runs at a district must be installed there.',
      severity: 'error',
      from: { path: '^(shared|client|server)/', pathNot: '\\.css$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/(vite|vite-plugin-pwa|@types)/' },
    },
    {
      name: 'found',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      // What others' servers need is put beside the project, by `tests/bench/peers/install.ts`; the WebKit window is a program of gjs.
      from: { pathNot: '^tests/(bench/peers/|e2e/engines/webkitWindow\\.js$)' },
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tests/tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
}
