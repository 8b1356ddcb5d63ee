/** A group has its name from its first callback on. */

import { expect, test } from 'vitest'
import { Journey } from '../support/journey.js'

test('the first message of a group that was only just made names the group', async () => {
  await using journey = await Journey.start()
  const { instance, phone } = await journey.pairedInstance()
  const person = await journey.newPhone()
  const { id } = journey.simulator.addGroup({
    subject: 'Turma do fundão',
    members: [person.phone, phone.phone],
  })
  const sent = await person.send(id, 'Oi, turma')
  const { body } = await journey.callbacks.next(
    ({ body: { type, messageId } }) => type === 'ReceivedCallback' && messageId === sent.id,
  )
  expect(body).toMatchObject({
    instanceId: instance.id,
    isGroup: true,
    phone: id.replace('@g.us', '-group'),
    chatName: 'Turma do fundão',
  })
})
