/** What WhatsApp told waits for the database; the socket and its end do not wait behind it. */

import { expect, it } from 'vitest'
import { giveEachTestADatabase, instanceId, setUp } from '../../test/support/session-world.js'
import type { WhatsappId } from '../domain/message.js'

giveEachTestADatabase()

it('a session comes back while a receipt of its last socket waits for the database', async () => {
  const { sessions, opened, engine, told, clock, listener } = setUp()
  const connection = await opened()
  listener.failures = 4
  const chat = { kind: 'person', phone: '5511911111111' } as const
  const whatsappIds = ['A1' as WhatsappId]
  connection.tell({ kind: 'receipt', receipt: { whatsappIds, status: 'delivered', chat, at: 1 } })
  await clock.advance(0)
  connection.end('network')
  await clock.advance(1_000)
  expect(engine.connections).toHaveLength(2)
  engine.last.open()
  expect(sessions.isOpen(instanceId)).toBe(true)
  expect(told.slice(1)).toEqual([])
  await clock.advance(10_000)
  expect(told.slice(1)).toEqual(['receipt A1', `opened ${instanceId}`])
})
