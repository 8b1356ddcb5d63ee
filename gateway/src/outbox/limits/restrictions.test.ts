import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { chatOf, type Recipient } from '../../domain/chat.js'
import type { NewChats } from '../../domain/sending.js'
import { RestrictedError } from '../../domain/errors.js'
import type { GatewayEvent } from '../../domain/gateway-event.js'
import type { InstanceId } from '../../domain/instance.js'
import type { WhatsappId } from '../../domain/message.js'
import { assumedMs } from './restriction.js'

const maria: Recipient = { kind: 'person', phone: '5511999990001' }
const joao: Recipient = { kind: 'person', phone: '5511999990002' }
const ana = { kind: 'person', phone: '5511999990003' } as const
const group: Recipient = { kind: 'group', group: '120363019502650977' }
const hourMs = 3_600_000
const gapMs = 1_000
const patienceMs = 500

const refusal = (newChats?: NewChats) => ({ kind: 'refused', code: 463, newChats }) as const

const tellsEnd = ({ kind }: GatewayEvent) => kind === 'message.failed' || kind === 'message.sent'

eachDatabase('Restrictions', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId
  let policy: { minGapMs: number; maxGapMs: number }

  beforeEach(async () => {
    policy = { minGapMs: 0, maxGapMs: 0 }
    world = anOutboxWorld(await openDatabase(), { policy })
    instanceId = await world.anInstance()
  })

  const accept = (recipient: Recipient) =>
    world.outbox.accept(instanceId, { recipient, content: anOtp() })

  const ends = async (count: number) => {
    await expect.poll(() => world.events.filter(tellsEnd).length).toBe(count)
    return world.events.filter(tellsEnd)
  }

  const sleeps = (ms: number) => expect.poll(() => world.clock.sleepingMs).toContain(ms)

  /** Messages that are refused, one a person, each before the next is accepted. */
  const refuse = async (people: readonly Recipient[], newChats?: NewChats) => {
    await world.sender.start()
    for (const [index, person] of people.entries()) {
      world.session.answerNext(refusal(newChats))
      await accept(person)
      await ends(index + 1)
    }
  }

  const delivered = (whatsappId: WhatsappId, to: Recipient) => {
    const receipt = { status: 'delivered', at: world.clock.now(), chat: chatOf(to) } as const
    return world.database.transaction((transaction) =>
      world.outbox.advance(instanceId, whatsappId, receipt, transaction),
    )
  }

  const met = (recipient: Recipient) =>
    world.database.transaction((transaction) =>
      world.restrictions.met(instanceId, chatOf(recipient), transaction),
    )

  it('refuses strangers until the moment that WhatsApp names, also after a restart', async () => {
    const until = world.clock.now() + hourMs
    await refuse([maria], { kind: 'locked', until })
    await world.sender[Symbol.asyncDispose]()
    world = anOutboxWorld(await openDatabase.again(), { clock: world.clock })
    world.session.open(instanceId)
    await expect(accept(joao)).rejects.toThrow(RestrictedError)
    await expect(accept(joao)).rejects.toMatchObject({
      retryAfterSeconds: 3_600,
      message: expect.stringContaining(new Date(until).toISOString()) as string,
    })
    expect(await world.restrictions.until(instanceId)).toBe(until)
    await world.clock.advance(hourMs)
    await expect(accept(joao)).resolves.toBeDefined()
    expect(await world.restrictions.until(instanceId)).toBeUndefined()
  })

  it('lets known people and groups through, and other instances', async () => {
    await world.sender.start()
    const { whatsappId } = await accept(joao)
    await ends(1)
    await delivered(whatsappId, joao)
    world.session.answerNext(refusal({ kind: 'locked' }))
    await accept(maria)
    await ends(2)
    await met(ana)
    for (const known of [joao, ana, group]) await accept(known)
    await ends(5)
    await expect(accept(maria)).rejects.toThrow(RestrictedError)
    instanceId = await world.anInstance()
    await expect(accept(maria)).resolves.toBeDefined()
  })

  it('takes those whom the number knew that was linked before for strangers', async () => {
    world.linkTo('5511900000001')
    await met(ana)
    await met(joao)
    world.linkTo('5511900000002')
    await met(joao)
    await refuse([maria], { kind: 'locked' })
    await expect(accept(ana)).rejects.toThrow(RestrictedError)
    await expect(accept(joao)).resolves.toBeDefined()
    await met(ana)
    await expect(accept(ana)).resolves.toBeDefined()
  })

  it('writes nothing to strangers whose messages are queued already, and sends the rest', async () => {
    await met(joao)
    // Else the second may be on the wire before the first is refused.
    Object.assign(policy, { minGapMs: gapMs, maxGapMs: gapMs })
    world.session.answerNext(refusal({ kind: 'locked' }))
    for (const person of [maria, ana, joao]) await accept(person)
    await world.sender.start()
    await ends(1)
    await sleeps(gapMs)
    await world.clock.advance(gapMs)
    // Different chats end in any order.
    const others = (await ends(3)).slice(1)
    expect(others).toContainEqual(
      expect.objectContaining({ kind: 'message.failed', reason: 'restricted', recipient: ana }),
    )
    expect(others).toContainEqual(
      expect.objectContaining({ kind: 'message.sent', recipient: joao }),
    )
    expect(world.session.sends).toHaveLength(2)
  })

  it('writes nothing to a stranger whose message was being prepared when another was refused', async () => {
    let found: (() => void) | undefined
    const lookUp = new Promise<undefined>((resolve) => (found = () => resolve(undefined)))
    world.session.lookUps.set(ana.phone, lookUp)
    world.session.answerNext(refusal({ kind: 'locked' }))
    await world.sender.start()
    await accept(ana)
    await accept(maria)
    // So long the look-up is not overtaken.
    await sleeps(patienceMs)
    await world.clock.advance(patienceMs)
    await ends(1)
    found?.()
    expect((await ends(2))[1]).toMatchObject({
      kind: 'message.failed',
      reason: 'restricted',
      recipient: ana,
    })
    expect(world.session.sends).toHaveLength(1)
  })

  it('leaves other recipients alone when only one contact is refused', async () => {
    await refuse([maria, maria, maria])
    await expect(accept(joao)).resolves.toBeDefined()
  })

  it('takes two strangers in a row for a restriction of some hours', async () => {
    await refuse([maria, joao])
    expect(await world.restrictions.until(instanceId)).toBe(world.clock.now() + assumedMs)
    await expect(accept(ana)).rejects.toThrow(RestrictedError)
    await world.sender[Symbol.asyncDispose]()
    await world.clock.advance(assumedMs)
    await expect(accept(ana)).resolves.toBeDefined()
  })

  it('takes them for two matters when a stranger got his in between', async () => {
    await refuse([maria])
    await accept(ana)
    await ends(2)
    world.session.answerNext(refusal())
    await accept(joao)
    await ends(3)
    expect(await world.restrictions.until(instanceId)).toBeUndefined()
  })

  it('sets no restriction when WhatsApp says that the number is free', async () => {
    await refuse([maria, joao, ana], { kind: 'free' })
    expect(await world.restrictions.until(instanceId)).toBeUndefined()
  })

  it('starts without a restriction when another number is linked', async () => {
    world.linkTo('5511988880001')
    await refuse([maria], { kind: 'locked' })
    await expect(accept(joao)).rejects.toThrow(RestrictedError)
    world.linkTo('5511988880002')
    await expect(accept(joao)).resolves.toBeDefined()
    world.linkTo('5511988880001')
    await expect(accept(joao)).rejects.toThrow(RestrictedError)
  })

  it('has no number in clear, and forgets contacts after a year', async () => {
    await refuse([maria])
    await met(joao)
    const { query } = world.database
    const rows = [
      await query.selectFrom('contact').selectAll().execute(),
      await query.selectFrom('restriction').selectAll().execute(),
    ]
    expect(rows.map((each) => each.length)).toEqual([1, 1])
    expect(JSON.stringify(rows)).not.toMatch(/99999000|988880001/u)
    expect(await world.restrictions.purge()).toBe(0)
    await world.sender[Symbol.asyncDispose]()
    await world.clock.advance(365 * 24 * hourMs)
    expect(await world.restrictions.purge()).toBe(1)
  })
})
