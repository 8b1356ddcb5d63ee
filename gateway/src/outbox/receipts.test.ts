/** What a receipt costs: WhatsApp sends several for each message, and says most of them twice. */

import type { KyselyPlugin } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOtp } from '../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import type { InstanceId } from '../domain/instance.js'
import type { ReceiptWord } from './submission.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('a receipt', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase())
    instanceId = await world.anInstance('closed')
  })

  /** How many statements it takes, and what it comes to. */
  const advance = async (receipt: Partial<ReceiptWord> = {}) => {
    const { whatsappId } = await world.outbox.accept(instanceId, {
      recipient,
      content: anOtp(),
    })
    await world.database.query
      .updateTable('message')
      .set({ status: 'delivered', sent_at: 5 })
      .execute()
    let statements = 0
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        statements += 1
        return result
      },
    }
    const word = { status: 'delivered', at: 7, chat: recipient, ...receipt } as const
    const message = await world.database.transaction((transaction) =>
      world.outbox.advance(instanceId, whatsappId, word, {
        ...transaction,
        query: transaction.query.withPlugin(counting),
      }),
    )
    return { statements, message }
  }

  it('that says nothing new reads one row once', async () => {
    expect(await advance()).toMatchObject({ statements: 1, message: { isNews: false, at: 5 } })
  })

  it('from another chat reads one row once, and moves nothing', async () => {
    const chat = { kind: 'person', phone: '5511999990002' } as const
    expect(await advance({ status: 'read', chat })).toEqual({ statements: 1, message: undefined })
  })
})
