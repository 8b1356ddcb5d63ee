import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Semaphore } from './semaphore.js'

describe('the connectSemaphore', () => {
  it('lets the next one in when another leaves, in the order of coming', async () => {
    const connectSemaphore = new Semaphore(2)
    const inside: string[] = []
    const enter = async (name: string) => {
      const leave = await connectSemaphore.enter()
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
