/**
 * Takes over a number that another gateway linked. Part of the composition root.
 *
 * A device has one connection: the newest replaces the one before, and a donor that runs takes it back within seconds.
 * Then what was stored is forgotten again, so that the instance is as it was and the donor goes on.
 */

import { isSqlite, openForeignBytes } from '../db/foreign-sqlite.js'
import type { Actor } from '../domain/audit.js'
import type { DisconnectionReason } from '../domain/disconnection.js'
import { AlreadyConnectedError, GatewayError, ImportRefusedError } from '../domain/errors.js'
import type { ImportProblem } from '../domain/import-texts.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import type {
  ForeignTables,
  ImportFile,
  ImportFindings,
  ImportOutcome,
  ImportWish,
} from '../domain/session-import.js'
import type { AuditLog } from '../instances/audit-log.js'
import type { Instances } from '../instances/instances.js'
import type { CredentialStore } from '../sessions/credential-store.js'
import type { Sessions } from '../sessions/sessions.js'
import type { LinkedSession } from '../whatsapp/import/read-session.js'
import { loadWhatsapp } from '../whatsapp/load.js'

export interface SessionImportsOptions {
  readonly instances: Pick<Instances, 'list'>
  readonly credentials: Pick<CredentialStore, 'loadIdentity'>
  readonly sessions: Pick<Sessions, 'adopt' | 'isReplaced' | 'disown' | 'isLinked' | 'status'>
  readonly audit: Pick<AuditLog, 'record'>
}

/** A donor that runs comes back within a second or two of being replaced. */
const settleMs = 6_000

/** Ends after which the credentials are of no use here. */
const refusals: Partial<Record<DisconnectionReason, ImportProblem>> = {
  replaced: { kind: 'still-runs' },
  'logged-out': { kind: 'unknown-to-whatsapp' },
}

export class SessionImports {
  readonly #options: SessionImportsOptions
  /** One at a time, so that no number gets into two instances. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: SessionImportsOptions) {
    this.#options = options
  }

  /** What the files hold. Changes nothing. Throws `ImportRefusedError` and `AlreadyConnectedError` as `apply` does. */
  async look(
    instanceId: InstanceId,
    files: readonly ImportFile[],
    wish: ImportWish,
  ): Promise<ImportFindings> {
    return (await this.#read(instanceId, files, wish)).findings
  }

  /**
   * Stores the session and connects it.
   *
   * @throws AlreadyConnectedError when the instance is linked
   * @throws ImportRefusedError when the session is not whole, is linked here already, is used by another program, or
   * is not known to WhatsApp any more. Nothing of it is kept then
   */
  async apply(
    instanceId: InstanceId,
    files: readonly ImportFile[],
    wish: ImportWish & { readonly by: Actor },
  ): Promise<ImportOutcome> {
    const turn = this.#last.catch(() => {}).then(() => this.#apply(instanceId, files, wish))
    this.#last = turn
    return turn
  }

  async #apply(
    instanceId: InstanceId,
    files: readonly ImportFile[],
    wish: ImportWish & { readonly by: Actor },
  ): Promise<ImportOutcome> {
    const { sessions, audit } = this.#options
    const session = await this.#read(instanceId, files, wish)
    const { findings } = session
    await audit.record({
      act: 'session-imported',
      by: wish.by,
      instanceId,
      detail: findings.source,
    })
    const isOpen = await sessions.adopt(instanceId, session)
    if (isOpen) await sessions.isReplaced(instanceId, settleMs)
    const { state, disconnection } = sessions.status(instanceId)
    const refusal = disconnection && refusals[disconnection.reason]
    if (refusal !== undefined) {
      await sessions.disown(instanceId)
      throw new ImportRefusedError(refusal)
    }
    return { findings, connected: state === 'open', disconnection }
  }

  async #read(
    instanceId: InstanceId,
    files: readonly ImportFile[],
    wish: ImportWish,
  ): Promise<LinkedSession> {
    if (await this.#options.sessions.isLinked(instanceId))
      throw new AlreadyConnectedError(
        'This instance is linked already. Make another instance for the import, or disconnect this one first.',
      )
    const { readLinkedSession } = await loadWhatsapp()
    const session = await readLinkedSession(files, wish, readTables)
    const holder = await this.#holderOf(session.findings.phone)
    if (holder !== undefined)
      throw new ImportRefusedError({ kind: 'linked-here', name: holder.name, id: holder.id })
    return session
  }

  async #holderOf(phone: string): Promise<Instance | undefined> {
    const { phoneOfIdentity } = await loadWhatsapp()
    for (const instance of await this.#options.instances.list()) {
      const identity = await this.#options.credentials.loadIdentity(instance.id)
      if (identity !== undefined && phoneOfIdentity(identity) === phone) return instance
    }
    return undefined
  }
}

function readTables<T>(bytes: Uint8Array, read: (tables: ForeignTables) => T): T | undefined {
  if (!isSqlite(bytes)) return undefined
  try {
    using tables = openForeignBytes(bytes)
    return read(tables)
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    throw new ImportRefusedError({ kind: 'unreadable-database' }, { cause })
  }
}
