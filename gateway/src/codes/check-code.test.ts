import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { answerGridMs } from './codes.js'
import {
  type CodesStage,
  joao,
  maria,
  openCodesStage,
  wrong,
} from '../../test/support/codes-stage.js'

eachDatabase('the check of a login code', (open) => {
  let stage: CodesStage

  beforeEach(async () => {
    stage = await openCodesStage(await open())
  })

  it('says yes once', async () => {
    const code = await stage.start()
    expect(await stage.check(wrong(code))).toBe(false)
    expect(await stage.check(code)).toBe(true)
    expect(await stage.check(code)).toBe(false)
  })

  it('says yes to one of many at once', async () => {
    const code = await stage.start()
    const answers = Array.from({ length: 5 }, () =>
      stage.codes.check(stage.instanceId, maria, code),
    )
    await stage.world.clock.sleepers(5)
    await stage.world.clock.advance(answerGridMs)
    expect((await Promise.all(answers)).filter(Boolean)).toHaveLength(1)
  })

  it('refuses each code after five wrong ones, until there is a new code', async () => {
    const code = await stage.start()
    for (let n = 0; n < 5; n += 1) expect(await stage.check(wrong(code))).toBe(false)
    expect(await stage.check(code)).toBe(false)
    expect(await stage.check(await stage.start())).toBe(true)
  })

  it('knows the last code only, each person and each instance for itself', async () => {
    const first = await stage.start()
    const second = await stage.start()
    const third = await stage.start({ addressee: joao })
    expect(await stage.check(third)).toBe(third === second)
    expect(await stage.check(first)).toBe(false)
    expect(await stage.check(third, joao, await stage.world.anInstance())).toBe(false)
    expect(await stage.check(third, joao)).toBe(true)
  })

  it('takes the forms of a Brazilian number for one person, and knows one by LID', async () => {
    const code = await stage.start({ addressee: { kind: 'person', phone: '551199990001' } })
    expect(await stage.check(code)).toBe(true)
    const lid = { kind: 'lid', lid: '164354629388413' } as const
    expect(await stage.check(await stage.start({ addressee: lid }), lid)).toBe(true)
  })

  it('reads a code as people type it', async () => {
    const code = await stage.start({ charset: 'alphanumeric', length: 8 })
    expect(await stage.check(` ${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase())).toBe(true)
    const pasted = await stage.start()
    expect(await stage.check(`\u200B${pasted.slice(0, 3)}\u2013${pasted.slice(3)}\u2011`)).toBe(
      true,
    )
  })

  it('still knows the code after a restart', async () => {
    const code = await stage.start()
    stage.reopen(await open.again())
    expect(await stage.check(code)).toBe(true)
  })

  it('answers at the same moment, whether there is a code or not, and not before it', async () => {
    const code = await stage.start()
    for (const [who, typed] of [
      [joao, code],
      [maria, wrong(code)],
      [maria, code],
    ] as const) {
      const askedAt = stage.world.clock.now()
      const answer = stage.codes
        .check(stage.instanceId, who, typed)
        .then(() => stage.world.clock.now() - askedAt)
      await stage.world.clock.sleepers()
      await stage.world.clock.advance(answerGridMs + 10)
      expect(await answer).toBeGreaterThanOrEqual(answerGridMs)
      expect(stage.world.clock.sleepingMs).toEqual([])
    }
  })
})
