import { describe, expect, it } from 'vitest'
import { giveEachTestADatabase, instanceId, setUp } from '../../test/support/session-world.js'
import { NotConnectedError } from '../domain/errors.js'

giveEachTestADatabase()

describe('a restart', () => {
  it('closes the socket, keeps the credentials, and is done when the next one is open', async () => {
    const { sessions, engine, clock, opened, credentials, kinds } = setUp()
    const before = await opened()
    const restarted = sessions.restart(instanceId)
    await clock.advance(0)
    expect(before.closed).toBe(true)
    expect(engine.connections).toHaveLength(2)
    engine.last.open()
    expect(await restarted).toBe(true)
    expect(credentials.linked).toContain(instanceId)
    expect(kinds()).toEqual(['instance.connected'])
  })

  it('that WhatsApp does not let in says so after a while, and goes on trying', async () => {
    const { sessions, engine, clock, opened, state } = setUp()
    await opened()
    const restarted = sessions.restart(instanceId)
    await clock.advance(0)
    engine.last.end('unavailable')
    await clock.advance(500)
    expect(state()).toBe('waiting')
    await clock.advance(20_000)
    expect(await restarted).toBe(false)
    engine.last.open()
    expect(state()).toBe('open')
  })

  it('again and again waits longer and longer', async () => {
    const { sessions, engine, clock, opened, state } = setUp()
    await opened()
    for (let times = 1; times <= 3; times += 1) {
      const restarted = sessions.restart(instanceId)
      await clock.advance(0)
      engine.last.open()
      expect(await restarted).toBe(true)
    }
    void sessions.restart(instanceId)
    await clock.advance(0)
    expect(state()).toBe('waiting')
  })

  it('of what waits to come back brings it back at once', async () => {
    const { sessions, engine, clock, opened, state } = setUp()
    const first = await opened()
    first.end('unavailable')
    await clock.advance(0)
    expect(state()).toBe('waiting')
    const restarted = sessions.restart(instanceId)
    await clock.advance(0)
    engine.last.open()
    expect(await restarted).toBe(true)
    expect(engine.connections).toHaveLength(2)
  })

  it('of what is not paired is refused', async () => {
    const { sessions, engine } = setUp({ linked: false })
    await expect(sessions.restart(instanceId)).rejects.toThrow(NotConnectedError)
    await expect(sessions.restore(instanceId)).rejects.toThrow(NotConnectedError)
    expect(engine.connections).toHaveLength(0)
  })
})

describe('a session that another one replaced', () => {
  it('needs restoring, and is open again after it', async () => {
    const { sessions, engine, clock, opened, state } = setUp()
    const first = await opened()
    expect(await sessions.needsRestoring(instanceId)).toBe(false)
    first.end('replaced')
    await clock.advance(0)
    expect([state(), await sessions.needsRestoring(instanceId)]).toEqual(['ended', true])

    const restored = sessions.restore(instanceId)
    await clock.advance(0)
    engine.last.open()
    expect(await restored).toBe(true)
    expect(await sessions.needsRestoring(instanceId)).toBe(false)
  })
})

it('a session that was unlinked has nothing to restore', async () => {
  const { sessions, clock, opened } = setUp()
  const first = await opened()
  first.end('logged-out')
  await clock.advance(0)
  expect(await sessions.needsRestoring(instanceId)).toBe(false)
})

it('a restore leaves what is open as it is', async () => {
  const { sessions, engine, opened } = setUp()
  const first = await opened()
  expect(await sessions.restore(instanceId)).toBe(true)
  expect(engine.connections).toEqual([first])
})
