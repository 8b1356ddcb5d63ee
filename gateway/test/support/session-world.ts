/** The module `sessions` with a stand-in for the engine. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, onTestFinished } from 'vitest'
import type { Call } from '../../src/domain/call.js'
import type { Database } from '../../src/db/database.js'
import type { LinkMarks } from '../../src/domain/disconnection.js'
import { openDatabase } from '../../src/db/open-database.js'
import type {
  Closed,
  CloseReason,
  Engine,
  EngineConnection,
  EngineEvent,
  Receipt,
} from '../../src/domain/engine.js'
import type { EngineMessage, PreparedMessage } from '../../src/domain/sending.js'
import type { GatewayEvent } from '../../src/domain/gateway-event.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { IncomingMessage } from '../../src/domain/incoming-message.js'
import type { ProfileApi } from '../../src/domain/profile.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { Sessions } from '../../src/sessions/sessions.js'
import { ManualClock } from './manual-clock.js'
import { preparedMessage } from './prepared-message.js'
import { standInBusiness, standInCatalogs } from './stand-in-business.js'
import { standInCommunities } from './stand-in-communities.js'
import { standInAccount } from './stand-in-account.js'
import { standInNewsletters } from './stand-in-newsletters.js'
import { standInGroups } from './stand-in-groups.js'

export const instanceId = '3A' as InstanceId
export const phone = '5511900000000'

class FakeConnection implements EngineConnection {
  readonly profiles: ProfileApi = {
    own: async () => ({ phone, business: true, device: 1 }),
    setName: async () => undefined,
    setPicture: async () => undefined,
    setAbout: async () => undefined,
    aboutOf: async () => undefined,
    pictureOf: async () => undefined,
    lookUp: async () => [],
  }
  readonly groups = standInGroups
  readonly business = standInBusiness
  readonly catalogs = standInCatalogs
  readonly communities = standInCommunities
  readonly account = standInAccount
  readonly newsletters = standInNewsletters
  alive = true
  loggedOut = false
  closed = false
  readonly prepared: EngineMessage[] = []
  readonly #tell: (event: EngineEvent) => void

  constructor(tell: (event: EngineEvent) => void) {
    this.#tell = tell
  }

  tell(event: EngineEvent): void {
    if (this.closed) throw new Error('a closed connection tells nothing')
    if (event.kind === 'closed') this.closed = true
    this.#tell(event)
  }

  open(): void {
    this.tell({ kind: 'opened', phone, lid: '100', business: true })
  }

  end(reason: CloseReason, more: Pick<Closed, 'detail' | 'until'> = {}): void {
    this.tell({ kind: 'closed', reason, ...more })
  }

  async requestPairingCode(): Promise<string> {
    return 'ABCD1234'
  }

  async answerPasskey(): Promise<void> {}
  async compareCode(): Promise<void> {}

  async isAlive(): Promise<boolean> {
    return this.alive
  }

  async lookAhead(): Promise<void> {}

  async prepare(message: EngineMessage): Promise<PreparedMessage> {
    this.prepared.push(message)
    return preparedMessage(message, async () => ({ kind: 'too-late' }))
  }

  async markRead(): Promise<void> {}

  async rejectCall(): Promise<void> {}
  async askForFile(): Promise<string> {
    return '/'
  }

  async watchPresence(): Promise<void> {}

  async logOut(): Promise<void> {
    this.loggedOut = true
    await this.close()
  }

  async close(): Promise<void> {
    if (!this.closed) this.end('closed-by-us')
  }
}

class FakeEngine implements Engine {
  readonly #linked: Set<string>
  readonly connections: FakeConnection[] = []
  failure: Error | undefined

  constructor(linked: Set<string>) {
    this.#linked = linked
  }

  async forget(id: InstanceId): Promise<void> {
    this.#linked.delete(id)
  }

  async connect(_: InstanceId, listen: (event: EngineEvent) => void): Promise<EngineConnection> {
    if (this.failure) throw this.failure
    const connection = new FakeConnection(listen)
    this.connections.push(connection)
    return connection
  }

  get last(): FakeConnection {
    const last = this.connections.at(-1)
    if (last === undefined) throw new Error('nothing connected yet')
    return last
  }
}

let database: Database

/** For the whole file. A hook at the top of this one would be there for the first that imports it only. */
export function giveEachTestADatabase(): void {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'recado-sessions-'))
    database = await openDatabase({ dataDir })
    const row = { name: '', token_sealed: Buffer.of(), settings: '{}', created_at: 0 }
    const ids = ['3A', '3B', '3C', '3D', '3E', '3F'] as InstanceId[]
    const rows = ids.map((id) => ({ ...row, id, token_hash: id }))
    await database.query.insertInto('instance').values(rows).execute()
  })
  afterEach(async () => {
    await database[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true })
  })
}

/** After `giveEachTestADatabase`. */
export function setUp({ linked = true, connectAtOnce = 8 } = {}) {
  // What was asked of the database before is answered once this one is.
  const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
  const told: string[] = []
  const published: GatewayEvent[] = []
  const credentials = {
    linked: new Set<string>(linked ? [instanceId] : []),
    /** So often it cannot be read. */
    failures: 0,
    asked: 0,
    async save(id: InstanceId) {
      credentials.linked.add(id)
    },
    async loadIdentity(id: InstanceId) {
      credentials.asked += 1
      if (credentials.failures > 0) {
        credentials.failures -= 1
        throw new Error('database away')
      }
      return credentials.linked.has(id) ? Buffer.from('identity') : undefined
    },
    marks: {} as LinkMarks,
    async loadMarks() {
      return credentials.marks
    },
    async markChallenged(_: InstanceId, challengedAt: number) {
      credentials.marks = { ...credentials.marks, challengedAt }
    },
  }
  const engine = new FakeEngine(credentials.linked)
  const listener = {
    failures: 0,
    opened: (id: InstanceId) => void told.push(`opened ${id}`),
    async receipt(_: InstanceId, receipt: Receipt) {
      if (listener.failures > 0) {
        listener.failures -= 1
        throw new Error('database away')
      }
      await nextTurn()
      told.push(`receipt ${receipt.whatsappIds.join()}`)
    },
    async received(_: InstanceId, ownPhone: string, message: IncomingMessage) {
      told.push(`received ${message.whatsappId} for ${ownPhone}`)
    },
    async called(_: InstanceId, ownPhone: string, call: Call) {
      told.push(`call ${call.id} for ${ownPhone}`)
    },
    async presence() {},
    async statusPosted() {},
    closed() {},
  }
  const sessions = new Sessions({
    engine,
    database,
    credentials,
    events: {
      async publish(event) {
        published.push(event)
      },
    },
    listener,
    elsewhere: () => undefined,
    clock,
    random: () => 0.5,
    log: silentLog,
    connectAtOnce,
  })
  onTestFinished(() => sessions[Symbol.asyncDispose]())
  return {
    engine,
    clock,
    credentials,
    database,
    listener,
    sessions,
    told,
    published,
    state: () => sessions.status(instanceId).state,
    kinds: () => published.map(({ kind }) => kind),
    /** Linked, connected and opened. */
    opened: async () => {
      await sessions.start([instanceId])
      await clock.advance(0)
      engine.last.open()
      await clock.advance(0)
      return engine.last
    },
  }
}
