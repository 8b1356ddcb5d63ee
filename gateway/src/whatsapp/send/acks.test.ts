import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { PendingAcks } from './acks.js'

function setUp() {
  const socket = new EventEmitter()
  const ack = (id: string, error?: string) =>
    socket.emit('CB:ack,class:message', {
      tag: 'ack',
      attrs: { id, ...(error === undefined ? {} : { error }) },
    })
  return { acks: new PendingAcks(socket), ack }
}

describe('an ack', () => {
  it('answers the one who waits for it', async () => {
    const { acks, ack } = setUp()
    const [first, second] = [acks.expect('A1'), acks.expect('A2')]
    ack('A2', '463')
    ack('A1')
    expect(await first).toEqual({ kind: 'taken' })
    expect(await second).toEqual({ kind: 'refused', code: 463 })
  })

  it('is told as late, once, when its waiter has left', () => {
    const { acks, ack } = setUp()
    let late = 0
    void acks.expect('A1')
    acks.giveUp('A1', () => {
      late += 1
    })
    ack('A1')
    ack('A1')
    expect(late).toBe(1)
  })

  it('that refuses is no news when it is late', () => {
    const { acks, ack } = setUp()
    let late = 0
    void acks.expect('A1')
    acks.giveUp('A1', () => {
      late += 1
    })
    ack('A1', '479')
    expect(late).toBe(0)
  })

  it('for a message that was never written, or is unknown, is nothing', () => {
    const { acks, ack } = setUp()
    let late = 0
    void acks.expect('A1')
    acks.forget('A1')
    acks.giveUp('A1', () => {
      late += 1
    })
    ack('A1')
    ack('A9')
    expect(late).toBe(0)
  })
})
