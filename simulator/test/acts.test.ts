/** What people do on a phone by the control API, as an unmodified client of the other side gets it. */

import { decryptPollVote, jidNormalizedUser, proto, type WAMessage } from 'baileys'
import { describe, expect } from 'vitest'
import type { Phone } from '../src/phone.js'
import type { Client } from './support/client.js'
import { type Lab, test } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'

interface Stage {
  readonly lab: Lab
  readonly ana: Phone
  readonly client: Client
  readonly jid: string
}

async function stageIn(lab: Lab): Promise<Stage> {
  const ana = await lab.phone(ANA, { name: 'Ana' })
  const client = await lab.linked(await lab.phone(LOJA))
  return { lab, ana, client, jid: `${ana.lid}@lid` }
}

async function call(stage: Stage, path: string, body: object): Promise<Response> {
  return fetch(`${stage.lab.simulator.controlUrl}/phones/${ANA}/messages${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Sent by the client, and on Ana's phone. */
async function sent(
  { ana, client, jid }: Stage,
  content: proto.IMessage,
  biz?: string,
): Promise<string> {
  const messageId = `3EB0${Math.random().toString(16).slice(2, 14).toUpperCase()}`
  const native = { tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }
  const flow = { tag: 'interactive', attrs: { type: 'native_flow', v: '1' }, content: [native] }
  const list = { tag: 'list', attrs: { type: 'product_list', v: '2' } }
  const child = biz === 'list' ? list : flow
  const additionalNodes = biz ? [{ tag: 'biz', attrs: {}, content: [child] }] : []
  await client.socket.relayMessage(jid, content, { messageId, additionalNodes })
  await ana.untilMessage(({ id }) => id === messageId)
  return messageId
}

/** What the client gets after this. */
async function got(
  { client }: Stage,
  look: (content: proto.IMessage) => unknown,
): Promise<WAMessage> {
  return client.until(() => client.received.find(({ message }) => message && look(message)), 30_000)
}

const png = Buffer.from('a picture').toString('base64')

describe('a phone sends', () => {
  test.for([
    ['image', { image: { data: png, caption: 'Casa' } }, { imageMessage: { caption: 'Casa' } }],
    [
      'voice note',
      { voice: { data: png, seconds: 3 } },
      { audioMessage: { ptt: true, seconds: 3 } },
    ],
    ['video', { video: { data: png } }, { videoMessage: { mimetype: 'video/mp4' } }],
    [
      'document',
      { document: { data: png, fileName: 'nota.pdf', mimetype: 'application/pdf' } },
      { documentMessage: { fileName: 'nota.pdf', mimetype: 'application/pdf' } },
    ],
    ['sticker', { sticker: { data: png } }, { stickerMessage: { mimetype: 'image/webp' } }],
    [
      'place',
      { location: { latitude: 1.5, longitude: 2.5, name: 'MASP' } },
      { locationMessage: { degreesLatitude: 1.5, name: 'MASP' } },
    ],
    [
      'contact',
      { contacts: [{ name: 'Bia', phone: '5511999990002' }] },
      { contactMessage: { displayName: 'Bia' } },
    ],
    [
      'poll',
      { poll: { question: 'Qual?', options: ['Um', 'Dois'] } },
      { pollCreationMessage: { name: 'Qual?' } },
    ],
    [
      'event',
      { event: { name: 'Festa', startsAt: 1_795_600_000_000 } },
      { eventMessage: { name: 'Festa' } },
    ],
  ] as const)('a %s, and shows it', async ([, post, content], { lab }) => {
    const stage = await stageIn(lab)
    const response = await call(stage, '', { to: LOJA, ...post })
    expect(response.status).toBe(201)
    const field = Object.keys(content)[0] ?? ''
    const { message } = await got(stage, (each) => Reflect.get(each, field))
    expect(message).toMatchObject(content)
    expect(stage.ana.messages.at(-1)).toMatchObject({ fromMe: true, chat: LOJA })
    expect(stage.ana.messages.at(-1)?.view.parts[0]?.type).not.toBe('unknown')
  })

  test('an answer that quotes the message', async ({ lab }) => {
    const stage = await stageIn(lab)
    const id = await sent(stage, { conversation: 'Confirma?' })
    await call(stage, '', { to: LOJA, text: 'Sim', replyTo: id })
    const { message } = await got(stage, ({ extendedTextMessage }) => extendedTextMessage)
    expect(message?.extendedTextMessage).toMatchObject({
      text: 'Sim',
      contextInfo: { stanzaId: id, quotedMessage: { conversation: 'Confirma?' } },
    })
    expect(stage.ana.messages.at(-1)?.view.quote).toMatchObject({ id, from: LOJA })
  })

  test('nothing when nothing or two things are given', async ({ lab }) => {
    const stage = await stageIn(lab)
    const error = async (body: object) => (await call(stage, '', { to: LOJA, ...body })).json()
    expect(await error({})).toMatchObject({ error: expect.stringContaining('text is required') })
    expect(await error({ text: 'x', location: { latitude: 1, longitude: 1 } })).toMatchObject({
      error: 'one of text, location is enough',
    })
    expect(await error({ image: { data: '%%%%' } })).toMatchObject({
      error: expect.stringContaining('image/data must match'),
    })
  })
})

describe('a person', () => {
  test('reacts, and corrects and takes back a message of their own', async ({ lab }) => {
    const stage = await stageIn(lab)
    const { ana } = stage
    const id = await sent(stage, { conversation: 'Oi' })
    expect((await call(stage, `/${id}/reaction`, { text: '👍' })).status).toBe(204)
    const { message } = await got(stage, ({ reactionMessage }) => reactionMessage)
    expect(message?.reactionMessage).toMatchObject({ text: '👍', key: { id } })
    expect(ana.messages[0]?.state.reactions).toEqual([{ from: ANA, text: '👍' }])

    const own = await ana.send(LOJA, 'às 7')
    expect((await call(stage, `/${own.id}/edit`, { text: 'às 8' })).status).toBe(204)
    await got(stage, ({ protocolMessage, editedMessage }) => {
      const inner = editedMessage?.message?.protocolMessage ?? protocolMessage
      return inner?.editedMessage?.conversation === 'às 8'
    })
    expect(ana.messages.at(-1)).toMatchObject({ text: 'às 8', state: { edited: true } })

    expect((await call(stage, `/${own.id}/delete`, {})).status).toBe(204)
    await got(stage, ({ protocolMessage }) => protocolMessage?.key?.id === own.id)
    expect(ana.messages.at(-1)?.state.deletedBy).toBe(ANA)
    const late = await call(stage, `/${own.id}/edit`, { text: 'às 9' })
    expect([late.status, await late.json()]).toEqual([409, { error: 'it is deleted' }])
  })

  test('votes, and the client reads the vote with the secret of its poll', async ({ lab }) => {
    const stage = await stageIn(lab)
    const poll = await stage.client.socket.sendMessage(stage.jid, {
      poll: { name: 'Qual?', values: ['Um', 'Dois'], selectableCount: 1 },
    })
    const id = poll?.key.id ?? ''
    await stage.ana.untilMessage((message) => message.id === id)
    expect((await call(stage, `/${id}/vote`, { options: ['Três'] })).status).toBe(409)
    expect((await call(stage, `/${id}/vote`, { options: ['Dois'] })).status).toBe(204)
    const { message } = await got(stage, ({ pollUpdateMessage }) => pollUpdateMessage)
    const secret = poll?.message?.messageContextInfo?.messageSecret
    const { me } = stage.client.store.auth.creds
    if (!secret) throw new Error('the poll has no secret')
    const { selectedOptions } = decryptPollVote(message?.pollUpdateMessage?.vote ?? {}, {
      pollCreatorJid: jidNormalizedUser(me?.lid),
      pollMsgId: id,
      pollEncKey: secret,
      voterJid: stage.jid,
    })
    expect(selectedOptions).toHaveLength(1)
    expect(stage.ana.messages.at(-1)?.state.votes).toEqual([{ from: ANA, options: ['Dois'] }])
  })

  test.for([
    [
      'a reply button',
      {
        interactiveMessage: {
          body: { text: 'Tudo bem?' },
          nativeFlowMessage: {
            messageVersion: 1,
            buttons: [{ name: 'quick_reply', buttonParamsJson: '{"display_text":"Sim","id":"s"}' }],
          },
        },
      },
      'flow',
      { interactiveResponseMessage: { body: { text: 'Sim' }, contextInfo: { stanzaId: 'ID' } } },
    ],
    [
      'a row',
      {
        listMessage: {
          description: 'Qual?',
          buttonText: 'Ver',
          sections: [{ title: 'A', rows: [{ rowId: 's', title: 'Vendas' }] }],
        },
      },
      'list',
      { listResponseMessage: { title: 'Vendas', singleSelectReply: { selectedRowId: 's' } } },
    ],
  ] as const)('taps on %s', async ([, content, biz, answer], { lab }) => {
    const stage = await stageIn(lab)
    const id = await sent(stage, proto.Message.fromObject(content), biz)
    expect((await call(stage, `/${id}/tap`, { id: 'nope' })).status).toBe(409)
    expect((await call(stage, `/${id}/tap`, { id: 's' })).status).toBe(204)
    const field = Object.keys(answer)[0] ?? ''
    const { message } = await got(stage, (each) => Reflect.get(each, field))
    expect(JSON.parse(JSON.stringify(message).replaceAll(id, 'ID'))).toMatchObject(answer)
    expect(stage.ana.messages.at(-1)?.view.quote?.id).toBe(id)
  })

  test('passes a message on, and pins it', async ({ lab }) => {
    const stage = await stageIn(lab)
    const id = await sent(stage, { conversation: 'Veja' })
    expect((await call(stage, `/${id}/forward`, { to: LOJA })).status).toBe(204)
    const { message } = await got(stage, ({ extendedTextMessage }) => extendedTextMessage)
    expect(message?.extendedTextMessage?.contextInfo?.isForwarded).toBe(true)
    expect((await call(stage, `/${id}/pin`, { seconds: 86_400 })).status).toBe(204)
    await got(stage, ({ pinInChatMessage }) => pinInChatMessage?.key?.id === id)
    expect(stage.ana.messages[0]?.state.pinnedUntil).toBeGreaterThan(0)
  })

  test('looks once at what is to be viewed once', async ({ lab }) => {
    const stage = await stageIn(lab)
    const id = await sent(stage, {
      imageMessage: { mimetype: 'image/jpeg', viewOnce: true, mediaKey: new Uint8Array(32) },
    })
    expect((await call(stage, `/${id}/open`, {})).status).toBe(204)
    await stage.client.untilStatus(id, proto.WebMessageInfo.Status.PLAYED)
    expect((await call(stage, `/${id}/open`, {})).status).toBe(409)
  })
})
