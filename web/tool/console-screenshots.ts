/**
 * Takes a picture of every page of the console, in both themes, on a desktop and
 * on a phone: `npm run screenshots:console [directory]`.
 */

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { CallbackReceiver } from '../../sandbox/src/callback-receiver.js'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { sandboxSettings, startSandbox } from '../../sandbox/src/sandbox.js'
import { openBrowser } from '../test/browser.js'
import { enterConsole } from '../test/console-visitor.js'
import { disconnectedInstances } from './disconnected-instances.js'
import { inEveryLook, type Look, pictureDirectory, sizes } from './pictures.js'

const directory = await pictureDirectory('recado-console-screenshots')

await using receiver = await CallbackReceiver.start()
await using sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings })
const browser = await openBrowser()
try {
  const { gateway, client, instance, recipient } = sandbox
  const first = await browser.newPage({ viewport: sizes.desktop, locale: 'en-GB' })
  await first.goto(`${gateway.url}/console/`)
  await first.getByLabel('Set-up code').waitFor()
  await picture(first, 'set-up-desktop-light')
  await enterConsole(first, sandbox.setupCode ?? '')
  const cookies = await first.context().cookies()

  await client.onInstance(instance, 'PUT', 'update-every-webhooks', { value: receiver.url })
  const send = (phone: string, code: string): Promise<unknown> =>
    client.onInstance(instance, 'POST', 'send-button-otp', {
      phone,
      message: 'Seu código de acesso',
      code,
    })
  for (const code of ['845201', '118402', '900317']) await send(recipient.phone, code)
  receiver.answerStatus = 500
  await send('5511900000000', '553311')
  const read = await recipient.untilMessage(({ text }) => text.includes('Seu'), 10_000)
  await recipient.read(read.id)
  const ended = await client.createInstance('Filial Santos')
  await first.request.post(`${gateway.url}/console/api/instances/${ended.id}/cancel`, {
    headers: { 'x-recado-console': '1' },
  })
  const unpaired = await client.createInstance('Filial Campinas')
  for (const code of ['301442', '887001', '640913'])
    await client.onInstance(unpaired, 'POST', 'send-button-otp', {
      phone: recipient.phone,
      message: 'Seu código de acesso',
      code,
    })

  const { blocked, unlinked } = await disconnectedInstances(sandbox)

  await inEveryLook(browser, localeOf, async ({ context, page, suffix }) => {
    await page.goto(`${gateway.url}/console/`)
    await page.locator('form').waitFor()
    await picture(page, `log-in-${suffix}`)
    await context.addCookies(cookies)
    await picturesOf(page, { unpaired, ended, blocked, unlinked }, suffix)
  })
  process.stdout.write(`${directory}\n`)
} finally {
  await browser.close()
}

function localeOf({ theme }: Look): string {
  return theme === 'dark' ? 'pt-BR' : 'en-GB'
}

interface Others {
  /** With messages that wait. */
  readonly unpaired: SandboxInstance
  /** Out of use. */
  readonly ended: SandboxInstance
  /** By WhatsApp, and its receiver of callbacks is gone. */
  readonly blocked: SandboxInstance
  /** On the phone. */
  readonly unlinked: SandboxInstance
}

async function picturesOf(page: Page, others: Others, suffix: string): Promise<void> {
  const { gateway, instance } = sandbox
  const { unpaired, ended, blocked, unlinked } = others
  const open = async (path: string, wanted: string): Promise<void> => {
    await page.goto(`${gateway.url}/console/${path}`)
    await page.locator(wanted).first().waitFor()
    await page.waitForTimeout(400)
  }
  await open('', '.row-link')
  await picture(page, `instances-${suffix}`)
  await page.locator('.title-row button').click()
  await page.locator('[name=name]').waitFor()
  await picture(page, `new-instance-${suffix}`)
  const here = `instances/${instance.id}`
  await open(here, '.facts')
  await picture(page, `overview-${suffix}`)
  await open(`instances/${unpaired.id}`, '.qr-place')
  await page.locator('.qr-place button').click()
  await page.locator('.qr').waitFor()
  await picture(page, `pairing-${suffix}`)
  await open(`instances/${blocked.id}`, '.anyway')
  await page.locator('.anyway summary').click()
  await picture(page, `blocked-${suffix}`)
  await open(`instances/${blocked.id}/callbacks`, '.disabled-endpoint')
  await picture(page, `disabled-callbacks-${suffix}`)
  await open(`instances/${unlinked.id}`, '.qr-place')
  await picture(page, `unlinked-${suffix}`)
  await open(`${here}/send`, '.bubble')
  await picture(page, `send-${suffix}`)
  await open(`${here}/messages`, '.row-link')
  await picture(page, `message-list-${suffix}`)
  await page.locator('.row-link').first().click()
  await page.locator('.timeline').waitFor()
  await picture(page, `messages-${suffix}`)
  await open(`instances/${unpaired.id}/queue`, 'tbody')
  await picture(page, `queue-${suffix}`)
  await open(`${here}/queue`, '.empty')
  await picture(page, `empty-queue-${suffix}`)
  await open(`${here}/callbacks`, '.row-link')
  await picture(page, `callback-list-${suffix}`)
  await page.locator('.row-link').first().click()
  await page.locator('.facts').waitFor()
  await picture(page, `callbacks-${suffix}`)
  await open(`${here}/settings`, 'form')
  await picture(page, `settings-${suffix}`)
  await open(`instances/${ended.id}/settings`, '.out-of-use')
  await picture(page, `out-of-use-${suffix}`)
  await open(`${here}/health`, '.plot')
  await picture(page, `health-${suffix}`)
  await open('trail', 'tbody')
  await picture(page, `trail-${suffix}`)
  await open('account', '.sessions')
  await picture(page, `account-${suffix}`)
  await page.locator('.card button.filled').first().click()
  await page.locator('.qr').waitFor()
  await picture(page, `second-factor-${suffix}`)
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true })
}
