import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.js'
import type { InstanceId } from '../../domain/instance.js'
import { QueueLengths } from './queue-lengths.js'

const instanceId = 'A' as InstanceId
const clock = new ManualClock()
const alone = { clock, keptMs: Infinity }

test('a line is counted when it may be full, and not before', async () => {
  const room = new QueueLengths(alone)
  let stored = 0
  let counted = 0
  const accept = async (): Promise<boolean> => {
    const leave = room.enter(instanceId)
    const isIn = await room.has(instanceId, 10, async () => {
      counted += 1
      return stored
    })
    if (isIn) stored += 1
    leave()
    return isIn
  }
  for (let count = 0; count < 10; count += 1) expect(await accept()).toBe(true)
  expect(counted).toBe(1)
  expect(await accept()).toBe(false)
  stored = 3
  for (let count = 0; count < 7; count += 1) expect(await accept()).toBe(true)
  expect(counted).toBe(3)
  expect(await accept()).toBe(false)
})

test('concurrent callers are refused only when the queue is full', async () => {
  const step = fc.record({
    act: fc.constantFrom('accept', 'accept', 'accept', 'accept and fail', 'send'),
    isSlow: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const most = 4
      const room = new QueueLengths(alone)
      let stored = 0
      let last = Promise.resolve()
      const wrong: string[] = []
      const accept = async (fails: boolean): Promise<void> => {
        const isFull = stored >= most
        const isIn = await room.has(instanceId, most, async () => stored)
        if (isIn === isFull) wrong.push(`${isIn} with ${stored}`)
        if (isIn && !fails) stored += 1
      }
      const follow = async (before: Promise<void>, act: string, isSlow: boolean): Promise<void> => {
        const leave = room.enter(instanceId)
        // As transactions do: one after the other.
        await before
        if (isSlow) await Promise.resolve()
        await accept(act === 'accept and fail')
        leave()
      }
      for (const { act, isSlow } of steps) {
        if (act === 'send') stored = Math.max(0, stored - 1)
        else last = follow(last, act, isSlow)
      }
      await last
      expect(wrong).toEqual([])
    }),
  )
})

test('a line that nothing has entered is counted each time', async () => {
  const room = new QueueLengths(alone)
  const has = (stored: number) => room.has(instanceId, 10, async () => stored, 2)
  expect(await has(8)).toBe(true)
  expect(await has(9)).toBe(false)
  expect(await has(8)).toBe(true)
})

test('a line to which others add too is counted again after a while', async () => {
  const rooms = [1, 2].map(() => new QueueLengths({ clock, keptMs: 5_000 }))
  let stored = 0
  let counted = 0
  const accept = async (room: QueueLengths | undefined): Promise<boolean | undefined> => {
    const leave = room?.enter(instanceId)
    const isIn = await room?.has(instanceId, 10, async () => {
      counted += 1
      return stored
    })
    if (isIn) stored += 1
    leave?.()
    return isIn
  }
  for (const room of rooms) expect(await accept(room)).toBe(true)
  for (let count = 0; count < 8; count += 1) expect(await accept(rooms[0])).toBe(true)
  expect(counted).toBe(2)
  clock.jump(5_000)
  expect(await accept(rooms[1])).toBe(false)
  expect(stored).toBe(10)
})

test('a line is counted again after the clock was set back', async () => {
  const room = new QueueLengths({ clock, keptMs: 5_000 })
  const counts = [1, 9]
  const has = async (): Promise<boolean> => {
    const leave = room.enter(instanceId)
    const isIn = await room.has(instanceId, 8, async () => counts.shift() ?? 0)
    leave()
    return isIn
  }
  expect(await has()).toBe(true)
  clock.jump(-3_600_000)
  expect(await has()).toBe(false)
  expect(counts).toEqual([])
})
