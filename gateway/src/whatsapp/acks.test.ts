import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { AckDesk } from './acks.js'

function setUp() {
  const socket = new EventEmitter()
  const ack = (id: string, error?: string) =>
    socket.emit('CB:ack,class:message', {
      tag: 'ack',
      attrs: { id, ...(error === undefined ? {} : { error }) },
    })
  return { desk: new AckDesk(socket), ack }
}

describe('an ack', () => {
  it('answers the one who waits for it', async () => {
    const { desk, ack } = setUp()
    const [first, second] = [desk.expect('A1'), desk.expect('A2')]
    ack('A2', '463')
    ack('A1')
    expect(await first).toEqual({ kind: 'taken' })
    expect(await second).toEqual({ kind: 'refused', code: 463 })
  })

  it('is told as late, once, when nobody waits for it any more', () => {
    const { desk, ack } = setUp()
    let late = 0
    void desk.expect('A1')
    desk.giveUp('A1', () => {
      late += 1
    })
    ack('A1')
    ack('A1')
    expect(late).toBe(1)
  })

  it('that refuses is no news when it is late', () => {
    const { desk, ack } = setUp()
    let late = 0
    void desk.expect('A1')
    desk.giveUp('A1', () => {
      late += 1
    })
    ack('A1', '479')
    expect(late).toBe(0)
  })

  it('for a message that was never written, or that nobody knows, is nothing', () => {
    const { desk, ack } = setUp()
    let late = 0
    void desk.expect('A1')
    desk.forget('A1')
    desk.giveUp('A1', () => {
      late += 1
    })
    ack('A1')
    ack('A9')
    expect(late).toBe(0)
  })
})
