import { proto, type WAMessage } from 'baileys'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import { incomingMessageOf } from './incoming-message.js'
import { readParameters } from './native-flow.js'

const own = { phone: '5511900000000', lid: '100' }
const now = 1_777_494_009_341
const { StubType } = proto.WebMessageInfo
const { Type } = proto.Message.ProtocolMessage

const inChat = (message?: proto.IMessage, more: Partial<WAMessage> = {}): WAMessage => ({
  key: { remoteJid: '200@lid', id: 'A1' },
  message: message ?? null,
  messageTimestamp: 1_777_494_000,
  ...more,
})
const inGroup = (message?: proto.IMessage, more: Partial<WAMessage> = {}): WAMessage =>
  inChat(message, { key: { remoteJid: '12@g.us', participant: '200@lid', id: 'A1' }, ...more })
const read = (message: WAMessage): IncomingMessage | undefined =>
  incomingMessageOf(message, own, now)

const deletion = (key: proto.IMessageKey) => ({ protocolMessage: { type: Type.REVOKE, key } })
const changed = (messageStubType: proto.WebMessageInfo.StubType, ...parameters: string[]) =>
  read(inGroup(undefined, { messageStubType, messageStubParameters: parameters }))?.content

describe('a message about another one', () => {
  it('names the stored message, whichever side deletes it', () => {
    const byItsSender = { id: 'B1', fromMe: true, remoteJid: '100@lid' }
    expect(read(inChat(deletion(byItsSender)))?.content).toMatchObject({
      kind: 'deleted',
      target: { whatsappId: 'B1', fromMe: false, chat: { lid: '200' } },
    })
    const byAnAdmin = { id: 'B1', fromMe: false, participant: '100:3@lid' }
    expect(read(inGroup(deletion(byAnAdmin)))?.content).toMatchObject({
      target: { fromMe: true, author: { lid: '100' } },
    })
    const onOurPhone = inChat(deletion({ id: 'B1', fromMe: true }))
    expect(
      read({ ...onOurPhone, key: { ...onOurPhone.key, fromMe: true } })?.content,
    ).toMatchObject({ target: { fromMe: true } })
  })

  it('names the member who wrote it, in a group', () => {
    const key = { id: 'B1', fromMe: false, participant: '300@lid' }
    expect(read(inGroup({ reactionMessage: { key, text: '👍' } }))?.content).toMatchObject({
      emoji: '👍',
      target: { fromMe: false, author: { lid: '300' }, chat: { group: '12' } },
    })
  })

  it('that corrects it carries both ids and what it says now', () => {
    const editedMessage = { extendedTextMessage: { text: 'às 8', contextInfo: { stanzaId: 'C1' } } }
    const protocolMessage = { type: Type.MESSAGE_EDIT, key: { id: 'B1' }, editedMessage }
    const message = inChat({ editedMessage: { message: { protocolMessage } } })
    expect(read(message)).toMatchObject({
      whatsappId: 'A1',
      editOf: 'B1',
      quotedWhatsappId: 'C1',
      content: { kind: 'text', text: 'às 8' },
    })
  })

  it.each([
    ['of ours in a private chat', inChat, { id: 'B1', fromMe: false }],
    ['of another member', inGroup, { id: 'B1', fromMe: false, participant: '300@lid' }],
    ['of another member as their own', inGroup, { id: 'B1', fromMe: true, participant: '300@lid' }],
  ])('that corrects one %s is none', (_, write, key) => {
    const editedMessage = { conversation: 'forged' }
    const protocolMessage = { type: Type.MESSAGE_EDIT, key, editedMessage }
    expect(read(write({ editedMessage: { message: { protocolMessage } } }))).toBeUndefined()
    expect(read(write({ protocolMessage }))).toBeUndefined()
  })

  it('that sets the timer is told of a private chat, and of a group only by the server', () => {
    const protocolMessage = { type: Type.EPHEMERAL_SETTING, ephemeralExpiration: 86_400 }
    const timer = { kind: 'timer', seconds: 86_400 }
    expect(read(inChat({ protocolMessage }))?.content).toEqual(timer)
    const claimed = inGroup({ protocolMessage })
    expect(read(claimed)).toBeUndefined()
    const facts = { setTimer: true }
    expect(incomingMessageOf(claimed, own, now, { facts })?.content).toEqual(timer)
  })

  it('that deletes one of ours in a private chat is none', () => {
    const protocolMessage = { type: Type.REVOKE, key: { id: 'B1', fromMe: false } }
    expect(read(inChat({ protocolMessage }))).toBeUndefined()
    const theirs = { type: Type.REVOKE, key: { id: 'B1', fromMe: true } }
    expect(read(inChat({ protocolMessage: theirs }))?.content).toMatchObject({ kind: 'deleted' })
  })
})

describe('a change of a group', () => {
  const member = '{"id":"300@lid","phoneNumber":"5511@s.whatsapp.net","admin":null}'

  it.each([
    [StubType.GROUP_PARTICIPANT_ADD, 'added'],
    [StubType.GROUP_PARTICIPANT_REMOVE, 'removed'],
    [StubType.GROUP_PARTICIPANT_LEAVE, 'left'],
    [StubType.GROUP_PARTICIPANT_PROMOTE, 'promoted'],
    [StubType.GROUP_PARTICIPANT_DEMOTE, 'demoted'],
  ])('%s names the members under both names', (type, change) => {
    const people = [{ lid: '300', phone: '5511' }]
    expect(changed(type, member)).toEqual({ kind: 'group-change', change, people })
  })

  it('of its texts and settings says the new one, of its icon nothing', () => {
    expect(changed(StubType.GROUP_CHANGE_SUBJECT, 'Novo')).toMatchObject({
      change: 'subject',
      value: 'Novo',
    })
    expect(changed(StubType.GROUP_CHANGE_ICON, '1699')).toMatchObject({ value: undefined })
    expect(changed(StubType.GROUP_CHANGE_DESCRIPTION)).toMatchObject({ change: 'description' })
  })

  it('that is a request to join names who asks, and who was so kind to ask for them', () => {
    const type = StubType.GROUP_MEMBERSHIP_JOIN_APPROVAL_REQUEST_NON_ADMIN_ADD
    const who = '{"lid":"300@lid","pn":"5511@s.whatsapp.net"}'
    expect(changed(type, who, 'created', 'invite_link')).toMatchObject({
      change: 'join-requested',
      people: [{ lid: '300', phone: '5511' }],
      requestMethod: 'invite_link',
    })
    expect(changed(type, who, 'created', 'non_admin_add')).toMatchObject({
      people: [{ lid: '200' }, { lid: '300' }],
    })
    expect(changed(type, who, 'rejected')).toMatchObject({ change: 'join-request-ended' })
  })
})

describe('where a message stands', () => {
  it('is the chat with its sender when it came from a list, and our own list as such', () => {
    const list = '1774895799@broadcast'
    const from = { remoteJid: list, participant: '200@lid', id: 'A1' }
    const message = { conversation: 'oi' }
    expect(read(inChat(message, { key: from, broadcast: true }))).toMatchObject({
      chat: { kind: 'person', lid: '200' },
      sender: { lid: '200' },
      broadcast: true,
    })
    expect(read(inChat(message, { key: { ...from, fromMe: true } }))).toMatchObject({
      chat: { kind: 'broadcast', list: '1774895799' },
      sender: own,
    })
  })

  it('may be a channel, and is nowhere for the statuses of others', () => {
    const message = { conversation: 'oi' }
    expect(read(inChat(message, { key: { remoteJid: '1@newsletter', id: 'A1' } }))).toMatchObject({
      chat: { kind: 'newsletter', newsletter: '1' },
    })
    const status = { remoteJid: 'status@broadcast', participant: '200@lid', id: 'A1' }
    expect(read(inChat(message, { key: status }))).toBeUndefined()
  })
})

describe('a message that cannot be read', () => {
  const unread = { messageStubType: StubType.CIPHERTEXT, messageStubParameters: ['Bad MAC'] }

  it('is waited for', () => {
    expect(read(inChat(undefined, unread))?.content).toEqual({ kind: 'waiting', viewOnce: false })
  })

  it('is nothing when it is only for our own devices', () => {
    expect(read(inChat(undefined, { ...unread, category: 'peer' }))).toBeUndefined()
  })
})

describe('what hangs on a message', () => {
  it('is told beside any content: mentions, forwarding, the timer, the advertisement', () => {
    const contextInfo = {
      mentionedJid: ['300@lid', '5511@s.whatsapp.net'],
      isForwarded: true,
      expiration: 86_400,
      externalAdReply: { sourceId: '9', ctwaClid: 'click', title: 'Oferta' },
    }
    expect(read(inChat({ imageMessage: { caption: 'a', contextInfo } }))).toMatchObject({
      mentions: [{ lid: '300' }, { phone: '5511' }],
      forwarded: true,
      expiresAfterSeconds: 86_400,
      ad: { sourceId: '9', clickId: 'click', title: 'Oferta' },
      content: { kind: 'image', caption: 'a' },
    })
  })

  it('is no advertisement when it only previews a link', () => {
    const contextInfo = { externalAdReply: { title: 'Página' } }
    expect(read(inChat({ extendedTextMessage: { text: 'a', contextInfo } }))?.ad).toBeUndefined()
  })
})

it('files are named once in the content and once by where they lie', () => {
  const file = { directPath: '/v/1', mediaKey: new Uint8Array(32), fileLength: 9 }
  const message = read(inChat({ documentMessage: { ...file, fileName: 'a.pdf' } }))
  const [reference] = message?.media ?? []
  expect(reference).toMatchObject({ kind: 'document', path: '/v/1', byteLength: 9 })
  expect(message?.content).toMatchObject({ mediaId: reference?.id, fileName: 'a.pdf' })
  const keyless = { ...file, mediaKey: new Uint8Array(3) }
  expect(read(inChat({ documentMessage: keyless }))?.media).toBeUndefined()
})

it('the JSON of strangers is read without harm, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (json) => {
      expect(Array.isArray(readParameters(json))).toBe(false)
      const button = { name: 'review_and_pay', buttonParamsJson: json }
      const interactiveMessage = { nativeFlowMessage: { buttons: [button] } }
      expect(read(inChat({ interactiveMessage }))?.content.kind).toBe('order-payment')
    }),
  )
})
