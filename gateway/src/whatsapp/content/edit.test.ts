import { proto } from 'baileys'
import { describe, expect, it } from 'vitest'
import { whatsappIdOf } from '../../../test/support/outgoing-message.js'
import { edit } from '../../domain/content/edit.js'
import type { EarlierMessage } from '../send/earlier-message.js'
import { planOf } from '../send/stanza-plan.js'
import { toWire } from './index.js'

const dayMs = 86_400_000
const noFiles = { prepared: new Map(), uploaded: new Map() }
const target = whatsappIdOf('3EB0A')
const key = { remoteJid: '200@lid', fromMe: true, id: target }
const quote = { stanzaId: '3EB0Q', participant: '200@lid', quotedMessage: { conversation: 'oi' } }

function earlier(message: proto.IMessage, fromMe = true): EarlierMessage {
  const original = { bytes: new Uint8Array() }
  const chat = { kind: 'person', lid: '200' } as const
  const kept = { whatsappId: target, chat, author: {}, fromMe, at: 1_000, original }
  return { key, message, kept, authorJid: '100@lid' }
}

function edited(part: 'text' | 'caption', about: EarlierMessage | undefined, at = 2_000) {
  const context = { shape: 'full', at, chatJid: '200@lid', earlier: about } as const
  const { message, changes } = toWire(edit(target, 'novo', part), noFiles, context)
  expect(planOf(message)).toEqual({ type: 'text', edit: '1', hidden: true })
  const { protocolMessage } = message
  expect(protocolMessage?.key).toEqual(key)
  expect(changes).toEqual(protocolMessage?.editedMessage)
  return protocolMessage?.editedMessage
}

describe('an edit', () => {
  it('of a text keeps its quote, and loses the people that it named', () => {
    const contextInfo = { ...quote, mentionedJid: ['300@lid'] }
    const message = edited('text', earlier({ extendedTextMessage: { text: 'a', contextInfo } }))
    expect(message?.extendedTextMessage).toEqual({
      text: 'novo',
      contextInfo: { ...quote, remoteJid: null },
    })
    expect(edited('text', earlier({ conversation: 'a' }))).toEqual({
      extendedTextMessage: { text: 'novo' },
    })
  })

  it.each(['imageMessage', 'videoMessage', 'documentMessage'] as const)(
    'of an %s changes the caption alone',
    (name) => {
      const file = { directPath: '/v/1', caption: 'a' }
      expect(edited('caption', earlier({ [name]: file }))).toEqual({
        [name]: { directPath: '/v/1', caption: 'novo' },
      })
    },
  )

  it('after seven days is not sent, and before that it is', () => {
    const message = earlier({ conversation: 'a' })
    expect(edited('text', message, 1_000 + 7 * dayMs)).toBeDefined()
    expect(() => edited('text', message, 1_001 + 7 * dayMs)).toThrow('edit-too-late')
  })

  it('of what is unknown, of what others wrote, and of what has no such text is not sent', () => {
    expect(() => edited('text', undefined)).toThrow('unknown-message')
    expect(() => edited('text', earlier({ conversation: 'a' }, false))).toThrow('not-own')
    expect(() => edited('text', earlier({ imageMessage: {} }))).toThrow('not-editable')
    expect(() => edited('caption', earlier({ conversation: 'a' }))).toThrow('not-editable')
  })
})
