import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { mediaIdOf } from '../../test/support/outgoing-message.js'
import {
  b,
  c,
  InboxWorld,
  instanceId,
  openInboxWorld,
  otherId,
  ownPhone,
  textFrom,
} from '../../test/support/inbox-world.js'

const dayMs = 24 * 3_600_000

eachDatabase('the inbox', (open) => {
  let world: InboxWorld

  beforeEach(async () => {
    world = await openInboxWorld(await open())
  })

  test('tells of an incoming message once', async () => {
    await world.inbox.received(instanceId, ownPhone, textFrom())
    await world.inbox.received(instanceId, ownPhone, textFrom())
    expect(world.events).toEqual([
      {
        kind: 'message.received',
        instanceId,
        occurredAt: 500,
        ownPhone,
        message: textFrom(),
      },
    ])
  })

  test('tells of an incoming message once when it comes twice at the same moment', async () => {
    const twice = [1, 2].map(() => world.inbox.received(instanceId, ownPhone, textFrom()))
    await Promise.all(twice)
    expect(world.events).toHaveLength(1)
  })

  test('tells apart the same id in another chat and in another instance', async () => {
    await world.inbox.received(instanceId, ownPhone, textFrom())
    await world.inbox.received(
      instanceId,
      ownPhone,
      textFrom({ chat: { kind: 'group', group: '1' } }),
    )
    await world.inbox.received(otherId, ownPhone, textFrom())
    expect(world.events).toHaveLength(3)
  })

  test('tells later what could not be stored the first time', async () => {
    world.mustFail = true
    await expect(world.inbox.received(instanceId, ownPhone, textFrom())).rejects.toThrow(
      'no space left',
    )
    world.mustFail = false
    await world.inbox.received(instanceId, ownPhone, textFrom())
    expect(world.events).toHaveLength(1)
  })

  test('tells of a message that could not be read, and once more when it can be', async () => {
    const waiting = textFrom({ content: { kind: 'waiting', viewOnce: false } })
    await world.inbox.received(instanceId, ownPhone, waiting)
    await world.inbox.received(instanceId, ownPhone, waiting)
    await world.inbox.received(instanceId, ownPhone, textFrom())
    await world.inbox.received(instanceId, ownPhone, waiting)
    const contents = world.events.map((event) => 'message' in event && event.message.content.kind)
    expect(contents).toEqual(['waiting', 'text'])
  })

  test('tells of the number itself without being asked to tell what it says', async () => {
    const content = { kind: 'own-name', name: 'Loja' } as const
    const notice = { fromMe: true, content, sender: { phone: ownPhone } }
    await world.inbox.received(instanceId, ownPhone, textFrom({ ...notice }))
    await world.inbox.received(instanceId, ownPhone, textFrom({ fromMe: true }))
    expect(world.events).toMatchObject([{ message: { content } }])
  })

  test('keeps the way to the files of what it tells, and of nothing else', async () => {
    const file = { kind: 'image', mimeType: 'image/png', path: '/1' } as const
    const withFile = (id: string) => textFrom({ media: [{ ...file, id: mediaIdOf(id) }] })
    await world.inbox.received(instanceId, ownPhone, withFile('one'))
    await world.inbox.received(instanceId, ownPhone, withFile('again'))
    world.mustFail = true
    const failing = world.inbox.received(otherId, ownPhone, withFile('two'))
    await expect(failing).rejects.toThrow('no space left')
    expect(world.kept.map(({ id }) => id)).toEqual(['one'])
  })

  test('tells of own messages only if the instance wants it', async () => {
    await world.inbox.received(instanceId, ownPhone, textFrom({ fromMe: true }))
    expect(world.events).toEqual([])
    world.notifySentByMe = true
    await world.inbox.received(instanceId, ownPhone, textFrom({ fromMe: true }))
    expect(world.events).toMatchObject([{ message: { fromMe: true } }])
  })

  test('forgets after two weeks what it told', async () => {
    await world.inbox.received(instanceId, ownPhone, textFrom())
    await world.clock.advance(13 * dayMs)
    await world.inbox.received(instanceId, ownPhone, textFrom({ whatsappId: b }))
    expect(await world.known()).toHaveLength(2)
    await world.clock.advance(2 * dayMs)
    await world.inbox.received(instanceId, ownPhone, textFrom({ whatsappId: c }))
    expect((await world.known()).map((row) => row.whatsapp_id).toSorted()).toEqual([b, c])
  })
})
