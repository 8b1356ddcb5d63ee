import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Recipient } from '../domain/chat.js'
import { chatOf } from '../domain/chat.js'
import { chatOfJid, jidOfRecipient, personOfJid, withOtherAddress } from './jid.js'

const number = fc.stringMatching(/^[1-9][0-9]{6,14}$/)
const recipients: fc.Arbitrary<Recipient> = fc.oneof(
  number.map((phone) => ({ kind: 'person' as const, phone })),
  number.map((lid) => ({ kind: 'lid' as const, lid })),
  fc
    .oneof(
      number,
      fc.tuple(number, number).map(([creator, at]) => `${creator}-${at}`),
    )
    .map((group) => ({ kind: 'group' as const, group })),
)

describe('addresses', () => {
  it('lead back to the chat they were made of', () => {
    fc.assert(
      fc.property(recipients, (recipient) => {
        expect(chatOfJid(jidOfRecipient(recipient))).toEqual(chatOf(recipient))
      }),
    )
  })

  it('lose the device they name', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 98 }), (user, device) => {
        expect(personOfJid(`${user}:${device}@s.whatsapp.net`)).toEqual({ phone: user })
        expect(personOfJid(`${user}:${device}@lid`)).toEqual({ lid: user })
      }),
    )
  })

  it('name no person where there is none', () => {
    for (const jid of ['status@broadcast', '@s.whatsapp.net', '', undefined])
      expect([personOfJid(jid), chatOfJid(jid)]).toEqual([undefined, undefined])
    for (const jid of ['120363019502650977@g.us', '1234@newsletter'])
      expect(personOfJid(jid)).toBeUndefined()
  })

  it('complete each other and never overrule', () => {
    expect(withOtherAddress({ lid: '1' }, { phone: '2' })).toEqual({ phone: '2', lid: '1' })
    expect(withOtherAddress({ phone: '1' }, { phone: '2' })).toEqual({ phone: '1' })
    expect(withOtherAddress({ phone: '1' }, undefined)).toEqual({ phone: '1' })
  })
})
