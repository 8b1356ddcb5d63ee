const ROOMS = 'instances|outbox|sessions|inbox|webhooks|media'
const src = (names) => `^gateway/src/(${names})/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-imports-nothing',
      comment: 'The vocabulary knows neither the database nor HTTP nor WhatsApp.',
      severity: 'error',
      from: { path: src('domain') },
      to: { pathNot: src('domain') },
    },
    {
      name: 'runtime-and-db-stay-below-the-rooms',
      severity: 'error',
      from: { path: src('runtime|db') },
      to: { path: `^gateway/src/`, pathNot: src('domain|runtime|db') },
    },
    {
      name: 'rooms-do-not-know-each-other',
      comment: 'A room declares the interface it needs; gateway.ts plugs in the neighbour.',
      severity: 'error',
      from: { path: src(`(${ROOMS})`) },
      to: { path: '^gateway/src/', pathNot: [src('domain|runtime|db'), '^gateway/src/$1/'] },
    },
    {
      name: 'only-the-whatsapp-room-knows-baileys',
      severity: 'error',
      from: { pathNot: [src('whatsapp'), '^simulator/'] },
      to: { path: 'node_modules/baileys' },
    },
    {
      name: 'whatsapp-only-translates',
      severity: 'error',
      from: { path: src('whatsapp') },
      to: { path: '^gateway/src/', pathNot: src('domain|runtime|whatsapp') },
    },
    {
      name: 'edges-use-rooms-not-tables',
      severity: 'error',
      from: { path: src('zapi|console|http') },
      to: { path: src('db|whatsapp') },
    },
    {
      name: 'nothing-imports-an-edge',
      comment: 'Z-API names end at the edge. Only gateway.ts plugs an edge in.',
      severity: 'error',
      from: { path: src(`domain|runtime|db|whatsapp|${ROOMS}`) },
      to: { path: src('zapi|console|http') },
    },
    {
      name: 'simulator-and-gateway-meet-only-on-the-wire',
      severity: 'error',
      from: { path: '^(gateway/src|simulator/src)/' },
      to: { path: '^(gateway/src|simulator/src)/', pathNot: '^$1/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.test\\.ts$', '/main\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
