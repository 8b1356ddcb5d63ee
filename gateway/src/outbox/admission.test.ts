import { beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOtp } from '../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import { IdempotencyKeyReusedError, RequestInFlightError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import { keepKeyMs } from './idempotency.js'
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
      await world.clock.advance(keepKeyMs - 1)
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
})
