/** A code belongs to the person, whichever name it was asked for and is checked by. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import { createVault } from '../db/encryption.js'
import { TooManyCodesError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { Addressee } from './code-store.js'
import { answerGridMs, Codes } from './codes.js'

const byNumber = { kind: 'person', phone: '5511999990001' } as const
const byOldForm = { kind: 'person', phone: '551199990001' } as const
const byLid = { kind: 'lid', lid: '77' } as const
const names = [byNumber, byOldForm, byLid] as const
const pair = { phone: '551199990001', lid: '77' }

const pairs = names.flatMap((asked) => names.map((checked) => [asked, checked] as const))

eachDatabase('the code of one person', (openDatabase) => {
  let world: OutboxWorld
  let id: InstanceId
  let codes: Codes
  let made: string[]

  beforeEach(async () => {
    made = []
    world = anOutboxWorld(await openDatabase())
    id = await world.anInstance()
    codes = new Codes({
      ...world,
      vault: createVault(Buffer.alloc(32, 7)),
      outbox: {
        accept: (instanceId, submission, accepting) => {
          if (submission.content.kind === 'otp-button') made.push(submission.content.code)
          return world.outbox.accept(instanceId, submission, accepting)
        },
      },
    })
  })

  async function start(addressee: Addressee, cooldownSeconds = 0): Promise<string> {
    const wish = {
      text: '{code}',
      buttonText: 'Copiar',
      length: 9,
      charset: 'alphanumeric',
    } as const
    await codes.start(id, { ...wish, addressee, expiresInSeconds: 300, cooldownSeconds })
    return made.at(-1) ?? ''
  }

  async function check(code: string, who: Addressee): Promise<boolean> {
    const answer = codes.check(id, who, code)
    await world.clock.sleepers()
    await world.clock.advance(answerGridMs)
    return answer
  }

  it.each(pairs)('asked for by %o is right by %o, once', async (asked, checked) => {
    await world.people.learn(id, [pair])
    const code = await start(asked)
    expect(await check(code, checked)).toBe(true)
    for (const name of names) expect(await check(code, name)).toBe(false)
  })

  it('asked for before the other name was known is right by it', async () => {
    const code = await start(byNumber)
    await world.people.learn(id, [pair])
    expect(await check(code, byLid)).toBe(true)
    expect(await check(code, byNumber)).toBe(false)
  })

  it.each(pairs)('has one cooldown: asked for by %o and then by %o', async (first, second) => {
    await world.people.learn(id, [pair])
    await start(first, 30)
    await expect(start(second, 30)).rejects.toThrow(TooManyCodesError)
    await world.clock.advance(30_000)
    await start(second, 30)
  })

  it('ends the one before, by whichever name that was asked for', async () => {
    await world.people.learn(id, [pair])
    const [first, second] = [await start(byNumber), await start(byLid)]
    for (const name of names) expect(await check(first, name)).toBe(false)
    expect(await check(second, byNumber)).toBe(true)
    const rows = await world.database.query.selectFrom('pending_code').selectAll().execute()
    expect(rows).toHaveLength(1)
  })

  it.each([
    [byNumber, byLid],
    [byLid, byNumber],
  ] as const)(
    'is the later of two, asked for by %o and by %o as if by two people',
    async (one, two) => {
      const first = await start(one, 30)
      await world.clock.advance(1_000)
      const second = await start(two, 40)
      await world.people.learn(id, [pair])
      await world.clock.advance(31_000)
      await expect(start(one)).rejects.toMatchObject({ retryAfterSeconds: 9 })
      for (const name of names) expect(await check(first, name)).toBe(false)
      expect(await check(second, one)).toBe(true)
      expect(await check(first, two)).toBe(false)
    },
  )

  it('has five tries, not five for each name', async () => {
    await world.people.learn(id, [pair])
    const code = await start(byNumber)
    for (let n = 0; n < 5; n += 1)
      expect(await check('WRONGCODE', names[n % 3] ?? byLid)).toBe(false)
    for (const name of names) expect(await check(code, name)).toBe(false)
  })
})
