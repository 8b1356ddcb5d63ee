import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import {
  a,
  InboxWorld,
  instanceId,
  openInboxWorld,
  ownPhone,
  textFrom,
} from '../../test/support/inbox-world.js'

eachDatabase('changes in the inbox', (open) => {
  let world: InboxWorld

  beforeEach(async () => {
    world = await openInboxWorld(await open())
  })

  test("ignores an edit or deletion of another person's message", async () => {
    const chat = { kind: 'group', group: '12' } as const
    const theirs = whatsappIdOf('3EB0D')
    const [bia, caio] = [{ lid: '300' }, { lid: '400', phone: '5533' }]
    const say = (id: string, fields: Partial<IncomingMessage>) =>
      world.inbox.received(
        instanceId,
        ownPhone,
        textFrom({ whatsappId: whatsappIdOf(id), chat, sender: caio, ...fields }),
      )
    const deletedBy = (sender: IncomingMessage['sender'], author = sender) =>
      ({
        sender,
        content: {
          kind: 'deleted',
          target: { whatsappId: theirs, fromMe: false, chat, author },
        },
      }) as const
    await say(theirs, { sender: bia })
    world.events.length = 0

    await say('E1', { editOf: theirs })
    await say('E2', deletedBy(caio))
    // Known by her number only: she may be the one.
    await say('E3', { editOf: theirs, sender: { phone: '5544' } })
    await say('E4', { editOf: theirs, sender: bia })
    // An admin, who names her. Whether he is one is asked before it comes here.
    await say('E5', deletedBy(caio, bia))
    await say('E6', deletedBy(bia))
    // The author of a message from before the start is unknown.
    await say('E7', { editOf: whatsappIdOf('3EB0E') })
    expect(
      world.events.map((event) => event.kind === 'message.received' && event.message.whatsappId),
    ).toEqual(['E3', 'E4', 'E5', 'E6', 'E7'])
  })

  test('does not tell that others edited what we wrote', async () => {
    await world.inbox.received(
      instanceId,
      ownPhone,
      textFrom({ whatsappId: whatsappIdOf('E1'), editOf: a }),
    )
    expect(world.events).toEqual([])
    const theirs = whatsappIdOf('FOREIGN')
    await world.inbox.received(
      instanceId,
      ownPhone,
      textFrom({ whatsappId: whatsappIdOf('E2'), editOf: theirs }),
    )
    expect(world.events).toMatchObject([{ message: { editOf: theirs } }])
  })
})
