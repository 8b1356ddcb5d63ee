import { proto } from 'baileys'
import { describe, expect, it } from 'vitest'
import { vCardOf } from '../../domain/content/contacts.js'
import type { MessageContent } from '../../domain/content/index.js'
import { ownSecretOf } from '../send/own-secret.js'
import { nodesOf, planOf } from '../send/stanza-plan.js'
import { toWire } from './index.js'

const noFiles = { prepared: new Map(), uploaded: new Map() }
const messageSecret = new Uint8Array(32).fill(7)

/** As the phone decodes it. */
function sent(content: MessageContent, callLink?: string): proto.IMessage {
  const { message } = toWire(content, noFiles, { shape: 'full', at: 0, messageSecret, callLink })
  return proto.Message.decode(proto.Message.encode(proto.Message.fromObject(message)).finish())
}

const poll = { kind: 'poll', question: 'Quando?', options: ['a', 'b'], mostChoices: 0 } as const
const event = {
  kind: 'event',
  name: 'Festa',
  description: 'Traga bolo',
  startsAt: 1_800_000_000_500,
  place: 'Casa',
  isCanceled: false,
} as const

describe('a poll', () => {
  it('brings the secret that votes are encrypted with', () => {
    const { messageContextInfo, pollCreationMessage } = sent(poll)
    expect(messageContextInfo?.messageSecret).toEqual(Buffer.from(messageSecret))
    expect(pollCreationMessage).toMatchObject({ name: 'Quando?', selectableOptionsCount: 0 })
    expect(pollCreationMessage?.options?.map(({ optionName }) => optionName)).toEqual(['a', 'b'])
  })

  it('with one choice is written in the third form', () => {
    const { pollCreationMessage, pollCreationMessageV3 } = sent({ ...poll, mostChoices: 1 })
    expect(pollCreationMessage).toBeFalsy()
    expect(pollCreationMessageV3).toMatchObject({ selectableOptionsCount: 1 })
  })

  it('says beside the encrypted part that it is one', () => {
    const plan = planOf(sent(poll))
    expect(plan.type).toBe('poll')
    expect(nodesOf(plan)).toEqual([{ tag: 'meta', attrs: { polltype: 'creation' } }])
  })
})

describe('an event', () => {
  it('brings its secret, its times in seconds and the link to its call', () => {
    const link = 'https://call.whatsapp.com/video/x'
    const { messageContextInfo, eventMessage } = sent(event, link)
    expect(messageContextInfo?.messageSecret).toHaveLength(32)
    expect(eventMessage).toMatchObject({
      name: 'Festa',
      description: 'Traga bolo',
      location: { name: 'Casa' },
      joinLink: link,
      isCanceled: false,
    })
    const times = [eventMessage?.startTime, eventMessage?.endTime].map(Number)
    expect(times).toEqual([1_800_000_000, 1_800_007_200])
  })

  it('says beside the encrypted part that it is one', () => {
    const plan = planOf(sent(event))
    expect(plan.type).toBe('event')
    expect(nodesOf(plan)).toEqual([{ tag: 'meta', attrs: { event_type: 'creation' } }])
  })
})

const keysOf = (byte: number) => ({
  signedIdentityKey: { private: new Uint8Array(32).fill(byte), public: new Uint8Array(32) },
})

describe('the secret of a message', () => {
  it('is the same for a repetition, and another for every other message and number', () => {
    const id = '3EB0AA' as Parameters<typeof ownSecretOf>[0]
    const other = '3EB0AB' as typeof id
    expect(ownSecretOf(id, keysOf(1))).toEqual(ownSecretOf(id, keysOf(1)))
    expect(ownSecretOf(id, keysOf(1))).toHaveLength(32)
    expect(ownSecretOf(id, keysOf(1))).not.toEqual(ownSecretOf(other, keysOf(1)))
    expect(ownSecretOf(id, keysOf(1))).not.toEqual(ownSecretOf(id, keysOf(2)))
  })
})

describe('the card of a contact', () => {
  it('names the number so that phones offer to write to it', () => {
    expect(
      vCardOf({ name: 'Ana', phones: ['5511999990000', '5511999990001'] }).split('\n'),
    ).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:;Ana;;;',
      'FN:Ana',
      'TEL;type=CELL;type=VOICE;waid=5511999990000:+5511999990000',
      'TEL;type=CELL;type=VOICE;waid=5511999990001:+5511999990001',
      'END:VCARD',
    ])
  })

  it('holds no line that its name or description would add', () => {
    const card = vCardOf({
      name: 'Ana, Bar; \\o/\nTEL:1\r\nTEL:2',
      phones: ['5511999990000'],
      businessDescription: 'Pão\rTEL:3',
    })
    expect(card).toContain(String.raw`FN:Ana\, Bar\; \\o/\nTEL:1\nTEL:2`)
    expect(card).toContain(String.raw`X-WA-BIZ-DESCRIPTION:Pão\nTEL:3`)
    expect(card.split(/[\r\n]/u).filter((line) => line.startsWith('TEL'))).toHaveLength(1)
  })

  it('goes alone or with others', () => {
    const ana = { name: 'Ana', phones: ['5511999990000'] }
    const one = sent({ kind: 'contacts', contacts: [ana] })
    expect(one.contactMessage).toMatchObject({ displayName: 'Ana' })
    const two = sent({ kind: 'contacts', contacts: [ana, { ...ana, name: 'Rui' }] })
    expect(two.contactsArrayMessage?.contacts?.map(({ displayName }) => displayName)).toEqual([
      'Ana',
      'Rui',
    ])
    expect([planOf(one).mediatype, planOf(two).mediatype]).toEqual(['vcard', 'contact_array'])
  })
})
