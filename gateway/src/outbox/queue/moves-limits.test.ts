import { expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'

eachDatabase('a message of a pool', (open) => {
  it('goes from one member to another twenty times, and no more', async () => {
    const others = new Map<InstanceId, InstanceId>()
    const world = anOutboxWorld(await open(), {
      members: {
        takeOver: async ([{ instanceId }], move) => {
          const other = others.get(instanceId)
          return other !== undefined && move(other)
        },
        held() {},
      },
    })
    const pool = await world.anInstance('closed')
    const first = await world.anInstance('closed')
    const second = await world.anInstance('closed')
    others.set(first, second).set(second, first)
    await world.outbox.accept(first, {
      recipient: { kind: 'person', phone: '5511999990001' },
      content: anOtp(),
      pool: { id: pool, onUnknown: 'wait' },
    })
    const move = async () => {
      for (const instanceId of await world.sender.moves.instances())
        for (const message of await world.sender.moves.movable(instanceId, 0, 100))
          return world.sender.moves.move(message, 'disconnected')
      return undefined
    }
    const moved: unknown[] = []
    for (let time = 0; time < 21; time += 1) moved.push(await move())
    expect(moved).toEqual([...Array<boolean>(20).fill(true), false])
    expect(await world.sender.moves.instances()).toEqual([first])
  })

  it('that is not of a pool does not move', async () => {
    const world = anOutboxWorld(await open())
    const instanceId = await world.anInstance('closed')
    await world.outbox.accept(instanceId, {
      recipient: { kind: 'person', phone: '5511999990001' },
      content: anOtp(),
    })
    expect(await world.sender.moves.instances()).toEqual([])
  })
})
