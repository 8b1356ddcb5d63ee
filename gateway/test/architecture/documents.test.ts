/** The documents say what the source says. */

import { execFile } from 'node:child_process'
import { access, readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { disconnectionReasons, remedyOf } from '../../src/domain/disconnection.js'
import { explain } from '../../src/domain/disconnection-texts.js'
import * as ending from '../../src/outbox/queue/ending.js'

const root = resolve(import.meta.dirname, '../../..')
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')

test('configuration.md is what the settings make of it', async () => {
  const tool = join(root, 'gateway/tool/configuration-page.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', tool], {
    cwd: root,
  })
  // If not: npm run docs:configuration
  expect(await read('docs/configuration.md')).toBe(stdout)
})

test('README.md counts the calls and the kinds of message that work', async () => {
  const rows = (await read('docs/conformance.md')).matchAll(
    /^\| (message|all) \| (\d+) \|.*\| (\d+) \|$/gmu,
  )
  const counts = new Map([...rows].map(([, group, works, all]) => [group, { works, all }]))
  const message = counts.get('message')
  const all = counts.get('all')
  const text = (await read('README.md')).replaceAll('\n', ' ')
  // If not: npm run conformance
  expect(text).toContain(`${all?.works} of Z-API's ${all?.all} calls work`)
  expect(text).toContain(`${message?.works} of the ${message?.all} that send a message`)
})

test('the proxy of deploy.md passes on the calls of an instance, and not the list of all', async () => {
  const [, config = ''] = /```nginx\n(.*?)```/su.exec(await read('docs/deploy.md')) ?? []
  const locations = [...config.matchAll(/^location (?:(~) )?(\S+) \{$/gmu)].map(
    ([, isPattern, path = '']) => (isPattern ? new RegExp(path, 'u') : new RegExp(`^${path}`, 'u')),
  )
  const passes = (path: string) => locations.some((location) => location.test(path))
  const paths = [
    '/instances/3A/token/4B/send-text',
    '/console/',
    '/instances',
    '/instances/',
    '/metrics',
    '/health/ready',
  ]
  expect(paths.filter(passes)).toEqual(['/instances/3A/token/4B/send-text', '/console/'])
})

test('operator-reference.md explains every warning and error of the log', async () => {
  const page = await read('docs/operator-reference.md')
  const events = await loggedEvents()
  // A search that finds nothing would find nothing missing either.
  expect(events.size).toBeGreaterThan(20)
  expect([...events].filter((event) => !page.includes(`| \`${event}\` |`))).toEqual([])
})

test('operator-reference.md explains no event that is never logged', async () => {
  const page = await read('docs/operator-reference.md')
  const source = await gatewaySource()
  const explained = [...page.matchAll(/^\| `([a-z.-]+)` \| (?:error|warn|info) \|/gmu)].map(
    ([, event = '']) => event,
  )
  expect(explained.length).toBeGreaterThan(20)
  expect(explained.filter((event) => !source.includes(`'${event}'`))).toEqual([])
})

test('operator-reference.md explains every metric', async () => {
  const page = await read('docs/operator-reference.md')
  const names = (await read('gateway/src/runtime/metrics.ts')).matchAll(/'(recado_[a-z_]+)'/gu)
  const metrics = new Set([...names].map(([, name = '']) => name))
  expect(metrics.size).toBeGreaterThan(10)
  expect([...metrics].filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([])
})

test('operator-reference.md has the words in which a message that was not sent is told', async () => {
  const page = await read('docs/operator-reference.md')
  const endings = [
    ending.expired,
    ending.cancelled,
    ending.unconfirmed,
    ending.notSent(),
    ending.fileFailed('Why.'),
    ending.refused(500),
    ending.restricted(463),
    ending.noSuchRecipient,
    ending.unreachable('not-a-member'),
  ]
  for (const { reason, explanation, refusalCode } of endings) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${reason}\` | `)) ?? ''
    // Z-API has words of its own for this one; `callbacks.ts` puts them there.
    const [told = ''] =
      reason === 'no-such-recipient'
        ? ['Phone number does not exist']
        : explanation.split(/(?<=\.) /u)
    const shown = reason === 'refused' ? told.replace(String(refusalCode), '…') : told
    expect(row).toContain(shown)
  }
})

test('operator-reference.md has the cause and the cure of every disconnection as the console shows them', async () => {
  const page = await read('docs/operator-reference.md')
  for (const reason of disconnectionReasons) {
    const { cause, cure } = explain({ reason })
    expect(page).toContain(`| \`${reason}\` | ${cause.en} | ${remedyOf(reason)} | ${cure.en} |`)
  }
})

/** The names that stand in `log.warn('…')` and `log.error('…')`. */
async function loggedEvents(): Promise<ReadonlySet<string>> {
  const source = await gatewaySource()
  const calls = source.matchAll(/\blog\s*\.(?:warn|error)\(\s*(\S)([^'"`]*)/gu)
  const names = [...calls].map(([call, quote, name = '']) => {
    if (quote !== "'") throw new Error(`its name could not be looked up on the page: ${call}`)
    return name
  })
  return new Set(names)
}

async function gatewaySource(): Promise<string> {
  const folder = join(root, 'gateway/src')
  const names = await readdir(folder, { recursive: true })
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.join('\n')
}

test('README.md leads to every page of docs, and nowhere else', async () => {
  const page = await read('README.md')
  const named = [...page.matchAll(/\]\((?!https?:)([^)#]+)|src="([^"]+)"/gu)]
  const targets = new Set(named.map(([, link, picture]) => link ?? picture ?? ''))
  const pages = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'))
  expect(pages.length).toBeGreaterThan(8)
  expect(pages.filter((name) => !targets.has(`docs/${name}`))).toEqual([])
  for (const target of targets) await access(join(root, target))
})

test('the pictures of README.md are small enough for a slow line', async () => {
  const pictures = await readdir(join(root, 'docs/pictures'))
  expect(pictures.toSorted()).toEqual(['console.png', 'phone.png'])
  for (const name of pictures)
    expect((await stat(join(root, 'docs/pictures', name))).size).toBeLessThan(150_000)
})
