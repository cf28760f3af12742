// Who may import whom. Each rule is one sentence of docs/architecture.md.
const TESTS = '/tests/|\\.test\\.tsx?$'
const OURS = '^(packages|services|apps)/'

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    forbid(
      'every-import-resolves',
      { path: '.' },
      { couldNotResolve: true, pathNot: '^virtual:|\\.(css|svg)(\\?|$)' },
    ),
    knowsOnly('protocol-imports-nothing-of-ours', '^packages/protocol/', []),
    knowsOnly('embedded-imports-nothing-of-ours', '^packages/embedded/', []),
    knowsOnly('sdk-knows-only-the-protocol', '^packages/sdk/', ['^packages/protocol/']),
    knowsOnly('kit-knows-only-the-protocol', '^packages/service-kit/', ['^packages/protocol/']),
    knowsOnly('web-knows-sdk-and-protocol', '^apps/web/', ['^packages/(sdk|protocol)/']),
    forbid(
      'services-know-protocol-and-kit-and-never-each-other',
      { path: '^services/([^/]+)/', pathNot: TESTS },
      {
        path: OURS,
        pathNot: ['^services/$1/', '^packages/(protocol|service-kit)/', '^packages/dev-env/'],
      },
    ),
    forbid(
      'only-chatapp-and-tests-see-services',
      { path: '.', pathNot: ['^services/', '^apps/chatapp/', '^packages/dev-env/', TESTS] },
      { path: '^services/' },
    ),
    forbid(
      'only-tests-and-bench-import-dev-env',
      { path: '.', pathNot: ['^packages/dev-env/', '^(bench|deploy|e2e)/', TESTS] },
      { path: '^packages/dev-env/' },
    ),
    forbid(
      'packages-are-entered-by-their-index',
      { path: '^((?:packages|services|apps)/[^/]+|bench|deploy|e2e|scripts)/' },
      { path: OURS, pathNot: ['^$1/', '/src/index\\.ts$'] },
    ),
    forbid(
      'noun-folders-share-only-queries-policy-and-present',
      { path: '^services/[^/]+/src/([^/]+)/' },
      {
        path: '^services/[^/]+/src/[^/]+/',
        pathNot: [
          '^services/[^/]+/src/$1/',
          '^services/[^/]+/src/db/',
          // The log is what every noun of the messages service writes to.
          '^services/messages/src/log/',
          '/(queries|policy|present)\\.ts$',
        ],
      },
    ),
    forbid(
      'features-do-not-import-each-other',
      { path: '^apps/web/src/features/([^/]+)/' },
      { path: '^apps/web/src/(features|app)/', pathNot: '^apps/web/src/features/$1/' },
    ),
    forbid(
      'shared-web-code-does-not-know-features',
      { path: '^apps/web/src/(ui|lib)/' },
      { path: '^apps/web/src/(features|app)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data|coverage)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    // Workspace packages are symlinks in node_modules: a rule must see the folder behind them.
    preserveSymlinks: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}

function forbid(name, from, to) {
  return { name, severity: 'error', from, to }
}

// Tests of a package may also boot the development environment.
function knowsOnly(name, home, allowed) {
  return forbid(
    name,
    { path: home, pathNot: TESTS },
    { path: OURS, pathNot: [home, ...allowed, '^packages/dev-env/'] },
  )
}
