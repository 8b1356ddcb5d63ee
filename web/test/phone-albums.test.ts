/** Pictures and videos in a row are one album that opens, quotes jump into it, and carousels scroll. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/src/simulator.js'
import { Lab } from '../../simulator/test/support/lab.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { carouselOf, sendProto, uploadedImage } from './kind-world.js'
import { PhoneVisitor } from './phone-visitor.js'
import { MARIA, type PhoneWorld, phoneWorld, SHOP } from './phone-world.js'

let browser: Browser
let lab: Lab
let world: PhoneWorld
let visitor: PhoneVisitor

beforeAll(async () => {
  lab = new Lab(await startSimulator())
  ;[browser, world] = await Promise.all([openBrowser(), phoneWorld(lab)])
  visitor = new PhoneVisitor(browser, lab.simulator.controlUrl)
})

afterAll(async () => {
  await browser.close()
  await lab.close()
  lab.expectNothingUnexpected()
})

const chat = async (): Promise<Page> =>
  visitor.open(await visitor.look(), `/phones/${MARIA}#chat/${SHOP}`)

async function pictureOf(background: string): Promise<Buffer> {
  return sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

test('six in a row are one album, whose video plays and whose pictures answer', async () => {
  const { shop, maria } = world
  const video = readFileSync(new URL('../../gateway/test/media/video.mp4', import.meta.url))
  const posts = [
    ...(await Promise.all(['teal', 'orange', 'purple', 'crimson', 'navy'].map(pictureOf))).map(
      (data) => ({ image: { data, mimetype: 'image/jpeg' } }),
    ),
    { video: { data: video, mimetype: 'video/mp4' } },
  ]
  const ids: string[] = []
  for (const post of posts) {
    const { id } = await shop.post(MARIA, post)
    ids.push(id)
    await maria.untilMessage((message) => message.id === id)
  }
  await using page = await chat()
  const album = page.locator('.album')
  await album.waitFor()
  await expect.poll(() => page.locator('.album__tile').count()).toBe(4)
  await album.locator('[data-more="+2"]').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  const folder = process.env['RECADO_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: join(folder, 'album.png') })

  await page.getByRole('button', { name: 'Open 1 of 6' }).click()
  const sheet = page.getByRole('dialog', { name: '6 photos and videos' })
  await expect.poll(() => sheet.locator('.bubble__image').count()).toBe(5)
  const player = sheet.locator('video[controls]')
  await player.evaluate(async (element: HTMLVideoElement) => {
    element.muted = true
    await element.play()
  })
  await expect
    .poll(() => player.evaluate((element: HTMLVideoElement) => element.currentTime))
    .toBeGreaterThan(0)
  if (folder !== undefined) await page.screenshot({ path: join(folder, 'album-open.png') })
  await sheet.getByRole('button', { name: 'Close' }).click()

  await maria.post(SHOP, { text: 'Esta!' }, ids[4])
  await page.locator('.bubble__quote').click()
  await page.locator(`.row--found[data-holds~="${ids[4]}"]`).waitFor()
})

test('a picture with words stands alone, and three are no album', async () => {
  const { shop, maria } = world
  const data = await pictureOf('green')
  await shop.post(MARIA, { text: 'Antes' })
  for (const caption of [undefined, undefined, undefined, 'Com legenda']) {
    const { id } = await shop.post(MARIA, { image: { data, mimetype: 'image/jpeg', caption } })
    await maria.untilMessage((message) => message.id === id)
  }
  await using page = await chat()
  await page.locator('.log').getByText('Com legenda').waitFor()
  await expect.poll(() => page.locator('.album').count()).toBe(1)
  await expect.poll(() => page.locator('.log .row > .bubble .bubble__image').count()).toBe(4)
})

test('the cards of a carousel scroll by the keyboard', async () => {
  const image = await uploadedImage(world, await pictureOf('gold'))
  await sendProto(world, carouselOf(image), 'mixed')
  await using page = await chat()
  const cards = page.locator('.bubble__carousel').last()
  const left = () => cards.evaluate(({ scrollLeft }) => scrollLeft)
  await cards.focus()
  const before = await left()
  await page.keyboard.press('ArrowRight')
  await expect.poll(left).toBeGreaterThan(before + 50)
})

test('the page made no error in all of this', () => {
  expect(visitor.complaints).toEqual([])
})
