import { createHash } from 'node:crypto'
import { aesEncryptGCM, hmacSign, proto, type WAMessage } from 'baileys'
import { describe, expect, it } from 'vitest'
import { instanceIdOf } from '../../../test/support/outgoing-message.js'
import type { AnswerSecretPort } from './message-secret.js'
import { AnswerReader } from './answer-reader.js'
import { incomingMessageOf } from './incoming-message.js'

const own = { phone: '5511900000000', lid: '100' }
const ana = { lid: '200', phone: '5544999999999' }
const messageSecret = new Uint8Array(32).fill(5)
const now = 1_777_494_009_341

/** As WhatsApp's clients encrypt: Baileys' `decryptPollVote` and `decryptEventResponse` the other way round. */
function seal(
  plain: Uint8Array,
  use: 'Poll Vote' | 'Event Response' | 'Enc Reaction',
  { id, creator, answerer }: { id: string; creator: string; answerer: string },
) {
  const sign = Buffer.concat([Buffer.from(id + creator + answerer + use), Buffer.of(1)])
  const key = hmacSign(sign, hmacSign(messageSecret, new Uint8Array(32), 'sha256'), 'sha256')
  const encIv = new Uint8Array(12).fill(3)
  const bound = use === 'Enc Reaction' ? '' : `${id}\u0000${answerer}`
  const encPayload = aesEncryptGCM(plain, key, encIv, Buffer.from(bound))
  return { encPayload, encIv }
}

function vote(names: readonly string[], creator: string, answerer: string): WAMessage {
  const selectedOptions = names.map((name) => createHash('sha256').update(name).digest())
  const plain = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish()
  return fromAna({
    pollUpdateMessage: {
      pollCreationMessageKey: { id: 'P1', fromMe: true },
      vote: seal(plain, 'Poll Vote', { id: 'P1', creator, answerer }),
    },
  })
}

const fromAna = (message: proto.IMessage): WAMessage => ({
  key: { remoteJid: '200@lid', id: 'V1' },
  message,
})

const poll: WAMessage = {
  key: { remoteJid: '200@lid', id: 'P1', fromMe: true },
  message: {
    messageContextInfo: { messageSecret },
    pollCreationMessageV3: {
      name: 'Quando?',
      options: [{ optionName: 'Hoje' }, { optionName: 'Amanhã' }],
    },
  },
}

function newDesk() {
  const secrets = new Map<string, Uint8Array>()
  const port: AnswerSecretPort = {
    keep: async (_, id, secret) => void secrets.set(id, secret),
    find: async (_, id) => secrets.get(id),
  }
  const desk = new AnswerReader(instanceIdOf('3A'), port, { findAnywhere: async () => undefined })
  return async (message: WAMessage) => {
    const plain = incomingMessageOf(message, own, now)
    if (plain === undefined) throw new Error('nothing is told of it')
    const incoming = plain.fromMe ? plain : { ...plain, sender: ana }
    const read = await desk.read(message, incoming, (options) =>
      incomingMessageOf(message, own, now, options),
    )
    return read?.content
  }
}

describe('a vote', () => {
  it.each([
    ['100@lid', '200@lid'],
    ['5511900000000@s.whatsapp.net', '5544999999999@s.whatsapp.net'],
    ['100@lid', '5544999999999@s.whatsapp.net'],
  ])(
    'is opened with the secret of its poll, by whatever names: %s, %s',
    async (creator, answerer) => {
      const read = newDesk()
      expect(await read(poll)).toMatchObject({ kind: 'poll', options: ['Hoje', 'Amanhã'] })
      expect(await read(vote(['Amanhã'], creator, answerer))).toMatchObject({
        kind: 'poll-vote',
        options: ['Amanhã'],
        poll: { whatsappId: 'P1', fromMe: true },
      })
      expect(await read(vote([], creator, answerer))).toMatchObject({ options: [] })
    },
  )

  it('waits when its poll is not known, or was written by another hand', async () => {
    const read = newDesk()
    const waiting = { kind: 'waiting', viewOnce: false }
    expect(await read(vote(['Hoje'], '100@lid', '200@lid'))).toEqual(waiting)
    await read(poll)
    expect(await read(vote(['Hoje'], '300@lid', '200@lid'))).toEqual(waiting)
  })
})

it('an answer to an event is opened the same way', async () => {
  const read = newDesk()
  const { GOING } = proto.Message.EventResponseMessage.EventResponseType
  const eventMessage = { name: 'Festa', startTime: 1 }
  await read({ ...poll, message: { messageContextInfo: { messageSecret }, eventMessage } })
  const plain = proto.Message.EventResponseMessage.encode({
    response: GOING,
    timestampMs: 9,
  }).finish()
  const sealed = seal(plain, 'Event Response', {
    id: 'P1',
    creator: '100@lid',
    answerer: '200@lid',
  })
  const eventCreationMessageKey = { id: 'P1', fromMe: false, participant: '100@lid' }
  const encEventResponseMessage = { eventCreationMessageKey, ...sealed }
  expect(await read(fromAna({ encEventResponseMessage }))).toMatchObject({
    kind: 'event-reply',
    response: 'going',
    at: 9,
    event: { whatsappId: 'P1', fromMe: true },
  })
})

it('a reaction in a community is opened the same way', async () => {
  const read = newDesk()
  await read({ ...poll, message: { messageContextInfo: { messageSecret }, audioMessage: {} } })
  const plain = proto.Message.ReactionMessage.encode({ text: '👍', senderTimestampMs: 9 }).finish()
  const names = { id: 'P1', creator: '100@lid', answerer: '200@lid' }
  const targetMessageKey = { id: 'P1', fromMe: false, participant: '100@lid' }
  const encReactionMessage = { targetMessageKey, ...seal(plain, 'Enc Reaction', names) }
  expect(await read(fromAna({ encReactionMessage }))).toMatchObject({
    kind: 'reaction',
    emoji: '👍',
    at: 9,
    target: { whatsappId: 'P1', fromMe: true },
  })
})
