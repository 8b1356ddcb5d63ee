/** A sender at work on a real outbox, with files that the test answers for. */

import { vi } from 'vitest'
import type { Database } from '../../src/db/database.js'
import type { FileRequest, FileSource, PreparedFile } from '../../src/domain/content/files.js'
import type { MessageContent } from '../../src/domain/content/index.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { MediaPort } from '../../src/outbox/queue/file-stage.js'
import { anImage, anOutboxWorld, type OutboxWorld } from './outbox-world.js'
import { anOtp } from './outgoing-message.js'

export const recipient = { kind: 'person', phone: '5511999990001' } as const
export const image: FileSource = { kind: 'url', url: 'https://example.com/a.png' }
export const never = new Promise<never>(() => {})

const patience = { timeout: 60_000, interval: 2 }

class PretendMedia implements MediaPort {
  readonly answers: (PreparedFile | Error | Promise<PreparedFile>)[] = []
  asked = 0

  async prepare(_: FileRequest, signal: AbortSignal): Promise<PreparedFile> {
    this.asked += 1
    const answer = await Promise.race([
      this.answers.shift() ?? anImage,
      new Promise<Error>((done) => {
        signal.addEventListener('abort', () => done(new Error('aborted')))
      }),
    ])
    if (answer instanceof Error) throw answer
    return answer
  }
}

export class SenderStage implements AsyncDisposable {
  readonly world: OutboxWorld
  readonly media: PretendMedia
  readonly instanceId: InstanceId

  constructor(world: OutboxWorld, media: PretendMedia, instanceId: InstanceId) {
    this.world = world
    this.media = media
    this.instanceId = instanceId
  }

  readonly accept = (content: MessageContent = anOtp(), more = {}, to = this.instanceId) =>
    this.world.outbox.accept(to, { recipient, content, ...more })

  readonly row = async (id: string) =>
    this.world.database.query
      .selectFrom('message')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()

  /** Resolves when so many sends were begun. */
  readonly sends = (count: number) =>
    vi.waitUntil(() => this.world.session.sends.length === count, patience)

  /** Resolves when there are so many events. */
  readonly events = async (count: number) => {
    await vi.waitUntil(() => this.world.events.length >= count, patience)
    return this.world.events
  }

  /** Moves time on as soon as a loop sleeps until exactly then. */
  readonly advanceTo = async (ms: number) => {
    await vi.waitUntil(() => this.world.clock.sleepingMs.includes(ms), patience)
    await this.world.clock.advance(ms)
  };

  [Symbol.asyncDispose](): Promise<void> {
    return this.world.sender[Symbol.asyncDispose]()
  }
}

export async function openSenderStage(database: Database): Promise<SenderStage> {
  const media = new PretendMedia()
  const world = anOutboxWorld(database, { media })
  const instanceId = await world.anInstance()
  await world.sender.start()
  return new SenderStage(world, media, instanceId)
}
