import type { BinaryNode, WAMessage } from 'baileys'
import { describe, expect, it } from 'vitest'
import { openedOf, ownPersonOf, receiptOf } from './from-baileys.js'
import { incomingMessageOf } from './incoming-message.js'

const own = { phone: '5511900000000', lid: '100' }
const now = 1_700_000_000_000

function receipt(attrs: Record<string, string>, content?: BinaryNode[]): BinaryNode {
  return {
    tag: 'receipt',
    attrs: { id: 'A1', t: '1690000000', ...attrs },
    ...(content ? { content } : {}),
  }
}

describe('receipts', () => {
  it('name the chat and the step', () => {
    expect(receiptOf(receipt({ from: '5511911111111:7@s.whatsapp.net' }), own, now)).toEqual({
      whatsappIds: ['A1'],
      status: 'delivered',
      chat: { kind: 'person', phone: '5511911111111' },
      participant: undefined,
      device: 7,
      at: 1_690_000_000_000,
    })
    expect(receiptOf(receipt({ from: '200@lid', type: 'read' }), own, now)?.status).toBe('read')
    expect(receiptOf(receipt({ from: '200@lid', type: 'played' }), own, now)?.status).toBe('played')
  })

  it('name the member in a group', () => {
    const node = receipt({ from: '12@g.us', participant: '200:3@lid', type: 'read' })
    expect(receiptOf(node, own, now)).toMatchObject({
      chat: { kind: 'group', group: '12' },
      participant: { lid: '200' },
      device: 3,
    })
  })

  it('name the member by number too where WhatsApp does', () => {
    const address = { participant: '200:3@lid', participant_pn: '5511922222222@s.whatsapp.net' }
    expect(receiptOf(receipt({ from: '12@g.us', ...address }), own, now)).toMatchObject({
      participant: { lid: '200', phone: '5511922222222' },
    })
  })

  it('of our own phone for a message of ours to a group are no news', () => {
    const node = receipt({ from: '12@g.us', participant: '100@lid' })
    expect(receiptOf(node, own, now)).toBeUndefined()
  })

  it('may speak of several messages at once', () => {
    const list = {
      tag: 'list',
      attrs: {},
      content: [
        { tag: 'item', attrs: { id: 'A2' } },
        { tag: 'item', attrs: { id: 'A3' } },
      ],
    }
    const node = receipt({ from: '200@lid', type: 'read' }, [list])
    expect(receiptOf(node, own, now)?.whatsappIds).toEqual(['A1', 'A2', 'A3'])
  })

  it('of an own device mean that the server took the message', () => {
    const node = receipt({ from: '100:2@lid', recipient: '200@lid', type: 'sender' })
    expect(receiptOf(node, own, now)).toMatchObject({
      status: 'sent',
      chat: { kind: 'person', lid: '200' },
    })
  })

  it('for messages of others, requests for a resend and unknown types say nothing about ours', () => {
    for (const attrs of [
      { type: 'read-self', recipient: '200@lid' },
      { recipient: '200@lid' },
      { type: 'retry' },
      { type: 'inactive' },
      { type: 'hist_sync' },
    ])
      expect(receiptOf(receipt({ from: '100@lid', ...attrs }), own, now)).toBeUndefined()
    expect(receiptOf(receipt({ from: 'status@broadcast' }), own, now)).toBeUndefined()
  })

  it('that are dated in the second that runs happen now, and others when they are dated', () => {
    const node = receipt({ from: '200@lid', t: String(now / 1_000) })
    expect(receiptOf(node, own, now + 999)?.at).toBe(now + 999)
    expect(receiptOf(node, own, now + 1_000)?.at).toBe(now)
  })

  it('without a moment happen now', () => {
    expect(receiptOf({ tag: 'receipt', attrs: { id: 'A1', from: '200@lid' } }, own, now)?.at).toBe(
      now,
    )
  })
})

describe('incoming messages', () => {
  const text = { conversation: 'oi' }

  it('name the person under both names where WhatsApp gives both', () => {
    const message: WAMessage = {
      key: {
        remoteJid: '200@lid',
        remoteJidAlt: '5511911111111@s.whatsapp.net',
        id: 'B1',
        fromMe: false,
      },
      message: text,
      messageTimestamp: 1_690_000_000,
      pushName: 'Ana',
    }
    const person = { phone: '5511911111111', lid: '200' }
    expect(incomingMessageOf(message, own, now)).toMatchObject({
      whatsappId: 'B1',
      chat: { kind: 'person', ...person },
      sender: person,
      senderName: 'Ana',
      fromMe: false,
      at: 1_690_000_000_000,
      forwarded: false,
      content: { kind: 'text', text: 'oi' },
    })
  })

  it('from another device of ours are ours, and the chat is not taken for us', () => {
    const message: WAMessage = {
      key: {
        remoteJid: '200@lid',
        remoteJidAlt: '5511900000000@s.whatsapp.net',
        id: 'B1',
        fromMe: true,
      },
      message: text,
    }
    expect(incomingMessageOf(message, own, now)).toMatchObject({
      chat: { kind: 'person', lid: '200' },
      sender: own,
      fromMe: true,
      at: now,
    })
    expect(incomingMessageOf(message, own, now)?.chat).not.toHaveProperty('phone')
  })

  it('in a group name the member who wrote', () => {
    const message: WAMessage = {
      key: {
        remoteJid: '12@g.us',
        participant: '200:4@lid',
        participantAlt: '5511911111111@s.whatsapp.net',
        id: 'B1',
      },
      message: {
        extendedTextMessage: { text: 'oi', contextInfo: { stanzaId: 'A1', isForwarded: true } },
      },
    }
    expect(incomingMessageOf(message, own, now)).toMatchObject({
      chat: { kind: 'group', group: '12' },
      sender: { phone: '5511911111111', lid: '200' },
      quotedWhatsappId: 'A1',
      forwarded: true,
    })
  })

  it('are left out when there is nothing to tell', () => {
    const key = { remoteJid: '200@lid', id: 'B1', fromMe: false }
    expect(incomingMessageOf({ key }, own, now)).toBeUndefined()
    expect(
      incomingMessageOf(
        { key: { ...key, remoteJid: 'status@broadcast' }, message: text },
        own,
        now,
      ),
    ).toBeUndefined()
    expect(incomingMessageOf({ key, message: { protocolMessage: {} } }, own, now)).toBeUndefined()
  })
})

describe('the opened connection', () => {
  it('names the number and whether it is a business', () => {
    const me = { id: '5511900000000:3@s.whatsapp.net', lid: '100:3@lid', name: 'Loja' }
    expect(openedOf({ me, platform: 'smba' })).toEqual({
      kind: 'opened',
      phone: '5511900000000',
      lid: '100',
      name: 'Loja',
      business: true,
    })
    expect(openedOf({ me, platform: 'android' })?.business).toBe(false)
    expect(openedOf({})).toBeUndefined()
    expect(ownPersonOf(me)).toEqual(own)
  })
})
