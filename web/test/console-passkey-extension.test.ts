/** The extension that the console offers, in a real browser: it signs on WhatsApp Web only what its owner agrees to there. */

import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowserWith } from './browser.js'
import { shiftsOf } from './layout-shifts.js'
import { confirmOn, heading, PasskeyStage, type Unlinked } from './passkey-stage.js'
import { givePasskey } from './whatsapp-web.js'

const run = promisify(execFile)
const assets = fileURLToPath(new URL('../dist/console/assets/', import.meta.url))

let folder: string
let context: BrowserContext
let stage: PasskeyStage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recado-test-extension-'))
  context = await openBrowserWith(await unpacked(), join(folder, 'profile'))
  stage = await PasskeyStage.open(context)
})

afterAll(async () => {
  await context.close()
  await stage[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** As a person does with the file of the console. */
async function unpacked(): Promise<string> {
  const [zip = ''] = (await readdir(assets)).filter((name) => name.endsWith('.zip'))
  await run('python3', ['-m', 'zipfile', '-e', join(assets, zip), folder])
  return join(folder, 'recado-passkey')
}

/** Opens WhatsApp Web as the console's page wants it, in a browser that has the passkey. */
async function openWhatsAppWeb({ page, phone }: Unlinked): Promise<Page> {
  await page.getByText('With the extension').click()
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open WhatsApp Web' }).click()
  const tab = await opened
  await heading(tab, 'Link a device to your WhatsApp?').waitFor()
  await givePasskey(tab, phone)
  return tab
}

test('by the extension: WhatsApp Web asks its owner, signs, comes back, and the number is linked', async () => {
  const filial = await stage.unlinked('on')
  const { page } = filial
  const own = await stage.scan(filial)
  const tab = await openWhatsAppWeb(filial)
  await tab.waitForURL('https://web.whatsapp.com/')
  await tab.getByText(`${new URL(stage.world.url).host} asks for it`).waitFor()
  await tab.getByText('“Chrome (Mac OS)” becomes a linked device').waitFor()
  expect(await faultsInBothThemes(tab)).toEqual([])
  await tab.getByRole('button', { name: 'Sign with the passkey' }).click()
  await heading(tab, 'Now confirm on the phone').waitFor()
  await tab.waitForURL(`${stage.world.url}/console/passkey`)
  await confirmOn(own)
  await heading(tab, 'The number is linked.').waitFor()
  expect(await stage.codeOnPhone(filial, '481516')).toBe('481516')
  expect(await shiftsOf({ page })).toEqual([])
  expect(stage.visits.complaints).toEqual([])
})

test('the file that the console offers is this extension', async () => {
  const filial = await stage.unlinked('on')
  await stage.scan(filial)
  await filial.page.getByText('With the extension').click()
  const started = filial.page.waitForEvent('download')
  await filial.page.getByRole('link', { name: 'Download the extension' }).click()
  const file = join(folder, 'downloaded.zip')
  await (await started).saveAs(file)
  const { stdout } = await run('python3', ['-m', 'zipfile', '-l', file])
  expect(stdout).toContain('recado-passkey/manifest.json')
})

test('signs nothing that its owner cancels, and nothing that would lead to no web page', async () => {
  const tab = await context.newPage()
  const ask = async (request: object): Promise<void> => {
    await tab.goto('https://web.whatsapp.com/other')
    await tab.goto(
      `https://web.whatsapp.com/#recado=${Buffer.from(JSON.stringify(request)).toString('base64url')}`,
    )
    await heading(tab, 'WhatsApp Web').waitFor()
  }
  const request = {
    options: { rpId: 'whatsapp.com', challenge: 'AAAA', userVerification: 'required' },
    back: 'http://127.0.0.1:9/#',
    device: 'Chrome',
  }
  await ask(request)
  await tab.getByRole('button', { name: 'Cancel' }).click()
  await tab.getByRole('dialog').waitFor({ state: 'detached' })
  await tab.waitForURL('https://web.whatsapp.com/')
  await ask({ ...request, back: 'javascript:alert(1)//' })
  await expect.poll(() => tab.getByRole('dialog').count()).toBe(0)
  await ask({ ...request, options: { ...request.options, rpId: 'example.com' } })
  await expect.poll(() => tab.getByRole('dialog').count()).toBe(0)
})
