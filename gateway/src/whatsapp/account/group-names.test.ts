import type { BinaryNode } from 'baileys'
import { expect, it } from 'vitest'
import type { ChatId } from '../../domain/chat.js'
import { GroupNames } from './group-names.js'
import { Deferred } from '../deferred.js'
import { PairingMemories } from '../connection/pairing-memory.js'

const group = { kind: 'group', group: '120363019502650977' } as const

/** A server that knows the group under a name that may change. */
function setUp() {
  const server = {
    name: 'Turma' as string | undefined,
    asked: 0,
    held: undefined as Promise<void> | undefined,
    async query(): Promise<BinaryNode | undefined> {
      server.asked += 1
      await server.held
      if (server.name === undefined) return undefined
      const attrs = { id: group.group, subject: server.name }
      return { tag: 'iq', attrs: {}, content: [{ tag: 'group', attrs }] }
    },
  }
  const memory = new PairingMemories({ now: () => 0 }).of('3A' as never, 'identity')
  const names = new GroupNames(server, memory)
  const tells = (tag: string) =>
    names.hear({
      tag: 'notification',
      attrs: { type: 'w:gp2', from: `${group.group}@g.us` },
      content: [{ tag, attrs: {} }],
    })
  return { server, names, tells }
}

it('is asked for once, however many messages come at the same time', async () => {
  const { server, names } = setUp()
  expect(await Promise.all([names.of(group), names.of(group)])).toEqual(['Turma', 'Turma'])
  expect(await names.of(group)).toBe('Turma')
  expect(server.asked).toBe(1)
})

it('is asked for again after it was changed, and not after other changes', async () => {
  const { server, names, tells } = setUp()
  await names.of(group)
  server.name = 'Turma B'
  tells('add')
  expect(await names.of(group)).toBe('Turma')
  tells('subject')
  expect(await names.of(group)).toBe('Turma B')
})

it('is unknown where WhatsApp does not answer, and asked for again', async () => {
  const { server, names } = setUp()
  server.name = undefined
  expect(await names.of(group)).toBeUndefined()
  server.name = 'Turma'
  expect(await names.of(group)).toBe('Turma')
})

it('is asked for of few groups at the same time, and of persons never', async () => {
  const { server, names } = setUp()
  const held = new Deferred()
  server.held = held.promise
  const many: ChatId[] = Array.from({ length: 20 }, (_, index) => ({
    kind: 'group',
    group: `12036301950265${1000 + index}`,
  }))
  const answers = many.map((each) => names.of(each))
  expect(await names.of({ kind: 'person', phone: '5511999990001' })).toBeUndefined()
  expect(await answers.at(-1)).toBeUndefined()
  held.come()
  expect((await Promise.all(answers)).filter((name) => name !== undefined)).toHaveLength(8)
  expect(server.asked).toBe(8)
})
