/**
 * Takes a picture of every page of the console with 50 instances and 100,000 messages, in both themes, on a
 * desktop and on a phone: `npx tsx web/tool/volume-screenshots.ts [directory] [parts of pictures' names, with commas]
 * [URL of an empty PostgreSQL]`. The dark ones are in Portuguese. With PostgreSQL there is a page of nodes, too.
 *
 * A page that is higher than `pieceHeight` is drawn in pieces. What axe finds serious, and a page that is wider than its screen, is printed.
 */

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { seriousFaults } from '../test/accessibility.js'
import { openBrowser, prepared } from '../test/browser.js'
import { enterConsole } from '../test/console-visitor.js'
import { inEveryLook, pictureDirectory, sizes } from './pictures.js'
import { firstChat } from './volume-chats.js'
import { addPeople } from './volume-people.js'
import { openVolumeWorld, type VolumeWorld } from './volume-world.js'

const pieceHeight = 2_600

interface Place {
  readonly name: string
  readonly path: string
  /** Shown once the page is. */
  readonly wanted: string
  readonly act?: (page: Page) => Promise<void>
}

const directory = await pictureDirectory('recado-volume-screenshots')
const [, , , only = '', database] = process.argv
await using world = await openVolumeWorld(database)
const browser = await openBrowser()
try {
  const first = await browser.newPage({ viewport: sizes.desktop, locale: 'en-GB' })
  await first.goto(`${world.url}/console/`)
  await first.getByLabel('Set-up code').waitFor()
  await enterConsole(first, world.setupCode)
  const cookies = await first.context().cookies()
  const invitation = await addPeople(first.context().request, world.url)
  const nodes: Place = { name: 'nodes', path: 'nodes', wanted: 'main tbody' }
  const places = [...ofAll(world), ...ofNumber(world), ...(database === undefined ? [] : [nodes])]
  await inEveryLook(
    browser,
    ({ theme }) => (theme === 'dark' ? 'pt-BR' : 'en-GB'),
    async ({ context, page, suffix }) => {
      await prepared(context)
      const isWanted = (name: string): boolean =>
        only.split(',').some((part) => `${name}-${suffix}`.includes(part))
      if (isWanted('invitation')) {
        await page.goto(invitation)
        await page.locator('form').waitFor()
        await picture(page, `invitation-${suffix}`)
      }
      await context.addCookies(cookies)
      for (const { name, path, wanted, act } of places.filter((each) => isWanted(each.name))) {
        await page.goto(`${world.url}/console/${path}`)
        await page.locator(wanted).first().waitFor()
        await act?.(page)
        await page.locator('.skeleton').first().waitFor({ state: 'detached' })
        await picture(page, `${name}-${suffix}`)
      }
    },
  )
  process.stdout.write(`${directory}\n`)
} finally {
  await browser.close()
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
  for (const fault of await seriousFaults(page)) process.stdout.write(`${name}: ${fault}\n`)
  const [width = 0, height = 0, shown = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.scrollHeight, innerWidth]',
  )
  if (width > shown) process.stdout.write(`${name}: ${width} px wide\n`)
  for (let top = 0; top < height; top += pieceHeight) {
    const clip = { x: 0, y: top, width: shown, height: Math.min(height - top, pieceHeight) }
    const piece = top === 0 ? '' : `-${top / pieceHeight + 1}`
    await page.screenshot({ path: join(directory, `${name}${piece}.png`), fullPage: true, clip })
  }
}

function opensFirst(wanted: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.locator('.row-link').first().click()
    await page.locator(wanted).waitFor()
  }
}

function presses(button: string, wanted: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.locator(button).first().click()
    await page.locator(wanted).first().waitFor()
  }
}

function ofAll({ pool }: VolumeWorld): readonly Place[] {
  return [
    { name: 'home', path: '', wanted: '.row-link' },
    { name: 'home-down', path: '?show=down', wanted: '.row-link' },
    {
      name: 'new-instance',
      path: '',
      wanted: '.row-link',
      act: presses('.title-row button', '[name=name]'),
    },
    { name: 'found', path: 'messages', wanted: '.row-link' },
    {
      name: 'found-filtered',
      path: 'messages?status=failed&reason=image-failed&priority=high',
      wanted: 'main .row-link, main .empty',
    },
    { name: 'found-none', path: 'messages?text=cannot+be+found', wanted: 'main .empty' },
    { name: 'pools', path: 'pools', wanted: '.row-link' },
    { name: 'pool', path: `pools/${pool}`, wanted: 'main tbody' },
    {
      name: 'pool-remove',
      path: `pools/${pool}`,
      wanted: 'main tbody',
      act: presses('.column-action button', '.guarded'),
    },
    { name: 'alerts', path: 'alerts', wanted: 'main form' },
    { name: 'refused', path: 'refused', wanted: 'main tbody' },
    { name: 'trail', path: 'trail', wanted: 'main tbody' },
    { name: 'people', path: 'people', wanted: 'main form' },
    {
      name: 'new-key',
      path: 'people',
      wanted: 'main form',
      act: presses('main .card button.filled', 'fieldset'),
    },
    { name: 'account', path: 'account', wanted: '.sessions' },
  ]
}

function of({ id }: { readonly id: string }, tab = ''): string {
  return `instances/${id}${tab}`
}

function ofNumber({ busy, restricted, banned, unlinked, gone }: VolumeWorld): readonly Place[] {
  return [
    { name: 'overview', path: of(busy), wanted: '.card' },
    { name: 'send', path: of(busy, '/send'), wanted: '.bubble' },
    { name: 'messages', path: of(busy, '/messages'), wanted: '.row-link' },
    {
      name: 'message',
      path: of(busy, '/messages?show=failed'),
      wanted: '.row-link',
      act: opensFirst('.timeline'),
    },
    { name: 'chats', path: of(busy, '/chats'), wanted: '.row-link' },
    { name: 'chats-found', path: of(busy, '/chats?search=99'), wanted: '.row-link, main .empty' },
    {
      name: 'conversation',
      path: of(busy, `/chats/${firstChat}`),
      wanted: '.conversation__log li',
    },
    { name: 'callbacks', path: of(busy, '/callbacks'), wanted: '.receivers' },
    {
      name: 'callback',
      path: of(busy, '/callbacks'),
      wanted: '.row-link',
      act: opensFirst('.facts'),
    },
    { name: 'settings', path: of(busy, '/settings'), wanted: 'main form' },
    { name: 'health', path: of(busy, '/health'), wanted: '.plot' },
    { name: 'restricted', path: of(restricted), wanted: '.banner' },
    { name: 'banned', path: of(banned), wanted: '.card' },
    { name: 'banned-messages', path: of(banned, '/messages'), wanted: '.banner' },
    { name: 'unlinked', path: of(unlinked), wanted: '.card' },
    { name: 'queue', path: of(unlinked, '/queue'), wanted: 'main tbody' },
    {
      name: 'queue-found',
      path: of(unlinked, '/queue?text=77'),
      wanted: 'main tbody, main .empty',
    },
    { name: 'gone-callbacks', path: of(gone, '/callbacks'), wanted: '.receivers' },
  ]
}
