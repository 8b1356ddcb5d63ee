/**
 * Takes a picture of every kind of message on the virtual phone, in both themes, both languages, on a phone and
 * on a desktop: `npm run screenshots:kinds [directory]`.
 */

import { join } from 'node:path'
import { startSimulator } from '../../simulator/src/simulator.js'
import { openBrowser } from '../test/browser.js'
import {
  actionButtons,
  carouselOf,
  longText,
  optionList,
  order,
  pixKey,
  replyButtons,
  sendContent,
  sendProto,
  toneWav,
  uploadedImage,
} from '../test/kind-world.js'
import { MARIA, type PhoneWorld, phoneWorld, SHOP } from '../test/phone-world.js'
import { openStage } from './stage.js'
import { drawnPicture, inEveryLook, pictureDirectory } from './pictures.js'

const directory = await pictureDirectory('recado-kind-screenshots')
const simulator = await startSimulator()
const stage = openStage(simulator)
const browser = await openBrowser()
try {
  const world = await phoneWorld(stage)
  const kinds = await everyKind(world)
  await inEveryLook(
    browser,
    () => 'pt-BR',
    async ({ page, suffix }) => {
      await page.goto(`${simulator.controlUrl}/phones/${MARIA}#chat/${SHOP}`)
      await page.locator('.bubble').last().waitFor()
      for (const [name, id] of kinds) {
        await page.locator(`[data-key="${id}"]`).scrollIntoViewIfNeeded()
        await page
          .locator(`[data-key="${id}"]`)
          .evaluate((row) => row.scrollIntoView({ block: 'start' }))
        await page.screenshot({ path: join(directory, `${name}-${suffix}.png`) })
      }
      await page.getByRole('button', { name: 'Ver opções' }).click()
      await page.screenshot({ path: join(directory, `list-open-${suffix}.png`) })
      await page.keyboard.press('Escape')
      await page.locator('.composer__clip').click()
      await page.screenshot({ path: join(directory, `attach-${suffix}.png`) })
      await page.keyboard.press('Escape')
      await page.locator('.inspect--menu').last().click({ force: true })
      await page.screenshot({ path: join(directory, `menu-${suffix}.png`) })
      await page.keyboard.press('Escape')
    },
  )
  process.stdout.write(`${directory}\n`)
} finally {
  await browser.close()
  await stage.end()
  await simulator[Symbol.asyncDispose]()
}

type Note = (name: string, id: string | null | undefined) => void

/** The ids of the messages at which a picture is taken. */
async function everyKind(world: PhoneWorld): Promise<readonly (readonly [string, string])[]> {
  const image = await picture('Loja Exemplo')
  const shown: [string, string][] = []
  const note: Note = (name, id) => void shown.push([name, id ?? ''])
  const first = await sendFiles(world, image, note)
  await sendCards(world, image, note)
  await sendChanges(world, first, image, note)
  return shown
}

/** Gives the first message, for an answer to it. */
async function sendFiles(world: PhoneWorld, image: Buffer, note: Note) {
  const first = await sendContent(world, {
    image,
    caption: 'Nossa *nova* loja',
    width: 640,
    height: 400,
    jpegThumbnail: '',
  })
  note('image', first.key.id)
  await sendContent(world, { audio: toneWav(), mimetype: 'audio/wav', seconds: 1 })
  const waveform = Uint8Array.from(
    { length: 64 },
    (_, at) => 20 + Math.round(70 * Math.abs(Math.sin(at / 4))),
  )
  const spoken = {
    audio: toneWav(),
    ptt: true,
    mimetype: 'audio/ogg; codecs=opus',
    seconds: 1,
    waveform,
  }
  const voice = await sendContent(world, spoken)
  note('voice', voice.key.id)
  await sendContent(world, {
    document: Buffer.from('%PDF-1.4'),
    fileName: 'nota-fiscal-1024.pdf',
    mimetype: 'application/pdf',
    caption: 'Sua nota',
  })
  const sticker = await sendContent(world, { sticker: image, mimetype: 'image/webp' })
  note('sticker', sticker.key.id)
  const video = await sendContent(world, {
    video: Buffer.from('no video'),
    caption: 'Um vídeo que não abre',
    jpegThumbnail: '',
  })
  note('video-broken', video.key.id)
  return first
}

async function sendCards(world: PhoneWorld, image: Buffer, note: Note): Promise<void> {
  const { maria } = world
  const place = await sendContent(world, {
    location: {
      degreesLatitude: -23.5614,
      degreesLongitude: -46.656,
      name: 'MASP',
      address: 'Av. Paulista, 1578',
    },
  })
  note('location', place.key.id)
  const vcard =
    'BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nORG:Padaria\nTEL;waid=5511999990003:+55 11 99999-0003\nEND:VCARD'
  await sendContent(world, { contacts: { contacts: [{ displayName: 'Ana', vcard }] } })
  const poll = await sendContent(world, {
    poll: {
      name: 'Qual dia é melhor?',
      values: ['Sexta', 'Sábado', 'Domingo'],
      selectableCount: 1,
    },
  })
  await maria.act(poll.key.id ?? '', { act: 'vote', options: ['Sábado'] })
  note('poll', poll.key.id)
  const event = await sendContent(world, {
    event: {
      name: 'Festa de inauguração',
      description: 'Traga a família',
      startDate: new Date('2026-12-05T18:00:00Z'),
      location: { name: 'Loja Exemplo' },
    },
  })
  await maria.act(event.key.id ?? '', { act: 'answer', answer: 'going' })
  note('event', event.key.id)
  note('reply-buttons', await sendProto(world, replyButtons, 'mixed'))
  note('action-buttons', await sendProto(world, actionButtons, 'mixed'))
  note('list', await sendProto(world, optionList, 'list'))
  note('carousel', await sendProto(world, carouselOf(await uploadedImage(world, image)), 'mixed'))
  note('pix', await sendProto(world, pixKey, 'pix'))
  note('order', await sendProto(world, order, 'order'))
}

async function sendChanges(
  world: PhoneWorld,
  first: Awaited<ReturnType<typeof sendFiles>>,
  image: Buffer,
  note: Note,
): Promise<void> {
  const { maria } = world
  note('long', (await sendContent(world, { text: longText, linkPreview: null })).key.id)
  const answered = await sendContent(
    world,
    { text: 'Esta foto é da nova loja', linkPreview: null },
    first,
  )
  await maria.act(answered.key.id ?? '', { act: 'reaction', text: '❤️' })
  const own = await maria.send(SHOP, 'Que bonita')
  await maria.act(own.id, { act: 'edit', text: 'Que bonita!' })
  const gone = await sendContent(world, { text: 'Enganei-me', linkPreview: null })
  await world.client.socket.sendMessage(`${maria.lid}@lid`, { delete: gone.key })
  await maria.untilMessage(({ id, state }) => id === gone.key.id && state.deletedBy !== undefined)
  await sendProto(world, {
    imageMessage: { ...(await uploadedImage(world, image)), viewOnce: true },
  })
  note('end', await sendProto(world, { callLogMesssage: { durationSecs: 3 } }))
}

function picture(text: string): Promise<Buffer> {
  return drawnPicture(browser, 'jpeg', {
    width: 640,
    height: 400,
    drawing: `<circle cx="320" cy="160" r="90"/><text x="320" y="340" font-size="42">${text}</text>`,
  })
}
