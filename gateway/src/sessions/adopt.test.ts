/** A device that was linked elsewhere: it is taken over, and given back where another program uses it. */

import { expect, it } from 'vitest'
import {
  giveEachTestADatabase,
  instanceId,
  phone,
  setUp,
} from '../../test/support/session-world.js'
import { AlreadyConnectedError } from '../domain/errors.js'

giveEachTestADatabase()

const session = { identity: Buffer.of(1), keys: [] }

it('takes the place of a pairing that is under way', async () => {
  const { sessions, engine, clock, state } = setUp({ linked: false })
  const qr = sessions.qr(instanceId)
  await clock.advance(0)
  engine.last.tell({ kind: 'qr', text: '2@first' })
  await qr
  expect(state()).toBe('pairing')
  const pairing = engine.last
  const adopted = sessions.adopt(instanceId, session)
  await clock.advance(0)
  expect(pairing.closed).toBe(true)
  engine.last.open()
  expect(await adopted).toBe(true)
  expect(sessions.status(instanceId)).toMatchObject({ state: 'open', phone })
})

it('is refused where a device is linked, and that one stays', async () => {
  const { sessions, opened, state } = setUp()
  const connection = await opened()
  await expect(sessions.adopt(instanceId, session)).rejects.toBeInstanceOf(AlreadyConnectedError)
  expect([state(), connection.closed]).toEqual(['open', false])
})

it('that another program takes back is forgotten without a trace, and a QR can be asked for', async () => {
  const { sessions, engine, clock, credentials } = setUp({ linked: false })
  const adopted = sessions.adopt(instanceId, session)
  await clock.advance(0)
  engine.last.open()
  expect(await adopted).toBe(true)
  const isReplaced = sessions.isReplaced(instanceId, 6_000)
  engine.last.end('replaced')
  expect(await isReplaced).toBe(true)
  await sessions.disown(instanceId)
  expect(sessions.status(instanceId)).toMatchObject({ state: 'idle', phone: undefined })
  expect(sessions.status(instanceId).disconnection).toBeUndefined()
  expect(engine.last.loggedOut).toBe(false)
  expect(credentials.linked.has(instanceId)).toBe(false)
  const qr = sessions.qr(instanceId)
  await clock.advance(0)
  engine.last.tell({ kind: 'qr', text: '2@next' })
  expect(await qr).toBe('2@next')
})
