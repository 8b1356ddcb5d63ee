/** Sending by hand, from the console's form to the phone. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import type { PhoneMessage } from '../../simulator/src/model.js'
import { drawnPicture } from '../tool/pictures.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'
import { ConsoleVisits, enterConsole, newVisitor, phone as small } from './console-visitor.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext
let instance: SandboxInstance
let picture: Buffer

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  visits = new ConsoleVisits(world.url)
  instance = await world.client.createInstance('Loja')
  const shop = await world.simulator.addPhone({ phone: '5511977770001', name: 'Loja' })
  await pair(world.client, instance, shop)
  const members = [world.recipient.phone, shop.phone]
  world.simulator.addGroup({ subject: 'Turma', members })
  const drawing = '<text x="160" y="110" font-size="48">Loja</text>'
  picture = await drawnPicture(browser, 'png', { width: 320, height: 200, drawing })
  context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

/** The form of one kind, with Maria as the recipient. */
async function formOf(kind: string, by = context): Promise<Page> {
  const page = await visits.open(`instances/${instance.id}/send`, by)
  await page.getByLabel('What to send').selectOption({ label: kind })
  await page.getByLabel('To', { exact: true }).fill(world.recipient.phone)
  return page
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('It is queued.').waitFor()
}

function onPhone(said: string): Promise<PhoneMessage> {
  return world.recipient.untilMessage(({ text }) => text.includes(said))
}

const file = () => ({ name: 'loja.png', mimeType: 'image/png', buffer: picture })

test('a code is sent, and its status goes on by itself while the page is open', async () => {
  const page = await formOf('Code with a copy button')
  await page.getByLabel('Text', { exact: true }).fill('Seu código de acesso')
  await page.getByLabel('Code', { exact: true }).fill('482913')
  await page.locator('.preview').getByText('Seu código de acesso').waitFor()
  await send(page)
  const shown = await onPhone('Seu código de acesso')
  expect(shown.buttons).toMatchObject([{ code: '482913' }])
  await page.locator('.call-result').getByText('Delivered').waitFor()
  await world.recipient.read(shown.id)
  await page.locator('.call-result').getByText('Read', { exact: true }).waitFor()
  await page.close()
})

test('a text is sent with the keyboard alone', async () => {
  const page = await formOf('Text')
  await page.getByLabel('To', { exact: true }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Escrito *à mão*')
  await page.locator('.preview strong', { hasText: 'à mão' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('It is queued.').waitFor()
  expect(await onPhone('Escrito')).toMatchObject({ view: { kind: 'text' } })
  await page.close()
})

test('an image that is chosen as a file is previewed, and arrives', async () => {
  const page = await formOf('Image')
  await page.getByLabel('Choose a file: Image').setInputFiles(file())
  await page.getByLabel('Caption (optional)', { exact: true }).fill('A fachada')
  await page.locator('.preview').getByRole('img', { name: 'Photo' }).waitFor()
  await expect
    .poll(() => page.getByLabel('Image', { exact: true }).inputValue())
    .toContain('loja.png')
  await send(page)
  const { view } = await onPhone('A fachada')
  expect(view.parts).toMatchObject([{ form: 'image', width: 320, height: 200 }, { type: 'text' }])
  await page.close()
})

test('a carousel is put together card by card, and looks on the phone as in the preview', async () => {
  const page = await formOf('Carousel')
  await page.getByLabel('Text', { exact: true }).first().fill('Ofertas da semana')
  const card = (number: number) => page.getByRole('group', { name: `Card ${number}` })
  await page.getByRole('button', { name: 'Add Card 2' }).click()
  for (const [number, name] of [
    [1, 'Caneca'],
    [2, 'Camiseta'],
  ] as const) {
    await card(number).getByLabel('Text', { exact: true }).fill(name)
    await card(number).getByLabel('Choose a file: Image').setInputFiles(file())
    await card(number).getByRole('button', { name: 'Add Button 1' }).click()
    await card(number).getByLabel('Type').selectOption({ label: 'Answers' })
    await card(number).getByLabel('Label').fill(`Quero ${name}`)
    await card(number).getByLabel('Address').waitFor({ state: 'detached' })
  }
  await page.locator('.preview').getByRole('button', { name: 'Quero Camiseta' }).waitFor()
  await send(page)
  const { view } = await onPhone('Ofertas da semana')
  expect(view.kind).toBe('carousel')
  expect(view.parts[1]).toMatchObject({
    cards: [{ parts: [{ form: 'image' }, { text: 'Caneca' }, {}] }, { parts: [{}, {}, {}] }],
  })
  await page.close()
})

test('a group is among the chats to choose from, and gets a poll', async () => {
  const page = await formOf('Poll')
  const option = page.locator('datalist option', { hasText: 'Turma' })
  await option.waitFor({ state: 'attached' })
  const chat = (await option.getAttribute('value')) ?? ''
  expect(chat).toContain('-group')
  await page.getByLabel('To', { exact: true }).fill(chat)
  await page.getByLabel('Text', { exact: true }).fill('Que dia?')
  await page.getByLabel('Option 1', { exact: true }).fill('Sexta')
  await page.getByLabel('Option 2', { exact: true }).fill('Sábado')
  await page
    .locator('.preview')
    .getByRole('button', { name: /Sábado/u })
    .waitFor()
  await send(page)
  const shown = await world.recipient.untilMessage(({ view }) => view.kind === 'poll')
  expect(shown.chat).toContain('@g.us')
  await page.close()
})

test('what the gateway refuses is said at the field, which gets the focus', async () => {
  const page = await formOf('Buttons that act')
  await page.getByRole('button', { name: 'Fill in the example' }).click()
  await page.getByRole('group', { name: 'Button 2' }).getByLabel('Address').fill('ftp://loja')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const wrong = page.getByRole('group', { name: 'Button 2' }).getByLabel('Address')
  await page.getByText('buttonActions.1.url must begin with https:// or http://').waitFor()
  await page.waitForFunction("document.activeElement?.name === 'buttonActions.1.url'")
  await wrong.and(page.locator('[aria-invalid=true]')).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.close()
})

test('on a small screen no form is wider than it, in English and in Portuguese', async () => {
  const visitor = await newVisitor(browser, small)
  await visitor.addCookies(await context.cookies())
  // Pictures of the examples.
  await visitor.route(/example\.com/u, (route) => route.abort())
  const page = await visitor.newPage()
  await page.goto(`${world.url}/console/instances/${instance.id}/send`)
  for (const language of ['English', 'Português']) {
    if (language === 'Português') await page.getByRole('button', { name: language }).click()
    const choice = page.locator('.call-choice')
    await choice.waitFor()
    const calls = await choice
      .locator('option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''))
    expect(calls.length).toBeGreaterThan(35)
    for (const call of calls) {
      await choice.selectOption(call)
      // In one step: between two, the form of the call before may still go.
      await page
        .getByRole('button', { name: /^(?:Fill in|Preencher)/u })
        .evaluateAll((buttons) => (buttons[0] as { click?(): void } | undefined)?.click?.())
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect([call, wide]).toEqual([call, 0])
    }
  }
  await page.locator('.call-choice').selectOption('POST /send-carousel')
  await page.getByRole('group', { name: 'Cartão 1' }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await visitor.close()
})

test('any other call of the instance is made, and its answer shown', async () => {
  const page = await visits.open(`instances/${instance.id}/send`, context)
  await page.getByText('Other calls').click()
  await page.getByLabel('Call', { exact: true }).selectOption('GET /phone-exists/:phone')
  await page.getByLabel('To', { exact: true }).fill(world.recipient.phone)
  await page.getByRole('button', { name: 'Make the call' }).click()
  const answer = page.getByLabel('Answer')
  await expect.poll(() => answer.textContent()).toContain('"exists": true')
  await page.close()
})

test('the pages made no error and asked only the gateway', () => {
  expect(visits.complaints).toEqual([])
})
