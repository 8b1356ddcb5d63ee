import { describe, expect, it } from 'vitest'
import { formsOf } from '../../domain/phone-forms.js'
import type { InstanceId } from '../../domain/instance.js'
import { type Addressing, RecipientResolver, type Registration } from './resolve.js'

const instanceId = '3A' as InstanceId
const minuteMs = 60_000

/** A directory that knows a few numbers and counts the questions. */
function setUp(
  known: Readonly<Record<string, string | undefined>>,
  addressing: Addressing = 'lid',
) {
  const questions: string[][] = []
  const remembered = new Map<string, Registration>()
  const clock = { at: 0, now: () => clock.at }
  const directory = {
    broken: false,
    async lookUp(phones: readonly string[]) {
      if (directory.broken) throw new Error('no answer')
      questions.push([...phones])
      return phones.map((asked) => ({
        asked,
        phone: formsOf(asked).find((form) => form in known),
      }))
    },
    async lidsOf(phones: readonly string[]) {
      if (directory.broken) throw new Error('no answer')
      return new Map(phones.flatMap((phone) => (known[phone] ? [[phone, known[phone]]] : [])))
    },
    async phoneOf(lid: string) {
      const phone = Object.keys(known).find((each) => known[each] === `${lid}@lid`)
      return phone && `${phone}:0@s.whatsapp.net`
    },
  }
  const resolver = new RecipientResolver({
    instanceId,
    directory,
    registrations: {
      find: async (_, phone) => remembered.get(phone),
      async remember(_, phone, registeredPhone) {
        remembered.set(phone, { registeredPhone, checkedAt: clock.now() })
      },
      findAll: async () => remembered,
      async rememberAll(_, answers) {
        for (const { asked, phone } of answers)
          remembered.set(asked, { registeredPhone: phone, checkedAt: clock.now() })
      },
    },
    clock,
    addressing,
  })
  const resolve = (phone: string) => resolver.resolve({ kind: 'person', phone })
  return { resolver, resolve, questions, clock, directory }
}

describe('a number', () => {
  it('is written to under its LID', async () => {
    const { resolve } = setUp({ '351911111111': '200@lid' })
    expect(await resolve('351911111111')).toEqual({
      jid: '200@lid',
      chat: { kind: 'person', phone: '351911111111', lid: '200' },
    })
  })

  it('is written to as it is when it has no LID, or when the operator says so', async () => {
    expect((await setUp({ '351911111111': undefined }).resolve('351911111111'))?.jid).toBe(
      '351911111111@s.whatsapp.net',
    )
    expect((await setUp({ '351911111111': '200@lid' }, 'phone').resolve('351911111111'))?.jid).toBe(
      '351911111111@s.whatsapp.net',
    )
  })

  it('in Brazil is found in either form, asked about in one question', async () => {
    const { resolve, questions } = setUp({ '553188887777': '200@lid' })
    expect((await resolve('5531988887777'))?.chat).toEqual({
      kind: 'person',
      phone: '553188887777',
      lid: '200',
    })
    expect(questions).toEqual([['5531988887777']])
  })

  it('in Brazil is the requested form when both have an account', async () => {
    const { resolve } = setUp({ '553188887777': '200@lid', '5531988887777': '300@lid' })
    expect((await resolve('5531988887777'))?.jid).toBe('300@lid')
    expect((await resolve('553188887777'))?.jid).toBe('200@lid')
  })

  it('is asked about once in days when it is on WhatsApp', async () => {
    const { resolve, questions, clock } = setUp({ '351911111111': '200@lid' })
    await resolve('351911111111')
    clock.at += 6 * 24 * 60 * minuteMs
    await resolve('351911111111')
    expect(questions).toHaveLength(1)
    clock.at += 2 * 24 * 60 * minuteMs
    await resolve('351911111111')
    expect(questions).toHaveLength(2)
  })

  it('is asked about once in minutes when it is not', async () => {
    const { resolve, questions, clock } = setUp({})
    expect(await resolve('351911111111')).toBeUndefined()
    clock.at += 9 * minuteMs
    expect(await resolve('351911111111')).toBeUndefined()
    expect(questions).toHaveLength(1)
    clock.at += minuteMs
    expect(await resolve('351911111111')).toBeUndefined()
    expect(questions).toHaveLength(2)
  })

  it('is not taken for unregistered when WhatsApp does not answer', async () => {
    const { resolve, directory } = setUp({ '351911111111': '200@lid' })
    directory.broken = true
    await expect(resolve('351911111111')).rejects.toThrow('no answer')
    directory.broken = false
    expect((await resolve('351911111111'))?.jid).toBe('200@lid')
    directory.broken = true
    expect((await resolve('351911111111'))?.jid).toBe('351911111111@s.whatsapp.net')
  })
})

describe('many', () => {
  it('are asked about in one question, and only those of whom nothing is known', async () => {
    const { resolver, resolve, questions } = setUp({
      '351911111111': '200@lid',
      '351922222222': undefined,
      '351933333333': '300@lid',
    })
    await resolve('351933333333')
    const addresses = await resolver.addressesOf([
      ...['351911111111', '351922222222', '351933333333', '351944444444'].map(
        (phone) => ({ kind: 'person', phone }) as const,
      ),
      { kind: 'person', phone: '351911111111' },
      { kind: 'lid', lid: '900' },
      { kind: 'group', group: '12' },
    ])
    expect(addresses.toSorted()).toEqual([
      '200@lid',
      '300@lid',
      '351922222222@s.whatsapp.net',
      '900@lid',
    ])
    expect(questions).toEqual([['351933333333'], ['351911111111', '351922222222', '351944444444']])
    await resolve('351911111111')
    expect(await resolve('351944444444')).toBeUndefined()
    expect(questions).toHaveLength(2)
  })
})

describe('a group or a LID', () => {
  it('is written to without a question', async () => {
    const { resolver, questions } = setUp({ '351911111111': '200@lid' })
    expect(await resolver.resolve({ kind: 'group', group: '12' })).toEqual({
      jid: '12@g.us',
      chat: { kind: 'group', group: '12' },
    })
    expect(await resolver.resolve({ kind: 'lid', lid: '200' })).toEqual({
      jid: '200@lid',
      chat: { kind: 'person', lid: '200', phone: '351911111111' },
    })
    expect(await resolver.resolve({ kind: 'lid', lid: '999' })).toEqual({
      jid: '999@lid',
      chat: { kind: 'person', lid: '999' },
    })
    expect(questions).toEqual([])
  })
})
