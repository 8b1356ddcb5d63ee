/**
 * Takes the two pictures of the README from one scene: `npm run screenshots:readme`.
 * A code with a picture on the phone that gets it, and in the console what became
 * of it and of one that could not arrive.
 */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { type Sandbox, sandboxSettings, startSandbox } from '../../sandbox/src/sandbox.js'
import { openBrowser } from '../test/browser.js'
import { enterConsole } from '../test/console-visitor.js'
import { drawnPicture } from './pictures.js'

const directory = process.argv[2] ?? fileURLToPath(new URL('../../docs/pictures', import.meta.url))
await mkdir(directory, { recursive: true })

const lock = `<g fill="none" stroke="#fff" stroke-width="12"><rect x="262" y="118" width="116" height="92" rx="16"/>
  <path d="M284 118V92a36 36 0 0 1 72 0v26"/><path d="M320 152v26" stroke-linecap="round"/></g>`

await using sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings })
const browser = await openBrowser()
try {
  const banner = await drawnPicture(browser, 'png', { width: 640, height: 300, drawing: lock })
  const image = `data:image/png;base64,${banner.toString('base64')}`
  await send(sandbox, { message: 'Seu pedido saiu. Código de entrega: *1024*', code: '1024' })
  await send(sandbox, {
    message: 'Seu código de acesso é *482913*. Não compartilhe com ninguém.',
    code: '482913',
    image,
  })
  await send(sandbox, { phone: '5511900000000', message: 'Seu código é *553311*', code: '553311' })

  const phone = await open(browser, 390, 710, 'pt-BR')
  const chat = `${sandbox.simulator.controlUrl}/phones/${sandbox.recipient.phone}`
  await phone.goto(`${chat}#chat/${sandbox.sender.phone}`)
  // The chat is read now: the console's picture shows blue ticks.
  await phone.getByRole('img', { name: 'Foto' }).waitFor()
  await phone.waitForTimeout(500)
  await phone.screenshot({ path: join(directory, 'phone.png') })

  const page = await open(browser, 1100, 800, 'en-GB')
  await page.goto(`${sandbox.gateway.url}/console/`)
  await enterConsole(page, sandbox.setupCode ?? '')
  await page.goto(`${sandbox.gateway.url}/console/instances/${sandbox.instance.id}/messages`)
  await page.getByText('Failed').first().waitFor()
  await page.locator('.row-link').first().click()
  await page.locator('.timeline').waitFor()
  await page.mouse.move(0, 0)
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(directory, 'console.png') })
  process.stdout.write(`${directory}\n`)
} finally {
  await browser.close()
}

async function open(where: Browser, width: number, height: number, locale: string): Promise<Page> {
  const viewport = { width, height }
  return where.newPage({ viewport, locale, colorScheme: 'light', reducedMotion: 'reduce' })
}

async function send({ client, instance, recipient }: Sandbox, body: object): Promise<void> {
  const phone = recipient.phone
  await client.onInstance(instance, 'POST', 'send-button-otp', { phone, ...body })
}
