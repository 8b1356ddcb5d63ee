/** What pages see as it happens, over a real HTTP client that reads a stream. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PhoneChange } from '../src/control-answers.js'
import { type Simulator, startSimulator } from '../src/simulator.js'

const ana = '5511999990001'
const bia = '5531987650002'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator()
  await simulator.addPhone({ phone: ana, name: 'Ana' })
  await simulator.addPhone({ phone: bia, name: 'Bia', business: true })
})

afterAll(async () => {
  await simulator[Symbol.asyncDispose]()
})

interface StreamEvent {
  readonly name: string
  readonly about: unknown
}

/** An open stream. `until` gives the first event from here on that fits. */
class Stream implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<string>
  readonly #abort: AbortController
  #text = ''

  private constructor(response: Response, abort: AbortController) {
    if (response.body === null) throw new Error('the answer has no body')
    this.#reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    this.#abort = abort
  }

  static async open(path: string): Promise<Stream> {
    const abort = new AbortController()
    const response = await fetch(simulator.controlUrl + path, { signal: abort.signal })
    expect(response.headers.get('content-type')).toMatch('text/event-stream')
    return new Stream(response, abort)
  }

  async until(fits: (event: StreamEvent) => boolean): Promise<StreamEvent> {
    for (;;) {
      const event = await this.#next()
      if (event === undefined) throw new Error('the stream ended')
      if (fits(event)) return event
    }
  }

  async untilEnded(): Promise<void> {
    while ((await this.#next().catch(() => undefined)) !== undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort()
    await this.#reader.cancel().catch(() => undefined)
  }

  async #next(): Promise<StreamEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end < 0) {
        const { done, value } = await this.#reader.read()
        if (done) return undefined
        this.#text += value
        continue
      }
      const block = this.#text.slice(0, end)
      this.#text = this.#text.slice(end + 2)
      const fields = new Map(
        block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]),
      )
      const name = fields.get('event')
      if (name !== undefined) return { name, about: JSON.parse(fields.get('data') ?? '') }
    }
  }
}

const has = (name: string, part: object) => {
  const pattern = expect.objectContaining(part)
  return (event: StreamEvent): boolean =>
    event.name === name &&
    (pattern as { asymmetricMatch: (other: unknown) => boolean }).asymmetricMatch(event.about)
}

describe('the stream of a phone', () => {
  test('begins with everything and goes on with what changes', async () => {
    const before = await phoneNamed(bia).send(ana, 'antes')
    await phoneNamed(ana).untilMessage(({ id }) => id === before.id)
    await using stream = await Stream.open(`/phones/${ana}/events`)
    const { about } = await stream.until(({ name }) => name === 'snapshot')
    expect(about).toMatchObject({
      phone: { phone: ana, name: 'Ana', online: true, unread: 1 },
      linkedDevices: [],
      contacts: [{ id: bia, name: 'Bia', business: true }],
      messages: [
        { id: before.id, text: 'antes', drawn: { android: 'whole' }, status: 'delivered' },
      ],
    })

    const { id } = await phoneNamed(ana).send(bia, 'depois')
    const fits = (status: string) =>
      has('change', { messages: [expect.objectContaining({ id, status })] })
    await stream.until(fits('delivered'))
    await phoneNamed(bia).read(id)
    await stream.until(fits('read'))
  })

  test('tells that the phone went offline, and who else has a phone or a group', async () => {
    await using stream = await Stream.open(`/phones/${ana}/events`)
    phoneNamed(ana).goOffline()
    await stream.until(has('change', { phone: expect.objectContaining({ online: false }) }))
    await phoneNamed(ana).comeOnline()
    await stream.until(has('change', { phone: expect.objectContaining({ online: true }) }))
    await simulator.addPhone({ phone: '5511999990003', name: 'Caio' })
    const { id } = simulator.addGroup({ subject: 'Família', members: [ana, bia] })
    const caio = expect.objectContaining({ name: 'Caio' })
    const family = expect.objectContaining({ id, name: 'Família', members: [ana, bia] })
    await stream.until(has('change', { contacts: expect.arrayContaining([caio, family]) }))
  })

  test('is not there without the phone', async () => {
    const answer = await fetch(`${simulator.controlUrl}/phones/5511900000000/events`)
    expect([answer.status, await answer.json()]).toEqual([404, { error: 'no such phone' }])
  })
})

test('the stream of the list tells of every phone', async () => {
  await using stream = await Stream.open('/phones/events')
  await stream.until(({ name }) => name === 'snapshot')
  await simulator.addPhone({ phone: '5511999990004', name: 'Duda' })
  const duda = expect.objectContaining({ name: 'Duda', unread: 0 })
  await stream.until(has('snapshot', { phones: expect.arrayContaining([duda]) }))
})

test('too many streams are refused, and one that ended makes room', async () => {
  const open = await Promise.all(Array.from({ length: 100 }, () => Stream.open('/phones/events')))
  const refused = await fetch(`${simulator.controlUrl}/phones/events`)
  expect([refused.status, await refused.json()]).toEqual([
    503,
    { error: 'too many pages look already' },
  ])
  for (const stream of open) await stream[Symbol.asyncDispose]()
  await expect
    .poll(async () => {
      const again = await fetch(`${simulator.controlUrl}/phones/events`)
      await again.body?.cancel()
      return again.status
    })
    .toBe(200)
})

test('a simulator that closes ends its streams', async () => {
  const own = await startSimulator()
  await own.addPhone({ phone: ana })
  const response = await fetch(`${own.controlUrl}/phones/${ana}/events`)
  await own[Symbol.asyncDispose]()
  await expect(response.text()).rejects.toThrow('terminated')
})

describe('behind a message', () => {
  test('are its content and its stanza', async () => {
    const { id } = await phoneNamed(bia).send(ana, 'por dentro')
    await phoneNamed(ana).untilMessage((message) => message.id === id)
    const answer = await fetch(`${simulator.controlUrl}/phones/${ana}/messages/${id}/inside`)
    expect(await answer.json()).toEqual({
      content: { conversation: 'por dentro' },
      stanza: expect.objectContaining({
        tag: 'message',
        attrs: expect.objectContaining({ id, type: 'text' }),
        children: expect.arrayContaining([
          expect.objectContaining({
            tag: 'enc',
            text: expect.stringMatching(/^\d+ bytes: [0-9a-f]+…?$/),
          }),
        ]),
      }),
      hindrances: [],
    })
  })

  test('are its own, where another person used its id', async () => {
    const caio = await simulator.addPhone({ phone: '5511999990005', name: 'Caio' })
    const id = '3EB0AABBCCDDEEFF0033'
    for (const [phone, conversation] of [
      [phoneNamed(bia), 'da Bia'],
      [caio, 'do Caio'],
    ] as const) {
      await phone.forge(ana, { conversation }, id)
      await phoneNamed(ana).untilMessage(({ text }) => text === conversation)
    }
    await using stream = await Stream.open(`/phones/${ana}/events`)
    const { about } = await stream.until(({ name }) => name === 'snapshot')
    const twice = (about as PhoneChange).messages?.filter((each) => each.id === id)
    expect(twice).toMatchObject([
      { chat: bia, key: id, text: 'da Bia' },
      { chat: caio.phone, key: `${id} ${caio.phone}`, text: 'do Caio' },
    ])
    const key = encodeURIComponent(`${id} ${caio.phone}`)
    const inside = await fetch(`${simulator.controlUrl}/phones/${ana}/messages/${key}/inside`)
    expect(await inside.json()).toMatchObject({ content: { conversation: 'do Caio' } })
    await phoneNamed(ana).read(`${id} ${caio.phone}`)
    await stream.until(
      has('change', { messages: [expect.objectContaining({ chat: caio.phone, status: 'read' })] }),
    )
  })

  test('is nothing when there is no such message', async () => {
    const answer = await fetch(`${simulator.controlUrl}/phones/${ana}/messages/none/inside`)
    expect(answer.status).toBe(404)
  })
})

describe('a page of another site', () => {
  test('can change nothing', async () => {
    const before = phoneNamed(ana).messages.length
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      expect((await post(origin)).status).toBe(403)
    }
    expect(phoneNamed(ana).messages).toHaveLength(before)
  })

  test('is told apart from our own and from programs', async () => {
    expect((await post(simulator.controlUrl)).status).toBe(201)
    expect((await post(undefined)).status).toBe(201)
  })
})

async function post(origin: string | undefined): Promise<Response> {
  return fetch(`${simulator.controlUrl}/phones/${ana}/messages`, {
    method: 'POST',
    body: JSON.stringify({ to: bia, text: 'de fora' }),
    headers: { 'content-type': 'application/json', ...(origin === undefined ? {} : { origin }) },
  })
}

function phoneNamed(number: string) {
  const phone = simulator.phone(number)
  if (!phone) throw new Error(`no phone ${number}`)
  return phone
}
