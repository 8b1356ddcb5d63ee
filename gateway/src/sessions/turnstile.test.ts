import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Turnstile } from './turnstile.js'

describe('the turnstile', () => {
  it('lets the next one in when somebody leaves, in the order of coming', async () => {
    const turnstile = new Turnstile(2)
    const inside: string[] = []
    const enter = async (name: string) => {
      const leave = await turnstile.enter()
      inside.push(name)
      return leave
    }
    const [first, second] = await Promise.all([enter('a'), enter('b')])
    const third = enter('c')
    const fourth = enter('d')
    await nextTurn()
    expect(inside).toEqual(['a', 'b'])

    first()
    first()
    const leaveThird = await third
    expect(inside).toEqual(['a', 'b', 'c'])

    second()
    leaveThird()
    ;(await fourth)()
    expect(inside).toEqual(['a', 'b', 'c', 'd'])

    await Promise.all([enter('e'), enter('f')])
    expect(inside).toHaveLength(6)
  })
})
