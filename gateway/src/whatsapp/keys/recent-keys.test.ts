import { describe, expect, it } from 'vitest'
import { RecentKeys } from './recent-keys.js'

const bytes = (text: string) => Buffer.from(text)
const session = (id: string, value?: string) => ({
  type: 'session',
  id,
  value: value === undefined ? undefined : bytes(value),
})
const done = async () => {}

describe('recent keys', () => {
  it('are what was written last, or nothing where it was deleted', async () => {
    const keys = new RecentKeys()
    await keys.during([session('a', '1'), session('b', '1')], done)
    await keys.during([session('a', '2'), session('b')], done)
    expect(keys.find('session', 'a')).toEqual({ value: bytes('2') })
    expect(keys.find('session', 'b')).toEqual({ value: undefined })
    expect(keys.find('session', 'c')).toBeUndefined()
    expect(keys.find('tctoken', 'a')).toBeUndefined()
  })

  it('are unknown while they are being written, and when that failed', async () => {
    const keys = new RecentKeys()
    await keys.during([session('a', '1')], done)
    const failing = keys.during([session('a', '2')], async () => {
      expect(keys.find('session', 'a')).toBeUndefined()
      throw new Error('the disk is full')
    })
    await expect(failing).rejects.toThrow('full')
    expect(keys.find('session', 'a')).toBeUndefined()
  })

  it('are not what a fetch brings that a write overtook', async () => {
    const keys = new RecentKeys()
    const before = keys.moment
    await keys.during([session('a', '2')], async () => {
      const meanwhile = keys.moment
      keys.fetched(meanwhile, 'session', 'b', bytes('0'))
    })
    keys.fetched(before, 'session', 'a', bytes('1'))
    expect(keys.find('session', 'a')).toEqual({ value: bytes('2') })
    expect(keys.find('session', 'b')).toBeUndefined()
    keys.fetched(keys.moment, 'session', 'b', undefined)
    expect(keys.find('session', 'b')).toEqual({ value: undefined })
  })

  it('are not too many', async () => {
    const keys = new RecentKeys()
    await keys.during([session('first', '1'), session('used', '1')], done)
    for (let count = 0; count < 200; count += 1) {
      await keys.during([session(`${count}`, '1')], done)
      expect(keys.find('session', 'used')).toBeDefined()
    }
    expect(keys.find('session', 'first')).toBeUndefined()
  })
})
