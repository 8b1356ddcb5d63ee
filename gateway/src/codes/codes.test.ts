import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import { createVault } from '../db/encryption.js'
import { IdempotencyKeyReusedError, OutboxFullError, TooManyCodesError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { Addressee } from './code-store.js'
import { answerGridMs, Codes, type CodeWish } from './codes.js'

const vault = createVault(Buffer.alloc(32, 7))
const maria = { kind: 'person', phone: '5511999990001' } as const
const joao = { kind: 'person', phone: '5511999990002' } as const

const wish = (change: Partial<CodeWish> = {}): CodeWish => ({
  addressee: maria,
  text: 'Código {code}',
  buttonText: 'Copiar',
  length: 6,
  charset: 'digits',
  expiresInSeconds: 300,
  cooldownSeconds: 0,
  ...change,
})

const wrong = (code: string) => code.replace(/^./u, (first) => (first === '1' ? '2' : '1'))

eachDatabase('login codes', (open) => {
  let world: OutboxWorld
  let instanceId: InstanceId
  let codes: Codes
  /** Every code that was made, as the outbox was given it. */
  let made: string[]

  function aWorldOf(database: OutboxWorld['database'], options = {}): void {
    world = anOutboxWorld(database, options)
    codes = new Codes({
      database,
      people: world.people,
      vault,
      clock: world.clock,
      outbox: {
        accept: (id, submission, accepting) => {
          if (submission.content.kind === 'otp-button') made.push(submission.content.code)
          return world.outbox.accept(id, submission, accepting)
        },
      },
    })
  }

  beforeEach(async () => {
    made = []
    aWorldOf(await open())
    instanceId = await world.anInstance()
  })

  /** Gives the code that was sent. */
  async function start(change: Partial<CodeWish> = {}): Promise<string> {
    await codes.start(instanceId, wish(change))
    return made.at(-1) ?? ''
  }

  async function check(code: string, who: Addressee = maria, of = instanceId): Promise<boolean> {
    const answer = codes.check(of, who, code)
    await world.clock.sleepers()
    await world.clock.advance(answerGridMs)
    return answer
  }

  const rows = () => world.database.query.selectFrom('pending_code').selectAll().execute()
  const messages = () => world.database.query.selectFrom('message').selectAll().execute()

  describe('a start', () => {
    it('puts the code in line with its text, and tells ids and end but no code', async () => {
      const now = world.clock.now()
      const started = await codes.start(instanceId, wish({ expiresInSeconds: 60 }))
      const [row] = await messages()
      expect(started).toEqual({
        id: row?.id,
        whatsappId: row?.whatsapp_id,
        expiresAt: now + 60_000,
      })
      expect(row?.expires_at).toBe(now + 60_000)
      const sent = new Promise((resolve) => {
        world.session.answerNext(({ message, at }) => {
          resolve(message.content)
          return { kind: 'sent', at, chat: maria }
        })
      })
      await world.sender.start()
      expect(await sent).toMatchObject({
        kind: 'otp-button',
        code: made[0],
        text: `Código ${made[0]}`,
        buttonText: 'Copiar',
      })
      await world.sender[Symbol.asyncDispose]()
    })

    it('keeps neither code nor phone in clear, nor a hash that anybody could compute', async () => {
      const code = await start()
      const [row] = await rows()
      expect(JSON.stringify(row)).not.toContain(code)
      expect(JSON.stringify(row)).not.toContain('99990001')
      aWorldOf(world.database)
      codes = new Codes({ ...world, vault: createVault(Buffer.alloc(32, 8)) })
      expect(await check(code)).toBe(false)
    })

    it('stores nothing of what is refused', async () => {
      aWorldOf(world.database, { maxWaiting: 0 })
      const closed = await world.anInstance('closed')
      await expect(codes.start(closed, wish())).rejects.toThrow(OutboxFullError)
      expect(await rows()).toEqual([])
      expect(await messages()).toEqual([])
    })

    it('counts against the limits of codes, together with the cooldown', async () => {
      aWorldOf(world.database, { codeLimits: { per10Minutes: 2, perDay: 0 } })
      await start()
      const second = await start()
      await expect(start()).rejects.toMatchObject({ retryAfterSeconds: 600 })
      expect(await messages()).toHaveLength(2)
      expect(await check(second)).toBe(true)
    })

    it('waits for the cooldown of the last one, which a right check does not end', async () => {
      const first = await start({ cooldownSeconds: 30 })
      await world.clock.advance(10_000)
      await expect(start()).rejects.toMatchObject({ retryAfterSeconds: 20 })
      expect(await messages()).toHaveLength(1)
      expect(await check(first)).toBe(true)
      await expect(start()).rejects.toThrow(TooManyCodesError)
      await start({ addressee: joao })
      await world.clock.advance(20_000)
      await start()
    })

    it('lets one of many at once through', async () => {
      const trials = await Promise.allSettled(
        Array.from({ length: 8 }, () => codes.start(instanceId, wish({ cooldownSeconds: 30 }))),
      )
      expect(trials.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await messages()).toHaveLength(1)
      expect(await rows()).toHaveLength(1)
    })

    it('is the same one again under its key, and leaves the code as it is', async () => {
      const options = { idempotencyKey: 'login-1' }
      const cooling = wish({ cooldownSeconds: 30 })
      const first = await codes.start(instanceId, cooling, options)
      await world.clock.advance(5_000)
      expect(await codes.start(instanceId, cooling, options)).toEqual(first)
      expect(await messages()).toHaveLength(1)
      expect(await check(made[0] ?? '')).toBe(true)
      await expect(codes.start(instanceId, wish({ length: 8 }), options)).rejects.toThrow(
        IdempotencyKeyReusedError,
      )
    })
  })

  describe('a check', () => {
    it('says yes once', async () => {
      const code = await start()
      expect(await check(wrong(code))).toBe(false)
      expect(await check(code)).toBe(true)
      expect(await check(code)).toBe(false)
    })

    it('says yes to one of many at once', async () => {
      const code = await start()
      const answers = Array.from({ length: 5 }, () => codes.check(instanceId, maria, code))
      await world.clock.sleepers(5)
      await world.clock.advance(answerGridMs)
      expect((await Promise.all(answers)).filter(Boolean)).toHaveLength(1)
    })

    it('says yes to nobody after five wrong ones, until there is a new code', async () => {
      const code = await start()
      for (let n = 0; n < 5; n += 1) expect(await check(wrong(code))).toBe(false)
      expect(await check(code)).toBe(false)
      expect(await check(await start())).toBe(true)
    })

    it('knows the last code only, each person and each instance for itself', async () => {
      const first = await start()
      const second = await start()
      const third = await start({ addressee: joao })
      expect(await check(third)).toBe(third === second)
      expect(await check(first)).toBe(false)
      expect(await check(third, joao, await world.anInstance())).toBe(false)
      expect(await check(third, joao)).toBe(true)
    })

    it('takes the forms of a Brazilian number for one person, and knows one by LID', async () => {
      const code = await start({ addressee: { kind: 'person', phone: '551199990001' } })
      expect(await check(code)).toBe(true)
      const lid = { kind: 'lid', lid: '164354629388413' } as const
      expect(await check(await start({ addressee: lid }), lid)).toBe(true)
    })

    it('reads a code as people type it', async () => {
      const code = await start({ charset: 'alphanumeric', length: 8 })
      expect(await check(` ${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase())).toBe(true)
      const pasted = await start()
      expect(await check(`\u200B${pasted.slice(0, 3)}\u2013${pasted.slice(3)}\u2011`)).toBe(true)
    })

    it('still knows the code after a restart', async () => {
      const code = await start()
      aWorldOf(await open.again())
      expect(await check(code)).toBe(true)
    })

    it('answers at the same moment, whether there is a code or not, and not before it', async () => {
      const code = await start()
      for (const [who, typed] of [
        [joao, code],
        [maria, wrong(code)],
        [maria, code],
      ] as const) {
        const askedAt = world.clock.now()
        const answer = codes.check(instanceId, who, typed).then(() => world.clock.now() - askedAt)
        await world.clock.sleepers()
        await world.clock.advance(answerGridMs + 10)
        expect(await answer).toBeGreaterThanOrEqual(answerGridMs)
        expect(world.clock.sleepingMs).toEqual([])
      }
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
        instanceId = await world.anInstance()
        let model = { code: '000000', tries: 5, expiresAt: 0 }
        const answers: boolean[] = []
        const expected: boolean[] = []
        for (const each of steps) {
          if (typeof each === 'number') await world.clock.advance(each * 1_000)
          else if (each === 'start')
            model = { code: await start(), tries: 0, expiresAt: world.clock.now() + 300_000 }
          else {
            const isOpen = model.tries < 5 && world.clock.now() < model.expiresAt
            const isValid = isOpen && each === 'right'
            model.tries = isValid ? 5 : model.tries + 1
            expected.push(isValid)
            answers.push(await check(each === 'right' ? model.code : wrong(model.code)))
          }
        }
        expect(answers).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('is forgotten when neither its life nor its cooldown matters any more', async () => {
    await start({ expiresInSeconds: 30, cooldownSeconds: 60 })
    await start({ addressee: joao, expiresInSeconds: 30 })
    await world.clock.advance(29_999)
    expect(await codes.purge()).toBe(0)
    await world.clock.advance(1)
    expect(await codes.purge()).toBe(1)
    await world.clock.advance(30_000)
    expect(await codes.purge()).toBe(1)
  })
})
