/** Which number of an instance a restriction and a contact belong to, and what is kept of them. */

import { randomBytes } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { EventLog } from '../../../test/support/event-log.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { peopleIn } from '../../../test/support/people.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import { createVault } from '../../db/encryption.js'
import type { Database } from '../../db/database.js'
import { chatOf, type Recipient } from '../../domain/chat.js'
import type { NewChats } from '../../domain/sending.js'
import type { InstanceId } from '../../domain/instance.js'
import { assumedMs } from './restriction.js'
import { Restrictions } from './restrictions.js'

const maria: Recipient = { kind: 'person', phone: '5511999990001' }
const joao: Recipient = { kind: 'person', phone: '5511999990002' }
const ana: Recipient = { kind: 'person', phone: '5511999990003' }
const group: Recipient = { kind: 'group', group: '120363019502650977' }
const number = '5511900000001'
const otherNumber = '5511900000002'
const dayMs = 24 * 3_600_000

eachDatabase('restrictions by number', (openDatabase) => {
  let database: Database
  let instanceId: InstanceId
  let clock: ManualClock
  let log: EventLog
  let ownPhone: string | undefined
  let restrictions: Restrictions

  beforeEach(async () => {
    database = await openDatabase()
    instanceId = await addInstance(database)
    clock = new ManualClock(10 * dayMs)
    log = new EventLog()
    ownPhone = undefined
    restrictions = new Restrictions({
      database,
      clock,
      log,
      vault: createVault(randomBytes(32)),
      people: peopleIn(database, clock),
      ownPhone: () => ownPhone,
    })
  })

  const met = (person: Recipient) =>
    database.transaction((transaction) => restrictions.met(instanceId, chatOf(person), transaction))
  const refused = (recipient: Recipient, newChats?: NewChats) =>
    database.transaction((transaction) =>
      restrictions.refused({ instanceId, recipient }, newChats, transaction),
    )
  const taken = (recipient: Recipient) =>
    database.transaction((transaction) =>
      restrictions.taken({ instanceId, recipient }, transaction),
    )
  const bars = (recipient: Recipient) => restrictions.bars({ instanceId, recipient })
  const contacts = () => database.query.selectFrom('contact').selectAll().execute()

  it('hold while the number of the instance is not known, before and after', async () => {
    await refused(maria, { kind: 'locked' })
    const until = await bars(joao)
    expect(until).toBeGreaterThan(clock.now())
    ownPhone = number
    expect(await bars(joao)).toBe(until)
    await refused(maria, { kind: 'locked' })
    ownPhone = undefined
    expect(await bars(joao)).toBe(until)
    ownPhone = otherNumber
    expect(await bars(joao)).toBeUndefined()
  })

  it('let through who is known to the number, or was met while it was not known', async () => {
    await met(joao)
    ownPhone = number
    await met(ana)
    await refused(maria, { kind: 'locked' })
    expect(await Promise.all([joao, ana, group].map(bars))).toEqual(Array(3).fill(undefined))
    ownPhone = undefined
    expect(await bars(ana)).toBeUndefined()
    expect(await bars(maria)).toBeDefined()
  })

  it('name no number where none is known, and keep nothing of a group', async () => {
    await met(joao)
    await met(group)
    expect(await contacts()).toMatchObject([{ own_phone_hash: null, last_at: clock.now() }])
    expect(await database.query.selectFrom('known_person').selectAll().execute()).toEqual([])
  })

  it('note once a day that a contact was heard of', async () => {
    const first = clock.now()
    await met(joao)
    await clock.advance(dayMs)
    await met(joao)
    expect(await contacts()).toMatchObject([{ last_at: first }])
    await clock.advance(1)
    await met(joao)
    expect(await contacts()).toMatchObject([{ last_at: clock.now() }])
  })

  it('are assumed after two strangers, also when a contact got a message in between', async () => {
    await met(ana)
    await refused(maria)
    await taken(ana)
    await refused(joao)
    expect(await restrictions.until(instanceId)).toBe(clock.now() + assumedMs)
    expect(log.lines).toEqual([
      {
        level: 'warn',
        event: 'instance-restricted',
        fields: { instanceId, reason: 'assumed', retryInMs: assumedMs },
      },
    ])
  })

  it('are logged with how long they last where WhatsApp told them', async () => {
    await refused(maria, { kind: 'locked', until: clock.now() + 60_000 })
    const fields = { instanceId, reason: 'told', retryInMs: 60_000 }
    expect(log.lines).toMatchObject([{ event: 'instance-restricted', fields }])
  })
})
