/** In which form a message with buttons goes, by the setting of its instance. */

import { afterEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import type { OptionListContent } from '../../domain/content/option-list.js'
import { TooManyCodesError } from '../../domain/errors.js'
import type { ButtonForm, InstanceId } from '../../domain/instance.js'
import { uncounted } from '../history/outbox-metrics.js'

const person = { kind: 'person', phone: '5511999990001' } as const
const group = { kind: 'group', group: '120363019502650977' } as const
const list: OptionListContent = {
  kind: 'option-list',
  text: 'Escolha',
  title: 'Loja',
  buttonText: 'Ver',
  options: [{ id: '1', title: 'Vendas', description: '' }],
}
const listAsText = 'Loja\n\nEscolha\n\n1 - Vendas\n\nResponda com o número da opção.'
const text = { kind: 'text', text: 'Oi' } as const

const sentIn = ({ events }: OutboxWorld) => events.filter(({ kind }) => kind === 'message.sent')

eachDatabase('a message with buttons', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  afterEach(() => world.sender[Symbol.asyncDispose]())

  let counted: string[]

  async function open(buttonForm: ButtonForm): Promise<void> {
    counted = []
    const metrics = { ...uncounted, messageAccepted: () => void counted.push('accepted') }
    const policy = { minGapMs: 0, maxGapMs: 0 }
    const codeLimits = { per10Minutes: 1, perDay: 0 }
    world = anOutboxWorld(await openDatabase(), { buttonForm, policy, codeLimits, metrics })
    instanceId = await world.anInstance()
    await world.sender.start()
  }

  const accept = (
    content: OptionListContent | ReturnType<typeof anOtp> | typeof text,
    to = person,
  ) => world.outbox.accept(instanceId, { recipient: to, content })
  const toGroup = () => world.outbox.accept(instanceId, { recipient: group, content: list })
  const patience = { timeout: 60_000, interval: 2 }
  const sentEvents = async (count: number) => {
    await vi.waitFor(() => expect(sentIn(world)).toHaveLength(count), patience)
    return sentIn(world)
  }

  it('goes as plain text where the setting says so, as one message, and the event says why', async () => {
    await open('text')
    const { id, whatsappId } = await accept(list)
    expect(await sentEvents(1)).toMatchObject([
      { messageId: id, whatsappId, fallback: { because: 'setting', sentAs: 'text' } },
    ])
    expect(world.session.sends).toMatchObject([
      { message: { content: { kind: 'text', text: listAsText } } },
    ])
  })

  it('counts and expires as a code in whatever form it goes', async () => {
    await open('text')
    const { id } = await accept(anOtp())
    await expect(accept(anOtp())).rejects.toThrow(TooManyCodesError)
    await sentEvents(1)
    const { expiresAt, acceptedAt = 0 } = { ...(await world.histories.find(instanceId, id)) }
    expect(expiresAt).toBe(acceptedAt + 600_000)
    expect(JSON.stringify(world.events)).toContain(
      '"masked":{"kind":"text","text":"Seu código de acesso\\n\\n••••01"}',
    )
  })

  it('is followed by the plain text where the setting says both, and each names the other', async () => {
    await open('both')
    const { id } = await accept(list)
    const [first, second, ...others] = await sentEvents(2)
    expect(others).toEqual([])
    expect(first).toMatchObject({ messageId: id, also: [{}] })
    expect(first).not.toHaveProperty('fallback.sentAs')
    expect(second).toMatchObject({ fallback: { partOf: id, sentAs: 'text' } })
    expect(first).toMatchObject({ also: [{ messageId: Reflect.get({ ...second }, 'messageId') }] })
    expect(world.session.texts).toEqual(['Escolha', listAsText])
    expect(counted).toEqual(['accepted', 'accepted'])
  })

  it('is not said twice where WhatsApp refuses the first form', async () => {
    await open('both')
    world.session.answerNext({ kind: 'refused', code: 473 })
    await accept(list)
    await accept(text)
    await sentEvents(2)
    expect(world.session.texts.toSorted()).toEqual(['Escolha', listAsText, 'Oi'].toSorted())
  })

  it('is followed by the plain text where a receipt says that it is there, and no ack does', async () => {
    await open('both')
    world.session.answerNext(async ({ message: { whatsappId } }) => {
      const receipt = { status: 'delivered', at: 9, chat: person } as const
      await world.database.transaction((transaction) =>
        world.outbox.advance(instanceId, whatsappId, receipt, transaction),
      )
      return { kind: 'unknown', cause: new Error('no ack') }
    })
    await accept(list)
    await sentEvents(2)
    expect(world.session.texts).toEqual(['Escolha', listAsText])
  })

  it('is followed by the plain text once where the process died right after the send', async () => {
    await open('both')
    world.session.answerNext(() => {
      world.crash()
      return { kind: 'unknown', cause: new Error('died') }
    })
    await accept(list)
    await vi.waitFor(() => expect(world.session.sends).toHaveLength(1), patience)
    await world.restarted().start()
    world.connect(instanceId)
    await world.clock.advance(60_000)
    await sentEvents(2)
    expect(world.session.texts).toEqual(['Escolha', 'Escolha', listAsText])
  })

  it('goes to a group as text where only some phones would show it, and as both where asked for', async () => {
    await open('buttons')
    await toGroup()
    expect(await sentEvents(1)).toMatchObject([{ fallback: { because: 'group', sentAs: 'text' } }])
    expect(world.session.texts).toEqual([listAsText])
  })

  it('leaves a text alone', async () => {
    await open('both')
    await accept(text)
    const [only] = await sentEvents(1)
    expect(only).not.toHaveProperty('also')
    expect(only).toMatchObject({ fallback: undefined })
  })
})
