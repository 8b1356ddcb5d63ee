/** Login codes on a real outbox and database. */

import type { Addressee } from '../../src/codes/code-store.js'
import { answerGridMs, Codes, type CodeWish } from '../../src/codes/codes.js'
import type { Database } from '../../src/db/database.js'
import { createVault } from '../../src/db/encryption.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { anOutboxWorld, type OutboxWorld } from './outbox-world.js'

const vault = createVault(Buffer.alloc(32, 7))
export const maria = { kind: 'person', phone: '5511999990001' } as const
export const joao = { kind: 'person', phone: '5511999990002' } as const

export const wish = (change: Partial<CodeWish> = {}): CodeWish => ({
  addressee: maria,
  text: 'Código {code}',
  buttonText: 'Copiar',
  length: 6,
  charset: 'digits',
  expiresInSeconds: 300,
  cooldownSeconds: 0,
  ...change,
})

export const wrong = (code: string) => code.replace(/^./u, (first) => (first === '1' ? '2' : '1'))

export class CodesStage {
  /** Every code that was made, as the outbox was given it. */
  readonly made: string[] = []
  instanceId: InstanceId
  world: OutboxWorld
  codes: Codes

  constructor(world: OutboxWorld, instanceId: InstanceId) {
    this.world = world
    this.instanceId = instanceId
    this.codes = this.#codesOf(world)
  }

  /** As after a restart, possibly with other options of the outbox. */
  reopen(database: Database, options: Parameters<typeof anOutboxWorld>[1] = {}): void {
    this.world = anOutboxWorld(database, options)
    this.codes = this.#codesOf(this.world)
  }

  #codesOf(world: OutboxWorld): Codes {
    return new Codes({
      ...world,
      vault,
      outbox: {
        accept: (id, submission, accepting) => {
          if (submission.content.kind === 'otp-button') this.made.push(submission.content.code)
          return world.outbox.accept(id, submission, accepting)
        },
      },
    })
  }

  /** Returns the code that was sent. */
  async start(change: Partial<CodeWish> = {}): Promise<string> {
    await this.codes.start(this.instanceId, wish(change))
    return this.made.at(-1) ?? ''
  }

  async check(
    code: string,
    addressee: Addressee = maria,
    instanceId = this.instanceId,
  ): Promise<boolean> {
    const answer = this.codes.check(instanceId, addressee, code)
    await this.world.clock.sleepers()
    await this.world.clock.advance(answerGridMs)
    return answer
  }

  readonly rows = () => this.world.database.query.selectFrom('pending_code').selectAll().execute()

  readonly messages = () => this.world.database.query.selectFrom('message').selectAll().execute()
}

export async function openCodesStage(database: Database): Promise<CodesStage> {
  const world = anOutboxWorld(database)
  return new CodesStage(world, await world.anInstance())
}
