import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { EventLog } from '../../test/support/event-log.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import type { Database } from '../db/database.js'
import { type NotedCall, RefusedCalls } from './refused-calls.js'

const call: NotedCall = {
  instanceId: '3A20DA9C0183A2D35A260F53F5D2B924',
  isIdentified: true,
  method: 'POST',
  route: '/send-text',
  statusCode: 400,
  cause: 'message is required',
  requestId: 'r-1',
  address: '192.0.2.7',
}
const stranger: NotedCall = { ...call, isIdentified: false, cause: 'Instance not found' }

eachDatabase('refused calls', (openDatabase) => {
  let database: Database
  let refused: RefusedCalls

  beforeEach(async () => {
    database = await openDatabase()
    const clock = new ManualClock(1_000)
    refused = new RefusedCalls({ database, clock, log: new EventLog(), random: () => 0.5 })
  })

  const all = () => refused.list({ limit: 2_000 })

  it('are listed with cause and request id, the newest first, of one instance or of all', async () => {
    refused.note(call)
    refused.note({ ...call, instanceId: undefined, requestId: 'r-2' })
    await refused[Symbol.asyncDispose]()
    expect(await all()).toMatchObject([
      { requestId: 'r-2', instanceId: undefined },
      { ...call, at: 1_000 },
    ])
    expect(await refused.list({ instanceId: call.instanceId, limit: 9 })).toMatchObject([call])
    const [newest] = await all()
    expect(await refused.list({ before: newest?.sequence, limit: 9 })).toMatchObject([call])
  })

  it('hold no token and no number, whatever was answered', async () => {
    refused.note({ ...call, cause: 'Client-Token F00dF00dF00d not allowed' })
    refused.note({ ...call, cause: '5511999990001 has A9C0183A2D35A260F53F5D2B' })
    await refused[Symbol.asyncDispose]()
    expect((await all()).map(({ cause }) => cause)).toEqual(['… has …', 'Client-Token not allowed'])
  })

  it('are the last 1,000, and strangers displace none of them', async () => {
    for (let n = 0; n < 3; n += 1) {
      for (let m = 0; m < 400; m += 1) refused.note({ ...call, requestId: `${n}-${m}` })
      await refused.write()
    }
    for (let n = 0; n < 6; n += 1) {
      // One address has at most 50 noted at once.
      for (let m = 0; m < 90; m += 1) refused.note(stranger)
      await refused.write()
    }
    const listed = await all()
    const ours = listed.filter(({ isIdentified }) => isIdentified)
    expect(ours).toHaveLength(1_000)
    expect([ours[0]?.requestId, ours.at(-1)?.requestId]).toEqual(['2-399', '0-200'])
    expect(listed).toHaveLength(1_250)
    await refused[Symbol.asyncDispose]()
  })

  it('of every node stand in one list', async () => {
    const other = new RefusedCalls({
      database,
      clock: new ManualClock(2_000),
      log: new EventLog(),
      random: () => 0.5,
    })
    refused.note(call)
    other.note({ ...call, requestId: 'r-2' })
    await refused[Symbol.asyncDispose]()
    await other[Symbol.asyncDispose]()
    const listed = await other.list({ limit: 9 })
    expect(listed.map(({ requestId }) => requestId).toSorted()).toEqual(['r-1', 'r-2'])
  })
})
