import { beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import {
  IdempotencyKeyReusedError,
  RequestInFlightError,
  TooManyCodesError,
} from '../../domain/errors.js'
import type { Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import { OldCodes } from './accepted-codes.js'
import { OldKeys } from './idempotency-store.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('Admission', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { maxWaiting: 3 })
    instanceId = await world.anInstance('closed')
  })

  const messages = () => world.database.query.selectFrom('message').selectAll().execute()

  const accept = (idempotencyKey: string, code = '845201', to = instanceId) =>
    world.outbox.accept(to, { recipient, content: anOtp(code) }, { idempotencyKey })

  describe('of a request with a key', () => {
    it('gives the same ids again, and stores nothing twice', async () => {
      const first = await accept('k')
      expect(await accept('k')).toMatchObject(first)
      expect(await messages()).toHaveLength(1)
    })

    it('gives them again after a restart, and when the line is full', async () => {
      const first = await accept('k')
      await accept('l')
      await accept('m')
      world = anOutboxWorld(await openDatabase.again(), { maxWaiting: 3 })
      expect(await accept('k')).toMatchObject(first)
    })

    it('refuses other parameters under the same key', async () => {
      await accept('k')
      await expect(accept('k', '845202')).rejects.toThrow(IdempotencyKeyReusedError)
      expect(await messages()).toHaveLength(1)
    })

    it('keeps the keys of two instances apart', async () => {
      const first = await accept('k')
      const other = await accept('k', '845202', await world.anInstance('closed'))
      expect(other.id).not.toBe(first.id)
    })

    it('takes the same key of two instances at once', async () => {
      const other = await world.anInstance('closed')
      const [one, two] = await Promise.all([accept('k'), accept('k', '845202', other)])
      expect(two.id).not.toBe(one.id)
      expect(await messages()).toHaveLength(2)
    })

    it('refuses the second of two at once, and never stores both', async () => {
      const trials = await Promise.allSettled(Array.from({ length: 5 }, () => accept('k')))
      const refused = trials.filter((each) => each.status === 'rejected')
      expect(refused.map(({ reason }) => reason)).toEqual(
        Array.from({ length: 4 }, () => expect.any(RequestInFlightError)),
      )
      expect(await messages()).toHaveLength(1)
      await expect(accept('k')).resolves.toBeDefined()
    })

    it('keeps no key of what was refused', async () => {
      for (const key of ['k', 'l', 'm']) await accept(key)
      await expect(accept('n')).rejects.toThrow('wait already')
      world.session.open(instanceId)
      await expect(accept('n', '845202')).resolves.toBeDefined()
    })

    it('forgets it after 48 hours, purged or not', async () => {
      const old = new OldKeys(world)
      const first = await accept('k')
      await accept('l')
      await world.clock.advance(48 * 3_600_000 - 1)
      expect(await old.purge()).toBe(0)
      await world.clock.advance(1)
      const again = await accept('k', '845202')
      expect(again.id).not.toBe(first.id)
      expect(await accept('k', '845202')).toMatchObject(again)
      expect(await old.purge()).toBe(1)
    })

    it('keeps neither code nor key in clear', async () => {
      await accept('key-of-845201')
      const rows = await world.database.query.selectFrom('idempotency_key').selectAll().execute()
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toMatch(/845201|5511999990001/u)
    })
  })

  const minutes = (count: number) => world.clock.advance(count * 60_000)

  describe('of a code for a person', () => {
    const codeLimits = { per10Minutes: 2, perDay: 3 }
    const ofMany = { kind: 'person', phone: '5511999990001' } as const

    beforeEach(async () => {
      world = anOutboxWorld(world.database, { codeLimits })
      instanceId = await world.anInstance()
    })

    const send = (to: Recipient = ofMany, code = '845201', idempotencyKey?: string) =>
      world.outbox.accept(instanceId, { recipient: to, content: anOtp(code) }, { idempotencyKey })

    it('refuses one too many, and says when the next may go', async () => {
      await send()
      await minutes(4)
      await send()
      await expect(send()).rejects.toMatchObject({ retryAfterSeconds: 360 })
      await minutes(6)
      await send()
      await expect(send()).rejects.toMatchObject({ retryAfterSeconds: 24 * 3_600 - 600 })
      expect(await messages()).toHaveLength(3)
    })

    it('takes the forms of a Brazilian number for one phone, and every instance for itself', async () => {
      await send({ kind: 'person', phone: '551199990001' })
      await send({ kind: 'person', phone: '5511999990001' })
      await expect(send({ kind: 'person', phone: '551199990001' })).rejects.toThrow(
        TooManyCodesError,
      )
      await send({ kind: 'person', phone: '5511999990002' })
      instanceId = await world.anInstance()
      await send()
    })

    it('lets no more through when many come at once', async () => {
      const trials = await Promise.allSettled(Array.from({ length: 10 }, () => send()))
      expect(trials.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
      expect(await messages()).toHaveLength(2)
    })

    it('counts codes only, and not what goes to a group', async () => {
      const group = { kind: 'group', group: '120363019502650977' } as const
      for (let count = 0; count < 4; count += 1) {
        await send(ofMany, 'x'.repeat(16))
        await send(group)
      }
      await expect(send()).resolves.toBeDefined()
    })

    it('counts a request that is repeated once, and one that was refused not at all', async () => {
      await send(ofMany, '1', 'k')
      for (let count = 0; count < 4; count += 1) await send(ofMany, '1', 'k')
      await send()
      await expect(send(ofMany, '2', 'l')).rejects.toThrow(TooManyCodesError)
      await expect(send(ofMany, '1', 'k')).resolves.toBeDefined()
      await minutes(10)
      await expect(send(ofMany, '2', 'l')).resolves.toBeDefined()
    })

    it('keeps nothing where no limit is set', async () => {
      world = anOutboxWorld(world.database)
      await send()
      expect(await world.database.query.selectFrom('accepted_code').selectAll().execute()).toEqual(
        [],
      )
    })

    it('forgets it after a day, and has no number in clear', async () => {
      const old = new OldCodes(world)
      await send()
      const rows = await world.database.query.selectFrom('accepted_code').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain('99990001')
      await minutes(24 * 60 - 1)
      expect(await old.purge()).toBe(0)
      await minutes(1)
      expect(await old.purge()).toBe(1)
    })
  })
})
