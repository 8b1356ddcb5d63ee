import { EventEmitter, once } from 'node:events'
import { expect, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { fellSilent } from './liveness.js'

/** A connection that answers as told, and counts how often it was asked. */
function watched(random = 0.5) {
  const clock = new ManualClock()
  const over = new AbortController()
  const asked: number[] = []
  const connection = {
    answer: (): boolean | Promise<boolean> => true,
    async isAlive(withinMs: number) {
      asked.push(withinMs)
      return this.answer()
    },
  }
  let current: typeof connection | undefined = connection
  const silent = fellSilent(() => current, over.signal, { clock, random: () => random })
  const lose = () => {
    current = undefined
  }
  return { clock, over, asked, connection, silent, lose }
}

test.each([
  [0, 45_000],
  [0.5, 60_000],
  [1, 75_000],
])(
  'with the draw %d a connection is asked every %i ms whether it answers',
  async (draw, everyMs) => {
    const { clock, over, asked, silent } = watched(draw)
    await clock.advance(everyMs - 1)
    expect(asked).toEqual([])
    await clock.advance(1)
    expect(asked).toEqual([15_000])
    await clock.advance(everyMs)
    expect(asked).toEqual([15_000, 15_000])
    over.abort()
    expect(await silent).toBe(false)
  },
)

test('a connection that does not answer fell silent', async () => {
  const { clock, connection, silent } = watched()
  connection.answer = () => false
  await clock.advance(60_000)
  expect(await silent).toBe(true)
})

test('where there is no connection, no ping is sent, and the watch goes on', async () => {
  const { clock, over, asked, silent, lose } = watched()
  lose()
  await clock.advance(180_000)
  expect(asked).toEqual([])
  expect(clock.sleepingMs).toEqual([60_000])
  over.abort()
  expect(await silent).toBe(false)
})

test('sends no ping after its end', async () => {
  const { clock, over, asked, silent } = watched()
  await clock.advance(59_000)
  over.abort()
  expect(await silent).toBe(false)
  expect(asked).toEqual([])
})

test('what was over before the answer came is not called silent', async () => {
  const { clock, over, connection, silent } = watched()
  const line = new EventEmitter()
  connection.answer = async () => {
    await once(line, 'silence')
    return false
  }
  await clock.advance(60_000)
  over.abort()
  line.emit('silence')
  expect(await silent).toBe(false)
})

test('nothing is watched that was over before', async () => {
  const options = { clock: new ManualClock(), random: Math.random }
  expect(await fellSilent(() => undefined, AbortSignal.abort(), options)).toBe(false)
})
