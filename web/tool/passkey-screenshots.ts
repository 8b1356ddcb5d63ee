/**
 * Takes a picture of every screen of WhatsApp's passkey step, in both themes and languages, on a desktop and on a phone:
 * `npm run screenshots:passkey [directory]`.
 */

import { once } from 'node:events'
import { join } from 'node:path'
import type { Cookie, Page } from 'playwright-core'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import type { Phone } from '../../simulator/src/phone.js'
import { openBrowser } from '../test/browser.js'
import { PasskeyStage } from '../test/passkey-stage.js'
import { showWhatsAppWeb } from '../test/whatsapp-web.js'
import { inEveryLook, type Look, pictureDirectory, type Visit } from './pictures.js'

const directory = await pictureDirectory('recado-passkey-screenshots')
const browser = await openBrowser()
const stage = await PasskeyStage.open(browser)
const { world } = stage
const { client, simulator } = world

interface Asked {
  readonly instance: SandboxInstance
  readonly phone: Phone
}

try {
  const cookies = await stage.context.cookies()
  const late = await asked('Filial Campinas')
  stage.late()
  const [asking, linked, failed] = await Promise.all(
    ['Loja do centro, códigos de acesso', 'Filial Santos', 'Filial Bauru'].map(asked),
  )
  if (asking === undefined || linked === undefined || failed === undefined) throw new Error('none')
  const link = await linkOf(asking)
  const doneLink = await linkOf(linked)
  await sign(linked)
  await confirm(linked)
  const failedLink = await linkOf(failed)
  await client.onInstance(failed.instance, 'POST', 'reset-passkey-challenge')
  await inEveryLook(browser, localeOf, async (visit) => {
    await linkPictures(visit, [link, doneLink, failedLink])
    await signPictures(visit, cookies, asking)
    await phonePictures(visit, asking)
  })
  await sign(late)
  await inEveryLook(browser, localeOf, (visit) => picturesOf(visit, cookies, late, 'confirm'))
  await confirm(late)
  await inEveryLook(browser, localeOf, (visit) => picturesOf(visit, cookies, late, 'code'))
  await client.onInstance(late.instance, 'POST', 'passkey-code', { same: false })
  await inEveryLook(browser, localeOf, (visit) => picturesOf(visit, cookies, late, 'failed'))
  process.stdout.write(`${directory}\n`)
} finally {
  await browser.close()
  await stage[Symbol.asyncDispose]()
}

function localeOf({ theme }: Look): string {
  return theme === 'dark' ? 'pt-BR' : 'en-GB'
}

/** An instance whose QR code was scanned by a phone of a number that WhatsApp asks. */
async function asked(name: string, index = 9): Promise<Asked> {
  const number = `551197777300${index}`
  const phone = await simulator.addPhone({ phone: number, name, asksForPasskey: 'on' })
  const instance = await client.createInstance(name)
  const { value } = await call<{ value: string }>(instance, 'GET', 'qr-code')
  phone.scan(value).catch(() => undefined)
  while ((await call<{ state: string }>(instance, 'GET', 'passkey')).state !== 'passkey')
    await once(phone.events, 'linking-screen', { signal: AbortSignal.timeout(500) }).catch(
      () => undefined,
    )
  return { instance, phone }
}

/** What Z-API's dialect answers; this tool knows what each call gives. */
async function call<Answer>(
  instance: SandboxInstance,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<Answer> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (await client.onInstance(instance, method, path, body)) as Answer
}

async function linkOf({ instance }: Asked): Promise<string> {
  return (await call<{ url: string }>(instance, 'POST', 'passkey-link')).url
}

async function sign({ instance, phone }: Asked): Promise<void> {
  const { challenge } = await call<{ challenge: { challenge: string } }>(instance, 'GET', 'qr-code')
  const answer = phone.signWithPasskey(challenge.challenge)
  await client.onInstance(instance, 'POST', 'passkey-prologue', answer)
}

async function confirm({ phone }: Asked): Promise<void> {
  while (phone.linkingScreen?.step !== 'confirm') await once(phone.events, 'linking-screen')
  phone.confirmLinking()
}

async function linkPictures({ page, suffix }: Visit, links: readonly string[]): Promise<void> {
  const [asking = '', linked = '', failed = ''] = links
  for (const [name, url] of [
    ['link', asking],
    ['link-linked', linked],
    ['link-failed', failed],
    ['link-over', `${asking.split('#')[0]}#AAAAAAAAAAAAAAAAAAAAAA`],
  ] as const) {
    await page.goto('about:blank')
    await page.goto(url)
    await settled(page)
    await picture(page, `${name}-${suffix}`)
  }
}

async function signPictures(
  { context, page, suffix }: Visit,
  cookies: readonly Cookie[],
  { instance }: Asked,
): Promise<void> {
  await context.addCookies(cookies)
  await page.goto(`${world.url}/console/instances/${instance.id}`)
  await page.locator('.big-steps').waitFor()
  await settled(page)
  await picture(page, `line-${suffix}`)
  for (const details of await page.locator('.passkey summary').all()) await details.click()
  await picture(page, `line-all-${suffix}`)
  await page.locator('.passkey .choices label').nth(1).click()
  await picture(page, `extension-${suffix}`)
  await extensionPicture({ context, page, suffix })
}

/** As the extension shows it, whose scripts are run here in its place. */
async function extensionPicture({ context, page, suffix }: Visit): Promise<void> {
  const address = (await page.locator('.big-steps a.filled').getAttribute('href')) ?? ''
  await showWhatsAppWeb(context)
  const tab = await context.newPage()
  for (const name of ['sign', 'link'])
    await tab.addInitScript({ path: `${import.meta.dirname}/../extension/${name}.js` })
  await tab.goto(address)
  await tab.getByRole('dialog').waitFor()
  await tab.screenshot({ path: join(directory, `whatsapp-web-${suffix}.png`) })
  await tab.close()
}

async function phonePictures({ page, suffix }: Visit, { phone }: Asked): Promise<void> {
  const phones = `${simulator.controlUrl}/phones`
  await page.goto(`${phones}#sign=AAAA`)
  await page.locator('.phone-card').first().waitFor()
  await picture(page, `phones-sign-${suffix}`)
  await page.goto(`${phones}/${phone.phone}#linked`)
  await page.locator('.link-form').first().waitFor()
  await settled(page)
  await picture(page, `phone-${suffix}`)
}

async function picturesOf(
  { context, page, suffix }: Visit,
  cookies: readonly Cookie[],
  { instance }: Asked,
  name: string,
): Promise<void> {
  await context.addCookies(cookies)
  await page.goto(`${world.url}/console/instances/${instance.id}`)
  await page.locator('.passkey, .passkey__failure').first().waitFor()
  await settled(page)
  await picture(page, `${name}-${suffix}`)
}

async function settled(page: Page): Promise<void> {
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(300)
}

async function picture(page: Page, name: string): Promise<void> {
  // What sticks to the top of the window would stand in the middle of the picture.
  await page.evaluate('scrollTo(0, 0)')
  await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true })
}
