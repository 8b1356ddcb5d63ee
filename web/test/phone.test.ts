/** The virtual phone in a real browser, written to by an unmodified client. */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { proto } from 'baileys'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/src/simulator.js'
import { Lab } from '../../simulator/test/support/lab.js'
import { seriousFaults } from './accessibility.js'
import { openBrowser } from './browser.js'
import { firstPaintMs } from './first-paint.js'
import { shiftsOf } from './layout-shifts.js'
import { type Look, PhoneVisitor } from './phone-visitor.js'
import { MARIA, type PhoneWorld, phoneWorld, sendCode, sendText, SHOP } from './phone-world.js'

const built = fileURLToPath(new URL('../dist/phone/', import.meta.url))
const { READ } = proto.WebMessageInfo.Status

/** 64 by 32 pixels of one green. */
const smallJpeg = Buffer.from(
  [
    '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9',
    'lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8',
    'fHx8fHx8fHz/wAARCAAgAEADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAA',
    'AAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAEF/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8A',
    'iArAAAAAAAAAAAAAAAf/2Q==',
  ].join(''),
  'base64',
)

let browser: Browser
let world: PhoneWorld
let lab: Lab
let origin: string
let visitor: PhoneVisitor

beforeAll(async () => {
  lab = new Lab(await startSimulator())
  ;[browser, world] = await Promise.all([openBrowser(), phoneWorld(lab)])
  origin = lab.simulator.controlUrl
  visitor = new PhoneVisitor(browser, origin)
})

afterAll(async () => {
  await browser.close()
  await lab.close()
  lab.expectNothingUnexpected()
})

function look(how: Look = {}): Promise<BrowserContext> {
  return visitor.look(how)
}

function open(context: BrowserContext, path: string): Promise<Page> {
  return visitor.open(context, path)
}

async function topOf(row: Locator): Promise<number> {
  return (await row.boundingBox())?.y ?? 0
}

const chatWith = (number: string): string => `#chat/${number}`

describe('a message', () => {
  test('appears without a reload, is read when its chat is opened, and its ticks turn blue', async () => {
    const context = await look()
    await using page = await open(context, `/phones/${MARIA}`)
    await page.getByText('Maria Souza').waitFor()
    const id = await sendText(world, 'Olá, *Maria*')
    const row = page.getByRole('link', { name: /Loja Exemplo/ })
    await row.getByText('Olá, Maria').waitFor()
    await row.getByText('1 unread message').waitFor({ state: 'attached' })

    await using shop = await open(context, `/phones/${SHOP}${chatWith(MARIA)}`)
    await shop.locator('.bubble__meta--delivered').last().waitFor()
    await row.click()
    await page.getByRole('log').getByText('Maria', { exact: true }).waitFor()
    await world.client.untilStatus(id, READ)
    await shop.locator('.bubble__meta--read').last().waitFor()
    await page.goBack()
    await row.waitFor()
    await row.getByText('unread').waitFor({ state: 'detached' })
    expect(await seriousFaults(page)).toEqual([])
  })

  test('gives its code to the clipboard, says so, and sends nothing', async () => {
    const context = await look({ language: 'pt-BR', theme: 'dark' })
    await using page = await open(context, `/phones/${MARIA}${chatWith(SHOP)}`)
    await sendCode(world, { text: 'Seu código é *482913*', code: '482913', image: smallJpeg })
    const stanzas: string[] = []
    const listen = ({ stanza }: { stanza: { tag: string } }): void => void stanzas.push(stanza.tag)
    const picture = page.getByRole('img', { name: 'Foto' })
    await picture.waitFor()
    expect(
      await picture.evaluate(async (shown: HTMLImageElement) => {
        await shown.decode()
        return shown.naturalWidth
      }),
    ).toBe(64)

    const draft = page.getByRole('textbox')
    await draft.fill('um\ndois\ntrês')
    lab.simulator.network.on('stanza', listen)
    await page.getByRole('button', { name: 'Copiar código' }).click()
    const toast = page.getByText('Código copiado')
    await toast.waitFor()
    const [said, written] = [await toast.boundingBox(), await draft.boundingBox()]
    expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThan(written?.y ?? 0)
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('482913')
    await world.client.roundTrip()
    lab.simulator.network.off('stanza', listen)
    expect(stanzas).toEqual([])
    expect(await seriousFaults(page)).toEqual([])
  })

  test('that Web does not load is drawn so, and the panel says why', async () => {
    const context = await look({ desktop: true })
    await using page = await open(context, `/phones/${MARIA}${chatWith(SHOP)}`)
    await sendCode(world, { text: 'Código *771204*', code: '771204', withoutVersion: true })
    const last = page
      .getByRole('listitem')
      .filter({ has: page.locator('.bubble') })
      .last()
    await last.getByText('771204').waitFor()
    await page.getByText('Web', { exact: true }).first().click()
    await last.getByText('This message couldn’t load').waitFor()
    await last.getByRole('button', { name: 'Copiar código' }).waitFor({ state: 'detached' })
    await page.getByText('Web: messageVersion is missing').waitFor()
    await page.getByText('nativeFlowMessage').first().waitFor()
    await page.getByText('<message').waitFor()
    expect(await seriousFaults(page)).toEqual([])

    await sendCode(world, { text: 'Código *771205*', code: '771205', bizNodes: 0 })
    await page.getByText('Android', { exact: true }).first().click()
    await page.getByText('Nothing is shown here on this client').waitFor()
    await page.getByText('no <biz> on the received stanza').waitFor()
  })
})

describe('a person', () => {
  test('replies, and sees that the other person types', async () => {
    const context = await look()
    await using page = await open(context, `/phones/${MARIA}${chatWith(SHOP)}`)
    const field = page.getByRole('textbox', { name: 'Message' })
    await field.fill('Obrigada!')
    await field.press('Enter')
    await world.client.untilReceived('Obrigada!')
    await page.getByRole('log').getByText('Obrigada!').waitFor()
    await expect.poll(() => field.inputValue()).toBe('')

    const jid = `${MARIA}@s.whatsapp.net`
    await world.client.socket.sendPresenceUpdate('composing', jid)
    await page.getByText('typing…').waitFor()
    await world.client.socket.sendPresenceUpdate('paused', jid)
    await page.getByText('typing…').waitFor({ state: 'detached' })
  })

  test('turns airplane mode on, and what waited comes afterwards', async () => {
    const context = await look()
    await using page = await open(context, `/phones/${MARIA}`)
    await page.getByRole('button', { name: 'Menu' }).press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('Airplane mode: messages wait').waitFor()
    const id = `3EB0${'0'.repeat(18)}`
    await world.client.socket.relayMessage(
      `${world.maria.lid}@lid`,
      { conversation: 'esperei' },
      { messageId: id },
    )
    await world.client.socket.waitForMessage(id)
    await expect.poll(() => page.getByText('esperei').count()).toBe(0)
    await page.getByRole('button', { name: 'Turn off' }).click()
    await page.getByRole('link', { name: /esperei/ }).waitFor()
  })

  test('links a device with the text of its QR, and logs it out', async () => {
    const context = await look()
    const companion = lab.client()
    const bad = 'nothing that a client shows'
    await using page = await open(context, `/phones/${MARIA}#scan=${encodeURIComponent(bad)}`)
    const refusal = page.getByText('no companion shows this QR now')
    await refusal.waitFor()
    await page.waitForURL(`${origin}/phones/${MARIA}#linked`)
    await expect.poll(() => page.getByRole('textbox').inputValue()).toBe(bad)
    const pasted = page.waitForResponse(/\/scan$/)
    await page.getByRole('textbox').fill('nothing, either')
    await page.getByRole('button', { name: 'Link' }).click()
    expect((await pasted).status()).toBe(409)
    await refusal.waitFor()
    // The one that is shown now: WhatsApp gives a new one each minute, and then each 20 s.
    await page.getByRole('textbox').fill(await companion.until(() => companion.qr))
    await page.getByRole('button', { name: 'Link' }).click()
    await page.getByText('Device linked').waitFor()
    expect(await companion.untilClosed()).toBe(515)
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: /^Log out/ }).click()
    await page.getByText('No device is linked.').waitFor()
  })

  test('adds a phone, opens it, and finds it empty', async () => {
    const context = await look()
    await using page = await open(context, '/phones')
    await page.getByLabel('Number with country code').fill('+55 31 98765-0002')
    await page.getByLabel('Name').fill('Bia')
    await page.getByRole('button', { name: 'Add' }).click()
    const card = page.getByRole('link', { name: /Bia/ })
    await card.waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await card.click()
    await page.getByText('No chats yet').waitFor()
  })

  test('is told that a phone is not there, and can add it', async () => {
    const context = await look()
    await using page = await open(context, '/phones/5511900000001')
    await page.getByText('There is no phone with this number').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Add this phone' }).click()
    await page.getByText('No chats yet').waitFor()
    expect(lab.simulator.phone('5511900000001')?.online).toBe(true)
  })
})

describe('the page', () => {
  test('stands still when live data arrives, on a phone and on a desktop, and paints within a second', async () => {
    const ana = await lab.phone('5511999990003', { name: 'Ana' })
    await ana.send(MARIA, 'a primeira')
    await sendText(world, 'antes disso')
    const [small, wide] = [await look(), await look({ desktop: true })]
    await using chats = await open(small, `/phones/${MARIA}`)
    await using chat = await open(small, `/phones/${MARIA}${chatWith(SHOP)}`)
    await using shop = await open(wide, `/phones/${SHOP}${chatWith(MARIA)}`)
    await using list = await open(wide, '/phones')
    const row = chats.getByRole('link', { name: /^Ana/ })
    await row.getByText('a primeira').waitFor()
    await chat.locator('.bubble').first().waitFor()
    const told = chat.getByRole('log')

    const own = await world.maria.send(SHOP, 'e agora?')
    await shop.getByRole('log').getByText('e agora?').waitFor()
    await chat.locator('.bubble__meta--read').last().waitFor()
    const jid = `${MARIA}@s.whatsapp.net`
    await world.client.socket.sendPresenceUpdate('composing', jid)
    await chat.locator('.bubble--typing').waitFor()
    await world.client.socket.sendPresenceUpdate('paused', jid)
    await chat.locator('.bubble--typing').waitFor({ state: 'detached' })
    await sendCode(world, { text: 'Código *771206*', code: '771206', image: smallJpeg })
    await told.getByText('771206').waitFor()
    await ana.send(MARIA, 'a segunda')
    await row.getByText('a segunda').waitFor()
    await lab.phone('5511999990004', { name: 'Caio' })
    await list.getByRole('link', { name: /Caio/ }).waitFor()
    world.maria.goOffline()
    await chats.getByText('Airplane mode: messages wait').waitFor()
    await chat.getByText('Airplane mode: messages wait').waitFor()
    await world.maria.comeOnline()
    await chat.getByText('Airplane mode').waitFor({ state: 'hidden' })

    expect(own.fromMe).toBe(true)
    expect(await shiftsOf({ chats, chat, shop, list })).toEqual([])
    expect(await firstPaintMs(chat)).toBeLessThan(1000)
  })

  test('brings a chat to the top when a message arrives in it, and finds one by its name', async () => {
    await using page = await open(await look(), `/phones/${MARIA}`)
    const rows = page.getByRole('list', { name: 'Chats' }).getByRole('listitem')
    const shop = rows.filter({ hasText: 'Loja Exemplo' })
    const ana = rows.filter({ hasText: 'Ana' })
    await shop.waitFor()
    await sendText(world, 'de novo')
    await shop.getByText('de novo').waitFor()
    await expect.poll(async () => (await topOf(shop)) < (await topOf(ana))).toBe(true)
    await page.getByRole('searchbox').fill('loja')
    await ana.waitFor({ state: 'detached' })
    await expect.poll(() => rows.count()).toBe(1)
    await page.getByRole('searchbox').fill('ninguém')
    await page.getByText('No chat found').waitFor()
    await page.getByRole('link', { name: 'New chat' }).click()
    await page.getByRole('list', { name: 'Write to' }).getByText('Ana').waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })

  test('has at most 120 kB of script, compressed', async () => {
    const html = await readFile(`${built}index.html`, 'utf8')
    const scripts = [...html.matchAll(/[\w-]+\.js/g)].map(([name]) => name)
    const sizes = await Promise.all(
      scripts.map(async (name) => gzipSync(await readFile(built + name)).length),
    )
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(120_000)
  })

  test('made no error and asked for nothing from elsewhere in all of this', () => {
    expect(visitor.complaints).toEqual([])
  })

  test('goes to browsers only, and may load nothing from elsewhere', async () => {
    const html = await fetch(`${origin}/phones/${MARIA}`, { headers: { accept: 'text/html' } })
    expect(html.headers.get('content-type')).toMatch('text/html')
    const policy = html.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'/)
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/)
    const json = await fetch(`${origin}/phones/${MARIA}`)
    expect(await json.json()).toMatchObject({ phone: MARIA })
    expect((await fetch(`${origin}/phones/assets/index.html`)).status).toBe(404)
    const stranger = await fetch(`${origin}/phones/5511900000009`, {
      headers: { accept: 'text/html' },
    })
    expect(stranger.status).toBe(404)
  })
})
