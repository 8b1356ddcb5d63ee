/** The import rule bites: each forbidden import, planted in a copy of the tree, is found by name. */

import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
let copy: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'recado-imports-'))
  for (const name of [
    'gateway/src',
    'simulator/src',
    'sandbox/src',
    'web/bubble',
    'web/phone',
    'web/shared',
    'package.json',
    'tsconfig.json',
  ]) {
    await cp(join(root, name), join(copy, name), { recursive: true })
  }
  for (const name of ['gateway', 'simulator', 'sandbox', 'web']) {
    await cp(join(root, name, 'package.json'), join(copy, name, 'package.json'))
  }
  await cp(join(root, '.dependency-cruiser.cjs'), join(copy, '.dependency-cruiser.cjs'))
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
})

afterAll(async () => {
  await rm(copy, { recursive: true, force: true })
})

/** The names of the rules that the copied tree breaks. */
async function brokenRules(): Promise<ReadonlySet<string>> {
  const report = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [
        depcruise,
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'gateway',
        'simulator',
        'sandbox',
        'web',
      ],
      { cwd: copy, maxBuffer: 64 << 20 },
      (_error, stdout) => resolve(stdout),
    )
  })
  const { summary } = JSON.parse(report) as {
    summary: { totalCruised: number; violations: { rule: { name: string } }[] }
  }
  // A cruise that read nothing finds nothing: it must not pass for a clean one.
  expect(summary.totalCruised).toBeGreaterThan(50)
  return new Set(summary.violations.map((violation) => violation.rule.name))
}

/** Each file to plant, what it imports, and the rule that must find it. */
const planted: ReadonlyArray<readonly [file: string, imports: string, rule: string]> = [
  ['gateway/src/domain/planted.ts', '../runtime/clock.js', 'domain-imports-nothing'],
  ['gateway/src/runtime/planted.ts', '../db/database.js', 'runtime-stays-below-db'],
  ['gateway/src/db/planted.ts', '../outbox/outbox.js', 'db-stays-below-the-modules'],
  ['gateway/src/outbox/planted.ts', '../webhooks/webhooks.js', 'modules-do-not-know-each-other'],
  ['gateway/src/inbox/planted.ts', '../outbox/outbox.js', 'modules-do-not-know-each-other'],
  ['gateway/src/sessions/planted.ts', 'baileys', 'only-whatsapp-knows-baileys'],
  ['gateway/src/whatsapp/planted.ts', '../db/database.js', 'whatsapp-only-translates'],
  ['gateway/src/http/planted.ts', '../outbox/outbox.js', 'http-serves-any-dialect'],
  ['gateway/src/zapi/planted.ts', '../db/database.js', 'edges-use-modules-not-tables'],
  ['gateway/src/webhooks/planted.ts', '../zapi/callbacks.js', 'nothing-imports-an-edge'],
  [
    'gateway/src/operating/planted.ts',
    '../outbox/outbox.js',
    'operating-works-on-tables-not-modules',
  ],
  ['gateway/src/zapi/planted-too.ts', '../gateway.js', 'only-main-starts-the-gateway'],
  [
    'gateway/src/media/planted.ts',
    '../../../simulator/src/simulator.js',
    'gateway-does-not-know-the-simulator',
  ],
  [
    'simulator/src/planted.ts',
    '../../gateway/src/domain/chat.js',
    'simulator-does-not-know-the-gateway',
  ],
  ['sandbox/src/planted.ts', '../../simulator/src/network.js', 'sandbox-uses-front-doors'],
  ['web/phone/planted.ts', '../../simulator/src/network.js', 'pages-meet-programs-on-http-only'],
  ['web/phone/planted-too.ts', '../../simulator/src/model.js', 'pages-take-types-from-programs'],
  ['simulator/src/planted-too.ts', '../../web/phone/days.js', 'programs-do-not-import-pages'],
  ['web/shared/planted.ts', '../bubble/message-texts.js', 'shared-fits-any-page'],
  ['web/bubble/planted.ts', '../phone/days.js', 'the-bubble-fits-any-page'],
  ['web/console/planted.ts', '../phone/days.js', 'pages-do-not-know-each-other'],
]

describe('the import rule', () => {
  test('holds in the tree as it is', async () => {
    expect([...(await brokenRules())]).toEqual([])
  })

  test('finds every planted import by the name of its rule', async () => {
    for (const [file, imports] of planted) {
      await mkdir(dirname(join(copy, file)), { recursive: true })
      await writeFile(
        join(copy, file),
        `import * as planted from '${imports}'\nexport const found = planted\n`,
      )
    }
    const expected = new Set(planted.map(([, , rule]) => rule))
    const found = await brokenRules()
    for (const [file] of planted) await rm(join(copy, dirname(file), file.split('/').at(-1) ?? ''))
    expect([...expected].filter((rule) => !found.has(rule))).toEqual([])
  })
})
