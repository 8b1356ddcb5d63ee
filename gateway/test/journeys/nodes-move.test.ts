/** From one gateway on SQLite to three nodes on PostgreSQL, as docs/nodes.md says: nothing is paired again. */

import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NodeJourney, type NodeOfJourney } from '../support/node-journey.js'
import { shown } from '../support/journey.js'

const passphrase = { RECADO_BACKUP_PASSPHRASE: 'correct horse battery staple' }
const onSqlite = { RECADO_DATABASE_URL: '', RECADO_MASTER_KEY: '' }
let journey: NodeJourney

beforeEach(async () => {
  journey = await NodeJourney.start(0)
})

afterEach(async () => {
  await journey[Symbol.asyncDispose]()
})

test('a code that waited on SQLite and the ones after it are on the phone, through every node', async () => {
  const old = await journey.addNode(onSqlite)
  const instances = [await journey.pairedInstance(old), await journey.pairedInstance(old)] as const
  const [instance] = instances
  const person = await journey.newPhone()
  await shown(person, (await journey.sendOtp(old, instance, person)).messageId)

  // What is accepted and not sent moves with the rest.
  await journey.setFaults({ logins: [{ code: 503 }] })
  await journey.setFaults({ connections: [{ phone: await linkedPhone(old), action: 'drop' }] })
  await expect.poll(() => old.client.isConnected(instance), { timeout: 30_000 }).toBe(false)
  const waiting = await journey.sendOtp(old, instance, person)
  old.process.kill('SIGTERM')
  await old.process.ended
  await journey.setFaults({ logins: [] })

  const file = join(old.dataDir, 'recado.backup')
  const taken = await journey.command(old, ['backup', file], { ...onSqlite, ...passphrase })
  expect(taken).toMatchObject({ code: 0 })
  const key = { RECADO_MASTER_KEY: '', RECADO_MASTER_KEY_FILE: join(old.dataDir, 'master.key') }
  const restore = ['restore', file, '--unchanged-since']
  const restored = await journey.command(old, restore, { ...passphrase, ...key })
  expect(restored).toMatchObject({ code: 0 })

  const nodes = [await journey.addNode(key), await journey.addNode(key), await journey.addNode(key)]
  await shown(person, waiting.messageId)
  await journey.delivery(waiting.zaapId)
  expect(journey.deliveries(waiting.zaapId)).toBe(1)
  for (const node of nodes) {
    const sent = await journey.sendOtp(node, instance, person)
    await shown(person, sent.messageId)
    await journey.delivery(sent.zaapId)
    expect(person.messages.filter(({ id }) => id === sent.messageId)).toHaveLength(1)
    for (const each of instances)
      await expect.poll(() => node.client.isConnected(each), { timeout: 30_000 }).toBe(true)
  }

  /** The number of the instance. */
  async function linkedPhone({ client }: NodeOfJourney): Promise<string> {
    return ((await client.onInstance(instance, 'GET', 'device')) as { phone: string }).phone
  }
}, 240_000)
