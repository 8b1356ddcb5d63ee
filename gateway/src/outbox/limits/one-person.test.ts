/** One person is one person, by number in any form and by LID, in every rule of sending. */

import { expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import type { Recipient } from '../../domain/chat.js'
import { RestrictedError, TooManyCodesError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'

const names = [
  { kind: 'person', phone: '5511999990001' },
  { kind: 'lid', lid: '77' },
  { kind: 'person', phone: '551199990001' },
] as const satisfies readonly Recipient[]
const [byNumber, byLid] = names
const pair = { phone: '551199990001', lid: '77' }
const other = { kind: 'lid', lid: '88' } as const
const code = { kind: 'otp-button', text: 'Oi', code: '845201', buttonText: 'Copiar' } as const

eachDatabase('one person by number and by LID', (openDatabase) => {
  async function open(per10Minutes = 0) {
    const world = anOutboxWorld(await openDatabase(), {
      codeLimits: { per10Minutes, perDay: 0 },
    })
    const id = await world.anInstance('closed')
    const send = (recipient: Recipient) => world.outbox.accept(id, { recipient, content: code })
    return { ...world, id, send }
  }

  async function restrict(world: Awaited<ReturnType<typeof open>>, id: InstanceId) {
    await world.database.transaction((transaction) =>
      world.restrictions.refused(
        { instanceId: id, recipient: other },
        { kind: 'locked', until: world.clock.now() + 60_000 },
        transaction,
      ),
    )
  }

  it('has one limit of codes', async () => {
    const { people, id, send } = await open(5)
    await people.learn(id, [pair])
    for (let n = 0; n < 5; n += 1) await send(names[n % 3] ?? byNumber)
    for (const name of names) await expect(send(name)).rejects.toThrow(TooManyCodesError)
    await send(other)
  })

  it('has one limit of codes also for those that it was sent before both names were known', async () => {
    const { people, id, send } = await open(4)
    for (let n = 0; n < 2; n += 1) for (const name of [byNumber, byLid]) await send(name)
    await people.learn(id, [pair])
    for (const name of names) await expect(send(name)).rejects.toThrow(TooManyCodesError)
  })

  it.each(names)(
    'is known to a restricted number by every name, once it wrote by one: %o',
    async (met) => {
      const world = await open()
      const { people, id, send, database, restrictions } = world
      await restrict(world, id)
      await expect(send(met)).rejects.toThrow(RestrictedError)
      const chat = {
        kind: 'person',
        ...(met.kind === 'lid' ? { lid: met.lid } : { phone: met.phone }),
      } as const
      await database.transaction((transaction) => restrictions.met(id, chat, transaction))
      await people.learn(id, [pair])
      for (const name of names) await send(name)
      await expect(send(other)).rejects.toThrow(RestrictedError)
    },
  )

  it('is learned from a message that names both', async () => {
    const world = await open()
    const { id, send, database, restrictions } = world
    await restrict(world, id)
    await database.transaction((transaction) =>
      restrictions.met(id, { kind: 'person', ...pair }, transaction),
    )
    for (const name of names) await send(name)
    expect(await world.people.whole(id, { lid: '77' })).toEqual(pair)
  })

  it('is one stranger, not two, when WhatsApp refuses messages to both names', async () => {
    const { people, id, database, restrictions } = await open()
    const refuse = (recipient: Recipient) =>
      database.transaction((transaction) =>
        restrictions.refused({ instanceId: id, recipient }, undefined, transaction),
      )
    await refuse(byLid)
    await people.learn(id, [pair])
    await refuse(byNumber)
    expect(await restrictions.until(id)).toBeUndefined()
    await refuse(other)
    expect(await restrictions.until(id)).toBeDefined()
  })

  it('is one chat, in which messages keep their order', async () => {
    const { people, id, send, database } = await open()
    await people.learn(id, [pair])
    for (const name of [...names, other]) await send(name)
    const rows = await database.query.selectFrom('message').select('chat_key').execute()
    const [first, second, third, ofOther] = rows.map(({ chat_key }) => chat_key)
    expect([second, third]).toEqual([first, first])
    expect(ofOther).not.toBe(first)
  })
})
