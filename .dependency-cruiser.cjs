// Who may import whom. ARCHITECTURE.md section "Who may import whom" says it in words;
// gateway/test/architecture/import-rules.test.ts plants a forbidden import for each rule and expects it to be found.
const MODULES =
  'instances|administrators|alerts|outbox|codes|directory|sessions|inbox|webhooks|media|pools|nodes'
const src = (names) => `^gateway/src/(${names})/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-imports-nothing',
      comment: 'The vocabulary knows neither the database nor HTTP nor WhatsApp.',
      severity: 'error',
      from: { path: src('domain'), pathNot: '\\.test\\.ts$' },
      to: { pathNot: src('domain') },
    },
    {
      name: 'runtime-stays-below-db',
      severity: 'error',
      from: { path: src('runtime') },
      to: { path: '^gateway/src/', pathNot: src('domain|runtime') },
    },
    {
      name: 'db-stays-below-the-modules',
      severity: 'error',
      from: { path: src('db') },
      to: { path: '^gateway/src/', pathNot: src('domain|runtime|db') },
    },
    {
      name: 'modules-do-not-know-each-other',
      comment: 'A module declares the interface it needs; gateway.ts plugs in the neighbour.',
      severity: 'error',
      from: { path: src(MODULES) },
      to: { path: '^gateway/src/', pathNot: [src('domain|runtime|db'), '^gateway/src/$1/'] },
    },
    {
      name: 'only-whatsapp-knows-baileys',
      severity: 'error',
      from: { path: '^(gateway/src|sandbox)/', pathNot: [src('whatsapp')] },
      to: { path: '(^|/)node_modules/(baileys|libsignal)/' },
    },
    {
      name: 'whatsapp-only-translates',
      comment: 'Keys and cached facts come through ports.',
      severity: 'error',
      from: { path: src('whatsapp') },
      to: { path: '^gateway/src/', pathNot: src('domain|runtime|whatsapp') },
    },
    {
      name: 'http-serves-any-dialect',
      severity: 'error',
      from: { path: src('http') },
      to: { path: '^gateway/src/', pathNot: src('domain|runtime|http') },
    },
    {
      name: 'edges-use-modules-not-tables',
      severity: 'error',
      from: { path: src('zapi|console|http|cli'), pathNot: '\\.test\\.ts$' },
      to: { path: src('db|whatsapp') },
    },
    {
      name: 'operating-works-on-tables-not-modules',
      comment: 'Backup, restore and doctor run beside a gateway, where no module runs.',
      severity: 'error',
      from: { path: src('operating') },
      to: { path: '^gateway/src/', pathNot: src('domain|runtime|db|whatsapp|operating') },
    },
    {
      name: 'nothing-imports-an-edge',
      comment: 'Z-API names end at the edge. Only gateway.ts plugs an edge in.',
      severity: 'error',
      from: { path: src(`domain|runtime|db|whatsapp|${MODULES}`) },
      to: { path: src('zapi|console|http|cli') },
    },
    {
      name: 'only-main-starts-the-gateway',
      severity: 'error',
      from: { path: '^gateway/src/', pathNot: '^gateway/src/main\\.ts$' },
      to: { path: '^gateway/src/(gateway|main)\\.ts$' },
    },
    {
      name: 'gateway-does-not-know-the-simulator',
      severity: 'error',
      from: { path: '^gateway/src/' },
      to: { path: '^(simulator|sandbox)/' },
    },
    {
      name: 'simulator-does-not-know-the-gateway',
      severity: 'error',
      from: { path: '^simulator/' },
      to: { path: '^(gateway|sandbox)/' },
    },
    {
      name: 'sandbox-uses-front-doors',
      comment:
        'The gateway is started as a program of its own; of the simulator only the public API is used.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(gateway|simulator)/', pathNot: '^simulator/src/simulator\\.ts$' },
    },
    {
      name: 'pages-meet-programs-on-http-only',
      comment:
        'Pages are built for browsers; programs send what was built. They share the types of what is asked and answered.',
      severity: 'error',
      from: { path: '^web/(shared|bubble|phone|console)/' },
      to: {
        path: '^(gateway|simulator|sandbox)/',
        pathNot: [
          '^gateway/src/console/[a-z]+-(answers|shapes)\\.ts$',
          '^simulator/src/(control-answers|model|person-acts|draw/view)\\.ts$',
        ],
      },
    },
    {
      name: 'pages-take-types-from-programs',
      comment: 'Nothing that runs in a program gets into a page.',
      severity: 'error',
      from: { path: '^web/(shared|bubble|phone|console)/' },
      to: { path: '^(gateway|simulator|sandbox)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'programs-do-not-import-pages',
      severity: 'error',
      from: { path: '^(gateway|simulator|sandbox)/src/' },
      to: { path: '^web/' },
    },
    {
      name: 'the-bubble-fits-any-page',
      severity: 'error',
      from: { path: '^web/bubble/' },
      to: { path: '^web/', pathNot: '^web/(bubble|shared)/' },
    },
    {
      name: 'shared-fits-any-page',
      comment: 'Components and the mechanism of texts; no page, and nothing of WhatsApp.',
      severity: 'error',
      from: { path: '^web/shared/' },
      to: { path: '^web/', pathNot: '^web/shared/' },
    },
    {
      name: 'pages-do-not-know-each-other',
      severity: 'error',
      from: { path: '^web/(phone|console)/' },
      to: { path: '^web/(phone|console)/', pathNot: '^web/$1/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.test\\.ts$',
          '\\.d\\.ts$',
          '/(main|demo|bare-[a-z]+)\\.ts$',
          '^web/extension/',
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '(^|/)dist-of-tests-[^/]+/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
