/**
 * The console's preview of every kind shows what a phone shows of the message: each example is sent by a real
 * gateway to a phone of the simulator, and what is drawn there is compared.
 */

import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { newsletterExample } from '../../gateway/src/zapi/newsletters/newsletter-attributes.js'
import { describedCalls } from '../../gateway/src/zapi/instance-calls.js'
import { bodyOf, exampleValues } from '../console/send/draft.js'
import { viewOf } from '../console/send/preview/views.js'
import type { JsonObject } from '../console/send/values.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

/** One pixel. */
const png =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

const media = new URL('../../gateway/test/media/', import.meta.url)

async function dataUri(type: string, name: string): Promise<string> {
  return `data:${type};base64,${await readFile(new URL(name, media), 'base64')}`
}

/** In place of the addresses of examples, which lead nowhere. */
const files: Readonly<Record<string, () => Promise<string>>> = {
  video: () => dataUri('video/mp4', 'video.mp4'),
  gif: () => dataUri('video/mp4', 'video.mp4'),
  ptv: () => dataUri('video/mp4', 'video.mp4'),
  audio: () => dataUri('audio/ogg', 'voice.ogg'),
  image: async () => png,
  sticker: async () => png,
  document: async () => 'data:application/pdf;base64,JVBERi0=',
}

async function withFilesFrom(json: JsonObject): Promise<JsonObject> {
  const entries = Object.entries(json).map(async ([name, value]) => {
    const file = files[name]
    if (typeof value === 'string' && file !== undefined && value.startsWith('http'))
      return [name, await file()] as const
    if (name !== 'carousel' || !Array.isArray(value)) return [name, value] as const
    return [name, await Promise.all(value.map((card: JsonObject) => withFilesFrom(card)))] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** What only the file itself tells, and ids that are drawn. */
const unknownBefore: ReadonlySet<string> = new Set([
  'file',
  'mimetype',
  'width',
  'height',
  'seconds',
  'byteLength',
  'pages',
  'thumbnail',
  'waveform',
  'reference',
  'callUrl',
])

function comparable(parts: unknown): unknown {
  return JSON.parse(
    JSON.stringify(parts, (name, value: unknown) => {
      if (unknownBefore.has(name)) return undefined
      const isInvite = Object(value).type === 'invite'
      return isInvite ? { ...Object(value), name: undefined, expiresAt: undefined } : value
    }),
  )
}

/** Their examples name messages that are not there. */
const aboutOthers = ['/send-edit-event', '/order-status-update', '/order-payment-update']

const previewed = describedCalls.filter(
  ({ path, method }) => method === 'POST' && viewOf(path, {}) && !aboutOthers.includes(path),
)

let world: ConsoleWorld
let instance: SandboxInstance
/** Of `instance`. */
let channel: string

beforeAll(async () => {
  world = await openConsoleWorld()
  instance = await world.client.createInstance('Loja')
  const phone = await world.simulator.addPhone({ phone: '5511977770001', name: 'Loja' })
  await pair(world.client, instance, phone)
  const { id } = (await world.client.onInstance(instance, 'POST', 'create-newsletter', {
    name: 'Ofertas',
  })) as { id: string }
  channel = id
})

afterAll(() => world[Symbol.asyncDispose]())

/** Beside the examples. */
const otherValues: Readonly<Record<string, object>> = {
  '/send-option-list': {
    message: 'Qual time?',
    optionList: {
      title: 'Times',
      buttonLabel: 'Ver',
      options: [
        { title: 'Todos' },
        { title: 'Vendas', rows: [{ title: 'Loja' }, { title: 'Site', description: 'Só online' }] },
        { title: 'Suporte', rows: [{ id: 's', title: 'Troca' }] },
        { title: 'Nenhum' },
      ],
    },
  },
}

const tried = previewed.flatMap((call) => {
  const values = exampleValues(call)
  if (values === undefined) throw new Error(`${call.path} has no example`)
  const more = otherValues[call.path]
  const example = { name: call.path, call, values }
  return more
    ? [example, { name: `${call.path}, other`, call, values: more as typeof values }]
    : [example]
})

describe.each(tried)('$name', ({ call, values }) => {
  test('is previewed as the phone shows it', async () => {
    const { phone } = world.recipient
    const written = JSON.stringify({ ...bodyOf(call, values), phone })
    const body = await withFilesFrom(JSON.parse(written.replaceAll(newsletterExample, channel)))
    const preview = viewOf(call.path, body)
    const action = call.path.slice(1).replace('/:extension', '')
    const { messageId } = (await world.client.onInstance(instance, 'POST', action, body)) as {
      messageId: string
    }
    const { view } = await world.recipient.untilMessage(({ id }) => id === messageId)
    const said = { kind: view.kind, parts: comparable(view.parts) }
    // The code of `otp/start` is made by the gateway.
    const [made] = view.parts.flatMap((part) => (part.type === 'buttons' ? part.buttons : []))
    const code = call.path === '/otp/start' && made?.kind === 'copy' ? made.code : '123456'
    const shown = { kind: preview?.kind, parts: comparable(preview?.parts) }
    expect(shown).toEqual(JSON.parse(JSON.stringify(said).replaceAll(code, '123456')))
  })
})
