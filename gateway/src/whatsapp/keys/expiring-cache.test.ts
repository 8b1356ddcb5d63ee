import { describe, expect, it } from 'vitest'
import { expiringCache } from './expiring-cache.js'

describe('the cache', () => {
  it('forgets what is too old', async () => {
    let now = 0
    const cache = expiringCache({ ttlMs: 10, maxEntries: 2 }, { now: () => now })
    await cache.set('a', 1)
    now = 9
    expect(cache.get('a')).toBe(1)
    now = 10
    expect(cache.get('a')).toBeUndefined()
  })

  it('drops what was not used for longest when it is full', async () => {
    const cache = expiringCache({ ttlMs: 10, maxEntries: 2 }, { now: () => 0 })
    await cache.set('a', 1)
    await cache.set('b', 2)
    await cache.get('a')
    await cache.set('c', 3)
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3])
  })

  it('forgets on request', async () => {
    const cache = expiringCache({ ttlMs: 10, maxEntries: 2 }, { now: () => 0 })
    await cache.set('a', 1)
    await cache.set('b', 2)
    await cache.del('a')
    expect(cache.get('a')).toBeUndefined()
    await cache.flushAll()
    expect(cache.get('b')).toBeUndefined()
  })
})
