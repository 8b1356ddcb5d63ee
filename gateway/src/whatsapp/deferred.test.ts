import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { Deferred, unlessAborted } from './deferred.js'

describe('unlessAborted', () => {
  const never = new Promise<never>(() => {})

  test('gives what the work came to, or throws what it threw', async () => {
    const { signal } = new AbortController()
    expect(await unlessAborted(signal, Promise.resolve('done'), () => 'aborted')).toBe('done')
    const failed = unlessAborted(signal, Promise.reject(new Error('failed')), () => 'aborted')
    await expect(failed).rejects.toThrow('failed')
  })

  test('gives what there is instead as soon as the signal aborts, or throws it', async () => {
    const closing = new AbortController()
    const given = unlessAborted(closing.signal, never, () => 'aborted')
    const thrown = unlessAborted(closing.signal, never, () => {
      throw new Error('lost')
    })
    closing.abort()
    expect(await given).toBe('aborted')
    await expect(thrown).rejects.toThrow('lost')
    expect(await unlessAborted(closing.signal, never, () => 'aborted')).toBe('aborted')
  })

  test('leaves nothing behind on a signal that lives for long', async () => {
    const { signal } = new AbortController()
    const work = new Deferred()
    const waits = Array.from({ length: 20 }, () =>
      unlessAborted(signal, work.promise, () => undefined),
    )
    expect(getEventListeners(signal, 'abort')).toHaveLength(20)
    work.come()
    await Promise.all(waits)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('leaves no rejection unhandled when the waiters have left', async () => {
    const failed = Promise.reject(new Error('too late'))
    expect(await unlessAborted(AbortSignal.abort(), failed, () => 'aborted')).toBe('aborted')
  })
})
