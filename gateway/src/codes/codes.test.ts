import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { createVault } from '../db/encryption.js'
import { IdempotencyKeyReusedError, OutboxFullError, TooManyCodesError } from '../domain/errors.js'
import { Codes } from './codes.js'
import {
  type CodesStage,
  joao,
  maria,
  openCodesStage,
  wish,
  wrong,
} from '../../test/support/codes-stage.js'

eachDatabase('login codes', (open) => {
  let stage: CodesStage

  beforeEach(async () => {
    stage = await openCodesStage(await open())
  })

  describe('a start', () => {
    it('queues the code with its text, and answers ids and end but no code', async () => {
      const now = stage.world.clock.now()
      const started = await stage.codes.start(stage.instanceId, wish({ expiresInSeconds: 60 }))
      const [row] = await stage.messages()
      expect(started).toEqual({
        id: row?.id,
        whatsappId: row?.whatsapp_id,
        expiresAt: now + 60_000,
      })
      expect(row?.expires_at).toBe(now + 60_000)
      const sent = new Promise((resolve) => {
        stage.world.session.answerNext(({ message, at }) => {
          resolve(message.content)
          return { kind: 'sent', at, chat: maria }
        })
      })
      await stage.world.sender.start()
      expect(await sent).toMatchObject({
        kind: 'otp-button',
        code: stage.made[0],
        text: `Código ${stage.made[0]}`,
        buttonText: 'Copiar',
      })
      await stage.world.sender[Symbol.asyncDispose]()
    })

    it('stores neither code nor phone in clear, nor a hash that can be computed without the key', async () => {
      const code = await stage.start()
      const [row] = await stage.rows()
      expect(JSON.stringify(row)).not.toContain(code)
      expect(JSON.stringify(row)).not.toContain('99990001')
      stage.reopen(stage.world.database)
      stage.codes = new Codes({ ...stage.world, vault: createVault(Buffer.alloc(32, 8)) })
      expect(await stage.check(code)).toBe(false)
    })

    it('stores nothing of what is refused', async () => {
      stage.reopen(stage.world.database, { maxWaiting: 0 })
      const closed = await stage.world.anInstance('closed')
      await expect(stage.codes.start(closed, wish())).rejects.toThrow(OutboxFullError)
      expect(await stage.rows()).toEqual([])
      expect(await stage.messages()).toEqual([])
    })

    it('counts against the limits of codes, together with the cooldown', async () => {
      stage.reopen(stage.world.database, { codeLimits: { per10Minutes: 2, perDay: 0 } })
      await stage.start()
      const second = await stage.start()
      await expect(stage.start()).rejects.toMatchObject({ retryAfterSeconds: 600 })
      expect(await stage.messages()).toHaveLength(2)
      expect(await stage.check(second)).toBe(true)
    })

    it('waits for the cooldown of the last one, which a right check does not end', async () => {
      const first = await stage.start({ cooldownSeconds: 30 })
      await stage.world.clock.advance(10_000)
      await expect(stage.start()).rejects.toMatchObject({ retryAfterSeconds: 20 })
      expect(await stage.messages()).toHaveLength(1)
      expect(await stage.check(first)).toBe(true)
      await expect(stage.start()).rejects.toThrow(TooManyCodesError)
      await stage.start({ addressee: joao })
      await stage.world.clock.advance(20_000)
      await stage.start()
    })

    it('lets one of many at once through', async () => {
      const trials = await Promise.allSettled(
        Array.from({ length: 8 }, () =>
          stage.codes.start(stage.instanceId, wish({ cooldownSeconds: 30 })),
        ),
      )
      expect(trials.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await stage.messages()).toHaveLength(1)
      expect(await stage.rows()).toHaveLength(1)
    })

    it('is the same one again under its key, and leaves the code as it is', async () => {
      const options = { idempotencyKey: 'login-1' }
      const cooling = wish({ cooldownSeconds: 30 })
      const first = await stage.codes.start(stage.instanceId, cooling, options)
      await stage.world.clock.advance(5_000)
      expect(await stage.codes.start(stage.instanceId, cooling, options)).toEqual(first)
      expect(await stage.messages()).toHaveLength(1)
      expect(await stage.check(stage.made[0] ?? '')).toBe(true)
      await expect(
        stage.codes.start(stage.instanceId, wish({ length: 8 }), options),
      ).rejects.toThrow(IdempotencyKeyReusedError)
    })
  })

  it('behaves like the rule book whatever happens in whatever order', async () => {
    const step = fc.oneof(
      fc.constant('start' as const),
      fc.constant('right' as const),
      fc.constant('wrong' as const),
      fc.integer({ min: 1, max: 200 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
        stage.instanceId = await stage.world.anInstance()
        let model = { code: '000000', tries: 5, expiresAt: 0 }
        const answers: boolean[] = []
        const expected: boolean[] = []
        for (const each of steps) {
          if (typeof each === 'number') await stage.world.clock.advance(each * 1_000)
          else if (each === 'start')
            model = {
              code: await stage.start(),
              tries: 0,
              expiresAt: stage.world.clock.now() + 300_000,
            }
          else {
            const isOpen = model.tries < 5 && stage.world.clock.now() < model.expiresAt
            const isValid = isOpen && each === 'right'
            model.tries = isValid ? 5 : model.tries + 1
            expected.push(isValid)
            answers.push(await stage.check(each === 'right' ? model.code : wrong(model.code)))
          }
        }
        expect(answers).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('is forgotten when neither its life nor its cooldown matters any more', async () => {
    await stage.start({ expiresInSeconds: 30, cooldownSeconds: 60 })
    await stage.start({ addressee: joao, expiresInSeconds: 30 })
    await stage.world.clock.advance(29_999)
    expect(await stage.codes.purge()).toBe(0)
    await stage.world.clock.advance(1)
    expect(await stage.codes.purge()).toBe(1)
    await stage.world.clock.advance(30_000)
    expect(await stage.codes.purge()).toBe(1)
  })
})
