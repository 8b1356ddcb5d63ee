/**
 * Takes a picture of the operator's pages with 50 instances and 100,000 messages, in both themes, on a
 * desktop and on a phone: `npx tsx web/tool/volume-screenshots.ts [directory] [data directory]`.
 */

import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVault } from '../../gateway/src/db/encryption.js'
import { openMasterKey } from '../../gateway/src/db/master-key.js'
import { openDatabase } from '../../gateway/src/db/open-database.js'
import { startGatewayProcess } from '../../sandbox/src/gateway-process.js'
import { placeOf, sandboxSettings, setupCodeIn } from '../../sandbox/src/sandbox.js'
import { startSimulator } from '../../simulator/src/simulator.js'
import { openBrowser } from '../test/browser.js'
import { enterConsole } from '../test/console-visitor.js'
import { inEveryLook, pictureDirectory, sizes } from './pictures.js'
import { fillVolume } from './volume.js'

const directory = await pictureDirectory('recado-volume-screenshots')
const dataDir = await filled(process.argv[3])
const simulatorDir = await mkdtemp(join(tmpdir(), 'recado-volume-simulator-'))
await using simulator = await startSimulator({ dataDir: simulatorDir })
await using gateway = await startGatewayProcess({
  nodeOptions: [],
  env: { ...sandboxSettings, ...placeOf(simulator, dataDir), RECADO_PORT: '0' },
})
const browser = await openBrowser()
try {
  const first = await browser.newPage({ viewport: sizes.desktop, locale: 'en-GB' })
  await first.goto(`${gateway.url}/console/`)
  await first.getByLabel('Set-up code').waitFor()
  await enterConsole(first, setupCodeIn(gateway.output) ?? '')
  const cookies = await first.context().cookies()
  const { instances } = await first
    .context()
    .request.get(`${gateway.url}/console/api/instances`)
    .then((answer) => answer.json())
  const [restricted, banned, , gone] = instances.slice(3)
  const places = [
    ['home', '', '.row-link'],
    ['home-down', '?show=down', '.row-link'],
    ['messages', 'messages', '.row-link'],
    ['pools', 'pools', 'main h1'],
    ['alerts', 'alerts', 'main form'],
    ['refused', 'refused', 'main .empty, main tbody'],
    ['trail', 'trail', 'tbody'],
    ['restricted', `instances/${restricted.id}`, '.banner'],
    ['banned', `instances/${banned.id}/messages`, '.banner'],
    ['banned-overview', `instances/${banned.id}`, '.card'],
    ['callbacks', `instances/${gone.id}/callbacks`, '.receivers'],
    ['queue', `instances/${restricted.id}/queue`, 'main .card'],
    ['settings', `instances/${restricted.id}/settings`, 'main form'],
    ['health', `instances/${restricted.id}/health`, '.plot'],
  ] as const
  await inEveryLook(
    browser,
    ({ theme }) => (theme === 'dark' ? 'pt-BR' : 'en-GB'),
    async ({ context, page, suffix }) => {
      await context.addCookies(cookies)
      const picture = async (name: string) => {
        await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
        await page.screenshot({ path: join(directory, `${name}-${suffix}.png`) })
      }
      for (const [name, path, wanted] of places) {
        await page.goto(`${gateway.url}/console/${path}`)
        await page.locator(wanted).first().waitFor()
        await page.locator('.skeleton').waitFor({ state: 'detached' })
        await picture(name)
      }
      await page.goto(`${gateway.url}/console/messages?status=failed&reason=image-failed`)
      await page.locator('.row-link').first().click()
      await page.locator('.timeline').waitFor()
      await picture('message')
    },
  )
  process.stdout.write(`${directory}\n`)
} finally {
  await browser.close()
}

/** A copy of data that `volume.ts` made before, or new data. */
async function filled(before: string | undefined): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'recado-volume-'))
  if (before !== undefined) {
    await cp(before, made, { recursive: true })
    return made
  }
  await using database = await openDatabase({ dataDir: made })
  const { key } = await openMasterKey({ configured: undefined, dataDir: made })
  const volume = { instances: 50, messages: 100_000, now: Date.now() }
  await fillVolume(database, createVault(key), volume)
  return made
}
