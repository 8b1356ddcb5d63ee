import { describe, expect, it } from 'vitest'
import { expiringCache } from './expiring-cache.js'

describe('the cache', () => {
  it('forgets what is too old', () => {
    let now = 0
    const cache = expiringCache({ ttlMs: 10, maxEntries: 2 }, { now: () => now })
    cache.set('a', 1)
    now = 9
    expect(cache.get('a')).toBe(1)
    now = 10
    expect(cache.get('a')).toBeUndefined()
  })

  it('drops what was not used for longest when it is full', () => {
    const cache = expiringCache({ ttlMs: 10, maxEntries: 2 }, { now: () => 0 })
    cache.set('a', 1)
    cache.set('b', 2)
    cache.get('a')
    cache.set('c', 3)
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3])
  })

  it('forgets on request', () => {
    const cache = expiringCache({ ttlMs: 10, maxEntries: 2 }, { now: () => 0 })
    cache.set('a', 1)
    cache.set('b', 2)
    cache.del('a')
    expect(cache.get('a')).toBeUndefined()
    cache.flushAll()
    expect(cache.get('b')).toBeUndefined()
  })
})
