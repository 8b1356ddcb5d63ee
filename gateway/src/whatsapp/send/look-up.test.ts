import type { BinaryNode } from 'baileys'
import { array, assert, asyncProperty, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WhatsappRefusedError, WhatsappSilentError } from '../../domain/errors.js'
import { lookUp } from './look-up.js'

const signal = new AbortController().signal

interface Person {
  readonly phone: string
  readonly lid?: string | undefined
}

const node = (tag: string, attrs: object = {}, content?: BinaryNode['content']): BinaryNode => ({
  tag,
  attrs: attrs as Record<string, string>,
  ...(content === undefined ? {} : { content }),
})
const children = (parent: BinaryNode | undefined) =>
  Array.isArray(parent?.content) ? parent.content : []
const childOf = (parent: BinaryNode | undefined, tag: string) =>
  children(parent).find((child) => child.tag === tag)

/** Answers as WhatsApp does; `find` says whom a dialled number leads to. */
class Server {
  readonly asked: string[][] = []
  /** Whether the answer to the question that was just asked does not mention it. */
  leavesOut: (dialled: string) => boolean = () => false
  answers: 'with the text' | 'without the text' = 'with the text'
  readonly #find: (dialled: string) => Person | undefined

  constructor(find: (dialled: string) => Person | undefined) {
    this.#find = find
  }

  generateMessageTag = (): string => `tag-${this.asked.length}`

  query = async (iq: BinaryNode): Promise<BinaryNode> => {
    const users = children(childOf(childOf(iq, 'usync'), 'list'))
    const texts = users.flatMap((user) => {
      const text = childOf(user, 'contact')?.content
      return typeof text === 'string' ? [text] : []
    })
    this.asked.push(texts)
    return node('iq', {}, [
      node('usync', {}, [
        node(
          'list',
          {},
          texts.flatMap((text) => this.#answer(text)),
        ),
      ]),
    ])
  }

  #answer(text: string): BinaryNode[] {
    const dialled = text.slice(1)
    if (this.leavesOut(dialled)) return []
    const person = this.#find(dialled)
    const content = this.answers === 'with the text' ? Buffer.from(text) : undefined
    const jid = `${person?.phone ?? dialled}@s.whatsapp.net`
    const lid = person?.lid === undefined ? [] : [node('lid', { val: `${person.lid}@lid` })]
    const type = person === undefined ? 'out' : 'in'
    return [node('user', { jid }, [node('contact', { type }, content), ...lid])]
  }
}

describe.each(['with the text', 'without the text'] as const)('answers %s', (answers) => {
  it('are given in the order of the questions, also where one is asked twice', async () => {
    const known = new Map([
      ['551177770002', { phone: '551177770002', lid: '100' }],
      ['5511977770001', { phone: '5511977770001' }],
    ])
    const server = new Server((dialled) => known.get(dialled))
    server.answers = answers
    const phones = ['5511977770002', '4912345', '5511977770001', '5511977770002']
    const short = { asked: '5511977770002', phone: '551177770002', lid: '100' }
    expect(await lookUp(server, phones, signal)).toEqual([
      short,
      { asked: '4912345' },
      { asked: '5511977770001', phone: '5511977770001', lid: undefined },
      short,
    ])
    expect(server.asked.flat().filter((text) => text === '+5511977770002')).toHaveLength(1)
  })

  it('name the requested form where both forms have an account', async () => {
    const server = new Server((dialled) => ({ phone: dialled }))
    server.answers = answers
    const phones = ['551177770002', '5511977770002']
    const found = await lookUp(server, phones, signal)
    expect(found.map(({ phone }) => phone)).toEqual(phones)
  })
})

it('a number that WhatsApp writes otherwise is found by the text that was asked', async () => {
  const server = new Server((dialled) =>
    dialled === '525512345678' ? { phone: '5215512345678', lid: '7' } : undefined,
  )
  expect(await lookUp(server, ['525512345678'], signal)).toEqual([
    { asked: '525512345678', phone: '5215512345678', lid: '7' },
  ])
})

it.each([
  ['525512345678', '5215512345678'],
  ['5491123456789', '541123456789'],
  ['553188887777', '5531988887777'],
])('asked for %s, a number that is registered as %s is found', async (asked, registered) => {
  const server = new Server((dialled) => (dialled === registered ? { phone: dialled } : undefined))
  expect(await lookUp(server, [asked], signal)).toEqual([{ asked, phone: registered }])
})

describe('a number that the answer does not mention', () => {
  const known = { '4912345': { phone: '4912345', lid: '7' } } as Record<string, Person>
  const ask = (leavesOut: (dialled: string) => boolean, phones = ['4912345', '4999999']) => {
    const server = new Server((dialled) => known[dialled])
    server.leavesOut = leavesOut
    return lookUp(server, phones, signal).then((found) => ({ found, asked: server.asked }))
  }

  it('is asked for once more, alone', async () => {
    let times = 0
    const { found, asked } = await ask((dialled) => dialled === '4912345' && times++ === 0)
    expect(found).toEqual([{ asked: '4912345', ...known['4912345'] }, { asked: '4999999' }])
    expect(asked).toEqual([['+4912345', '+4999999'], ['+4912345']])
  })

  it('and is not mentioned again is not said to be on WhatsApp or not', async () => {
    const { found, asked } = await ask((dialled) => dialled === '4912345')
    expect(found).toEqual([{ asked: '4912345', isUnanswered: true }, { asked: '4999999' }])
    expect(asked).toHaveLength(2)
  })

  it('in one of its forms is answered in the other', async () => {
    const { found } = await ask((dialled) => dialled === '5215512345678', ['5215512345678'])
    expect(found).toEqual([{ asked: '5215512345678' }])
  })
})

const exists = (phone: string) => Number(phone.at(-1)) % 2 === 0

it('every number gets its own answer, however many there are, in bounded questions', async () => {
  const phones = array(stringMatching(/^[1-9]\d{7,12}$/), { maxLength: 1_300 })
  await assert(
    asyncProperty(phones, async (asked) => {
      const server = new Server((phone) => (exists(phone) ? { phone } : undefined))
      const found = await lookUp(server, asked, signal)
      expect(found.map((one) => one.asked)).toEqual(asked)
      for (const one of found) expect(one.phone !== undefined).toBe(exists(one.asked))
      for (const texts of server.asked) expect(texts.length).toBeLessThanOrEqual(1_000)
    }),
    { numRuns: 20 },
  )
})

it('the questions end when the caller leaves', async () => {
  const gone = new AbortController()
  const server = new Server(() => {
    gone.abort(new Error('gone'))
    return undefined
  })
  const phones = Array.from({ length: 2_000 }, (_, index) => `49${1_000_000 + index}`)
  await expect(lookUp(server, phones, gone.signal)).rejects.toThrow('gone')
  expect(server.asked).toHaveLength(1)
})

const saying = (query: () => Promise<unknown>) =>
  lookUp({ query, generateMessageTag: () => 'tag' }, ['4912345'], signal)

it('a refusal and silence are told apart', async () => {
  const refused = Object.assign(new Error('rate-overlimit'), { data: 429 })
  await expect(saying(() => Promise.reject(refused))).rejects.toThrow(WhatsappRefusedError)
  await expect(saying(() => Promise.reject(refused))).rejects.toThrow('429')
  await expect(saying(async () => undefined)).rejects.toThrow(WhatsappSilentError)
  const closed = new Error('Connection Closed')
  await expect(saying(() => Promise.reject(closed))).rejects.toThrow(WhatsappSilentError)
})
