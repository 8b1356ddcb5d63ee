/** Each fault, and what an unmodified Baileys client makes of it. */

import { Agent } from 'node:https'
import { type BinaryNode, generateMessageIDV2, type proto } from 'baileys'
import { describe, expect } from 'vitest'
import type { ConnectionFault } from '../src/fault-schema.js'
import type { Phone } from '../src/phone.js'
import type { Client } from './support/client.js'
import { type Lab, test } from './support/lab.js'

const ana = '5511999990001'
const bia = '5511999990002'
const caio = '5511999990003'
const biz: BinaryNode = bizNaming('mixed')
const refusedStatus = 0
const otp: proto.IMessage = {
  interactiveMessage: {
    body: { text: 'Seu código' },
    nativeFlowMessage: {
      messageVersion: 1,
      messageParamsJson: '{}',
      buttons: [
        {
          name: 'cta_copy',
          buttonParamsJson: JSON.stringify({ display_text: 'Copiar código', copy_code: '123456' }),
        },
      ],
    },
  },
}

/** Ana with a linked client, and Bia, to whom it will write. */
async function scene(lab: Lab): Promise<{ client: Client; phone: Phone; person: Phone }> {
  const phone = await lab.phone(ana)
  const person = await lab.phone(bia)
  const fetchAgent = new Agent({ ca: lab.simulator.caCertificate })
  return { client: await lab.linked(phone, { fetchAgent }), phone, person }
}

function bizNaming(name: string): BinaryNode {
  const flow: BinaryNode = { tag: 'native_flow', attrs: { v: '9', name } }
  const interactive: BinaryNode = {
    tag: 'interactive',
    attrs: { type: 'native_flow', v: '1' },
    content: [flow],
  }
  return { tag: 'biz', attrs: {}, content: [interactive] }
}

/** Resolves when the frame is written. `acked` is the server's word: a receipt for the same id is none. */
async function send(
  { socket }: Client,
  to: Phone,
  { message = otp, nodes = [biz] }: { message?: proto.IMessage; nodes?: BinaryNode[] } = {},
): Promise<{ id: string; acked: Promise<BinaryNode> }> {
  const messageId = generateMessageIDV2(socket.user?.id)
  const acked = new Promise<BinaryNode>((resolve) => {
    socket.ws.on(`CB:ack,id:${messageId}`, resolve)
  })
  await socket.relayMessage(`${to.lid}@lid`, message, { messageId, additionalNodes: nodes })
  return { id: messageId, acked }
}

/** What the client is told when WhatsApp refuses its message. It logs a warning, too. */
async function refusal(client: Client, id: string, lab: Lab): Promise<readonly string[]> {
  lab.announce(/received error in ack|error 463|smax-invalid \(479\)/)
  const update = await client.until(() =>
    client.updates.find((each) => each.id === id && each.status === refusedStatus),
  )
  return update.stub
}

function shown(phone: Phone, id: string) {
  return phone.untilMessage((message) => message.id === id)
}

describe('an ack', () => {
  test.for([405, 473, 479])(
    'with error %i reaches the client, and no other',
    async (code, { lab }) => {
      const { client, person } = await scene(lab)
      lab.simulator.faults.set({ acks: [{ kind: 'error', code, to: person.phone, times: 1 }] })
      const refused = await send(client, person)
      expect(await refusal(client, refused.id, lab)).toEqual([`${code}`])

      const next = await send(client, person)
      await shown(person, next.id)
      expect(person.messages.map(({ id }) => id)).toEqual([next.id])
    },
  )

  test('463 is for strangers only', async ({ lab }) => {
    const { client, phone, person } = await scene(lab)
    lab.simulator.faults.set({ acks: [{ kind: 'error', code: 463, strangers: true }] })
    const refused = await send(client, person)
    expect(await refusal(client, refused.id, lab)).toEqual([
      '463',
      'Your account has been restricted',
    ])

    await person.send(phone.phone, 'Pode escrever')
    await client.untilReceived('Pode escrever')
    const { id } = await send(client, person)
    expect(await shown(person, id)).toMatchObject({ text: 'Seu código' })
  })

  test('that is late comes after the message is on the phone', async ({ lab }) => {
    const { client, person } = await scene(lab)
    lab.simulator.faults.set({ acks: [{ kind: 'late', delayMs: 1_000 }] })
    const { id, acked } = await send(client, person)
    const first = await Promise.race([shown(person, id), acked.then(() => 'ack')])
    expect(first).toMatchObject({ id })
    expect(await acked).toMatchObject({ tag: 'ack', attrs: { id } })
  })

  test('that is missing leaves the client without a word, and the message on the phone', async ({
    lab,
  }) => {
    const { client, person } = await scene(lab)
    const acks: string[] = []
    client.socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
      acks.push(attrs['id'] ?? '')
    })
    lab.simulator.faults.set({ acks: [{ kind: 'missing', times: 1 }] })
    const unheard = await send(client, person)
    await shown(person, unheard.id)
    const heard = await send(client, person)
    await heard.acked
    expect(acks).toEqual([heard.id])
  })
})

async function strikeAt(
  { phone }: Phone,
  action: ConnectionFault['action'],
  { simulator }: Lab,
): Promise<void> {
  const response = await fetch(`${simulator.controlUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ connections: [{ phone, action }] }),
  })
  expect(response.status).toBe(200)
}

describe('a connection', () => {
  test('that is dropped ends as closed, and can be opened again', async ({ lab }) => {
    const { client, phone } = await scene(lab)
    await strikeAt(phone, 'drop', lab)
    expect(await client.untilClosed()).toBe(428)
    await lab.again(client)
  })

  test('that is frozen lets nothing through until it thaws', async ({ lab }) => {
    const { client, phone, person } = await scene(lab)
    const other = await lab.linked(await lab.phone(caio))
    // A recipient known beforehand: otherwise the client would wait for the answer to a question.
    await shown(person, (await send(client, person)).id)
    await strikeAt(phone, 'freeze', lab)
    const held = await send(client, person)
    const free = await send(other, person)
    await shown(person, free.id)
    expect(person.messages.some(({ id }) => id === held.id)).toBe(false)
    await strikeAt(phone, 'thaw', lab)
    await shown(person, held.id)
    await held.acked
  })

  test('that is frozen goes on when the faults are cleared', async ({ lab }) => {
    const { client, phone, person } = await scene(lab)
    await strikeAt(phone, 'freeze', lab)
    const sending = send(client, person)
    await fetch(`${lab.simulator.controlUrl}/faults`, { method: 'DELETE' })
    await shown(person, (await sending).id)
  })

  test('that another program replaced is closed with 440', async ({ lab }) => {
    const { client, phone } = await scene(lab)
    await strikeAt(phone, 'replace', lab)
    expect(await client.untilClosed()).toBe(440)
  })

  test('of an unlinked device is closed with 401, and so is its next login', async ({ lab }) => {
    const { client, phone } = await scene(lab)
    await strikeAt(phone, 'unlink', lab)
    expect(await client.untilClosed()).toBe(401)
    expect(phone.linkedDevices()).toEqual([])
    expect(await lab.client(client.store).untilClosed()).toBe(401)
  })
})

describe('a login', () => {
  test.for([401, 403, 503] as const)(
    'is turned away with %i as often as said',
    async (code, { lab }) => {
      const { client, phone } = await scene(lab)
      await client.end()
      lab.simulator.faults.set({ logins: [{ code, phone: phone.phone, times: 1 }] })
      expect(await lab.client(client.store).untilClosed()).toBe(code)
      await lab.again(client)
    },
  )
})

describe('a number', () => {
  test('that is hidden is not found, until it is there again', async ({ lab }) => {
    const { client, person } = await scene(lab)
    lab.simulator.faults.set({ notOnWhatsApp: [person.phone] })
    expect(await client.socket.onWhatsApp(person.phone)).toEqual([])
    lab.simulator.faults.set({ notOnWhatsApp: [] })
    expect(await client.socket.onWhatsApp(person.phone)).toHaveLength(1)
  })

  test('registered without its ninth digit is found under both forms, and named as registered', async ({
    lab,
  }) => {
    const { client } = await scene(lab)
    await lab.phone('553188880001')
    const registered = { jid: '553188880001@s.whatsapp.net', exists: true }
    expect(await client.socket.onWhatsApp('5531988880001')).toEqual([registered])
    expect(await client.socket.onWhatsApp('553188880001')).toEqual([registered])
  })
})

describe('an image', () => {
  const picture = { image: Buffer.from('a picture'), jpegThumbnail: '', width: 1, height: 1 }

  test('that cannot be uploaded is not sent', async ({ lab }) => {
    const { client, person } = await scene(lab)
    lab.announce(/Error in uploading/)
    lab.simulator.faults.set({ media: { upload: 'refuse' } })
    await expect(client.socket.sendMessage(`${person.lid}@lid`, picture)).rejects.toThrow(
      'Media upload failed on all hosts',
    )
    lab.simulator.faults.clear()
    const sent = await client.socket.sendMessage(`${person.lid}@lid`, picture)
    const { image } = await shown(person, sent?.key.id ?? '')
    expect(image).toMatchObject({ fetched: true, byteLength: picture.image.length })
  })

  test('is there as soon as the message is, however slow the media host is', async ({ lab }) => {
    const { client, person } = await scene(lab)
    lab.simulator.faults.set({ media: { delayMs: 300 } })
    const sent = await client.socket.sendMessage(`${person.lid}@lid`, picture)
    const id = sent?.key.id ?? ''
    // Delivered, while the phone still fetches the image.
    await client.untilStatus(id, 3)
    expect((await shown(person, id)).image).toMatchObject({ fetched: true })
  })

  test.for([
    ['missing', '404'],
    ['expired', '410'],
  ] as const)(
    'that is %s when the phone fetches it is not shown',
    async ([download, status], { lab }) => {
      const { client, person } = await scene(lab)
      lab.simulator.faults.set({ media: { download } })
      const sent = await client.socket.sendMessage(`${person.lid}@lid`, picture)
      const { image } = await shown(person, sent?.key.id ?? '')
      expect(image).toMatchObject({ fetched: false, failure: expect.stringContaining(status) })
    },
  )
})

describe('a phone that fails to decrypt', () => {
  test('asks again, and stock Baileys sends again without <biz>: no button', async ({ lab }) => {
    const { client, person } = await scene(lab)
    lab.simulator.faults.set({ decryption: [{ phone: person.phone, times: 1 }] })
    const { id } = await send(client, person)
    const { buttons, shows } = await shown(person, id)
    expect(buttons).toEqual([{ kind: 'copy', text: 'Copiar código', code: '123456' }])
    expect(shows).toMatchObject({ android: false, ios: false, web: false })
    expect(shows.why).toMatch(/no <biz>/)
  })
})

describe('a wire shape', () => {
  test('with the right <biz> shows its button everywhere', async ({ lab }) => {
    const { client, person } = await scene(lab)
    const { id } = await send(client, person)
    expect(await shown(person, id)).toMatchObject({
      text: 'Seu código',
      buttons: [{ kind: 'copy', text: 'Copiar código', code: '123456' }],
      shows: { android: true, ios: true, web: true },
    })
  })

  test('with two <biz> is acknowledged and delivered without a button', async ({ lab }) => {
    const { client, person } = await scene(lab)
    const { id, acked } = await send(client, person, { nodes: [biz, biz] })
    expect(await acked).not.toHaveProperty('attrs.error')
    const { shows } = await shown(person, id)
    expect(shows).toMatchObject({ android: false, ios: false, web: false })
    await client.untilStatus(id, 3)
  })

  test('under the literal name cta_copy is acknowledged and not delivered', async ({ lab }) => {
    const { client, person } = await scene(lab)
    const lost = await send(client, person, { nodes: [bizNaming('cta_copy')] })
    expect(await lost.acked).not.toHaveProperty('attrs.error')
    const next = await send(client, person)
    await shown(person, next.id)
    expect(person.messages.map(({ id }) => id)).toEqual([next.id])
  })

  test.for<[string, BinaryNode, string]>([
    ['a flow name of another kind', bizNaming('cta_url'), '473'],
    ['legacy buttons', { tag: 'biz', attrs: {}, content: [{ tag: 'buttons', attrs: {} }] }, '405'],
    [
      'an empty interactive',
      { tag: 'biz', attrs: {}, content: [{ tag: 'interactive', attrs: {} }] },
      '479',
    ],
  ])('with %s is refused', async ([, node, code], { lab }) => {
    const { client, person } = await scene(lab)
    const { id } = await send(client, person, { nodes: [node] })
    expect(await refusal(client, id, lab)).toEqual([code])
  })
})
