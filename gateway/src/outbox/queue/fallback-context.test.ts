import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { anOtp, whatsappIdOf } from '../../../test/support/outgoing-message.js'
import type { InstanceId } from '../../domain/instance.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const
const context = { answers: { whatsappId: whatsappIdOf('3EB0AA') } } as const
const patience = { timeout: 60_000, interval: 2 }

eachDatabase('what is sent in place of a refused button', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { policy: { minGapMs: 0, maxGapMs: 0 } })
    instanceId = await world.anInstance()
    await world.sender.start()
    world.session.answerNext({ kind: 'refused', code: 473 })
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  const sent = async () => {
    await vi.waitFor(
      () => expect(world.events.filter(({ kind }) => kind === 'message.sent')).toHaveLength(1),
      patience,
    )
    return world.session.sends.map(({ message }) => message)
  }

  it('answers the same message, under an id of its own', async () => {
    await world.outbox.accept(instanceId, { recipient, content: { ...anOtp(), context } })
    const [button, instead] = await sent()
    expect(button?.content).toMatchObject({ kind: 'otp-button', context })
    expect(instead?.content.kind).not.toBe('otp-button')
    expect(instead?.content.context).toEqual(context)
    expect(instead?.whatsappId).not.toBe(button?.whatsappId)
  })

  it('is a text and an image for each card, if it was a carousel', async () => {
    const image = { kind: 'url', url: 'https://example.com/a.png' } as const
    const cards = ['Camisa', 'Calça'].map((text) => ({ text, image, buttons: [] }))
    const content = { kind: 'carousel', text: 'Ofertas', cards } as const
    const { id } = await world.outbox.accept(instanceId, { recipient, content })
    const told = () =>
      world.events.flatMap((event) => (event.kind === 'message.sent' ? [event] : []))
    await vi.waitFor(() => expect(told()).toHaveLength(3), patience)
    expect(world.session.texts.slice(1)).toEqual(['Ofertas', 'Camisa', 'Calça'])
    const fallback = { refusalCode: 473, sentAs: 'image', partOf: id }
    expect(told().map((event) => event.fallback)).toMatchObject([
      { refusalCode: 473, sentAs: 'text' },
      fallback,
      fallback,
    ])
  })

  it('answers none where the button did not', async () => {
    await world.outbox.accept(instanceId, { recipient, content: anOtp() })
    const [, instead] = await sent()
    expect(instead?.content).not.toHaveProperty('context')
  })
})
