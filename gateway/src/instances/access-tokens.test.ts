import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { AccessTokens } from './access-tokens.js'

const clock = new ManualClock()

eachDatabase('the tokens of the gateway', (open) => {
  test('are made at the first start, told once, and still accepted after the next', async () => {
    const first = new AccessTokens({ database: await open(), clock })
    const made = await first.open()
    expect(made).toEqual({
      client: expect.stringMatching(/^F[0-9a-f]{32}S$/),
      partner: expect.stringMatching(/^[0-9a-f]{64}$/),
    })

    const second = new AccessTokens({ database: await open.again(), clock })
    expect(await second.open()).toEqual({})
    for (const tokens of [first, second]) {
      expect(tokens.accepts('client', made.client ?? '')).toBe(true)
      expect(tokens.accepts('partner', made.partner ?? '')).toBe(true)
      expect(tokens.accepts('partner', made.client ?? '')).toBe(false)
      expect(tokens.accepts('client', made.partner ?? '')).toBe(false)
      expect(tokens.accepts('client', '')).toBe(false)
    }
  })

  test('a configured token counts alone and is not stored', async () => {
    const database = await open()
    const { client = '' } = await new AccessTokens({ database, clock }).open()
    const configured = new AccessTokens({ database, clock, client: 'mine', partner: 'ours' })

    expect(await configured.open()).toEqual({})
    expect(configured.accepts('client', 'mine')).toBe(true)
    expect(configured.accepts('partner', 'ours')).toBe(true)
    expect(configured.accepts('client', client)).toBe(false)
    expect(configured.accepts('client', 'ours')).toBe(false)

    const withoutAgain = new AccessTokens({ database, clock })
    expect(await withoutAgain.open()).toEqual({})
    expect(withoutAgain.accepts('client', client)).toBe(true)
    expect(withoutAgain.accepts('client', 'mine')).toBe(false)
  })

  test('that another node made are known after the next look', async () => {
    const database = await open()
    const [here, there] = [
      new AccessTokens({ database, clock }),
      new AccessTokens({ database, clock }),
    ]
    await here.open()
    expect(await there.open()).toEqual({})
    const by = { role: 'operator', address: '127.0.0.1' } as const
    const { token } = await there.rotate('partner', 0, by)
    expect(here.accepts('partner', token)).toBe(false)
    await here.open()
    expect(here.accepts('partner', token)).toBe(true)
  })

  test('one may be configured and the other made', async () => {
    const tokens = new AccessTokens({ database: await open(), clock, client: 'mine' })
    const made = await tokens.open()
    expect(Object.keys(made)).toEqual(['partner'])
  })

  test('nothing is accepted before they are opened', async () => {
    const tokens = new AccessTokens({ database: await open(), clock, client: 'mine' })
    expect(tokens.accepts('client', 'mine')).toBe(false)
    expect(tokens.accepts('partner', '')).toBe(false)
  })
})
