/** A courier between a database that is real and an endpoint that answers as the test says, by a clock of the test. */

import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../src/db/database.js'
import { createVault } from '../../src/db/encryption.js'
import type { GatewayEvent } from '../../src/domain/gateway-event.js'
import { defaultInstanceSettings } from '../../src/domain/instance.js'
import { createGuardedFetch } from '../../src/runtime/guarded-fetch.js'
import { Courier, type CourierOptions } from '../../src/webhooks/courier.js'
import { DeadLetters } from '../../src/webhooks/dead-letters.js'
import { eventKinds } from '../../src/webhooks/endpoint-store.js'
import { Receivers } from '../../src/webhooks/receivers.js'
import { Webhooks } from '../../src/webhooks/webhooks.js'
import { testCallback } from '../../src/zapi/callbacks.js'
import { maskedAnswer } from '../../src/zapi/masked-body.js'
import type { OpenTestDatabase } from './databases.js'
import { EndpointServer, type Hit } from './endpoint-server.js'
import { EventLog } from './event-log.js'
import { ManualClock } from './manual-clock.js'
import { instanceIdOf, messageIdOf, whatsappIdOf } from './outgoing-message.js'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export const instanceId = instanceIdOf('3A20DA9C0183A2D35A260F53F5D2B924')
export const token = 'A9C0183A2D35A260F53F5D2B'
export const secret = `whsec_${randomBytes(32).toString('base64')}`
export const loopback = createGuardedFetch({ allowedNetworks: ['127.0.0.0/8'] })
const tokens = { tokenOf: async () => token, signingSecretsOf: async () => [secret] }
const vault = createVault(randomBytes(32))

/** What a phone number and a counter make: enough to see order and loss. */
export function sentEvent(phone: string, n: number): GatewayEvent {
  return {
    kind: 'message.sent',
    instanceId,
    occurredAt: 0,
    messageId: messageIdOf(String(n)),
    whatsappId: whatsappIdOf('3EB0'),
    recipient: { kind: 'person', phone },
    chat: { kind: 'person', phone },
  }
}

export const connected: GatewayEvent = {
  kind: 'instance.connected',
  instanceId,
  occurredAt: 0,
  phone: '55',
  business: false,
}

function render(event: GatewayEvent): object {
  if (event.kind !== 'message.sent' || event.recipient.kind !== 'person') return { is: event.kind }
  return { chat: event.recipient.phone, n: Number(event.messageId) }
}

export function bodiesOf(hits: readonly Hit[], chat: string): number[] {
  return hits.filter(({ body }) => body['chat'] === chat).map(({ body }) => Number(body['n']))
}

export class CourierStage implements AsyncDisposable {
  readonly clock = new ManualClock(Date.now())
  readonly log = new EventLog()
  readonly endpoint: EndpointServer
  readonly #openDatabase: OpenTestDatabase
  database: Database
  courier: Courier
  webhooks: Webhooks

  private constructor(open: OpenTestDatabase, database: Database, endpoint: EndpointServer) {
    this.#openDatabase = open
    this.database = database
    this.endpoint = endpoint
    this.courier = this.newCourier()
    this.webhooks = this.#newWebhooks()
  }

  /** The courier is not started yet. */
  static async open(open: OpenTestDatabase): Promise<CourierStage> {
    const stage = new CourierStage(open, await open(), await EndpointServer.start())
    await stage.database.query
      .insertInto('instance')
      .values({
        id: instanceId,
        name: 'test',
        token_hash: '',
        token_sealed: new Uint8Array(),
        settings: '{}',
        created_at: 0,
      })
      .execute()
    await stage.webhooks.setEndpoint(instanceId, eventKinds, stage.endpoint.url('/hook'))
    return stage
  }

  newCourier(change: Partial<CourierOptions> = {}): Courier {
    return new Courier({
      database: this.database,
      vault,
      clock: this.clock,
      random: () => 0.5,
      fetch: loopback,
      tokens,
      log: this.log,
      version: '1.2.3',
      maskAnswer: maskedAnswer,
      ...change,
    })
  }

  newReceivers(): Receivers {
    return new Receivers({
      database: this.database,
      clock: this.clock,
      fetch: loopback,
      tokens,
      version: '1.2.3',
      maskAnswer: maskedAnswer,
      takeAgain: (id) => this.courier.takeAgain(id),
      testBody: testCallback,
    })
  }

  newDeadLetters(): DeadLetters {
    const { database, clock } = this
    return new DeadLetters({
      database,
      vault,
      clock,
      hurry: (lane, id) => this.courier.hurry(lane, id),
      takeAgain: (id) => this.courier.takeAgain(id),
    })
  }

  /** A new courier on what is in the database. */
  async restart(): Promise<void> {
    await this.#stopCourier()
    this.database = await this.#openDatabase.again()
    this.courier = this.newCourier()
    this.webhooks = this.#newWebhooks()
  }

  publish(event: GatewayEvent): Promise<void> {
    return this.database.transaction((transaction) => this.webhooks.publish(event, transaction))
  }

  /**
   * Moves time from one awakening of the courier to the next. It reads the
   * database between two sleeps, so a leap could come while it counts a wait.
   */
  async advance(ms: number): Promise<void> {
    const end = this.clock.now() + ms
    for (;;) {
      await nextTurn()
      await this.clock.sleepers()
      const leftMs = end - this.clock.now()
      if (leftMs <= 0) return
      await this.clock.advance(Math.min(leftMs, this.clock.sleepingMs[0] ?? 0))
    }
  }

  /** Exactly then, and not later: a delivery that is too old ends before its tenth attempt. */
  async advanceToNextAttempt(): Promise<void> {
    const [head] = await this.rows()
    await this.advance((head?.next_attempt_at ?? 0) - this.clock.now())
  }

  rows() {
    return this.database.query.selectFrom('delivery').selectAll().orderBy('sequence').execute()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stopCourier()
    await this.endpoint[Symbol.asyncDispose]()
  }

  async #stopCourier(): Promise<void> {
    // Nothing hangs for good in these tests, or the cut-off is what they are about.
    const stopped = this.courier[Symbol.asyncDispose]()
    await this.clock.advance(3_000)
    await stopped
  }

  #newWebhooks(): Webhooks {
    const { database, clock } = this
    return new Webhooks({
      database,
      vault,
      clock,
      settings: { settingsOf: async () => defaultInstanceSettings },
      selfOf: () => ({}),
      render,
      wake: (lane, id) => this.courier.wake(lane, id),
    })
  }
}
