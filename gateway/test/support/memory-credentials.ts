/** The credentials of one instance in memory, for tests of the engine alone. */

import type { InstanceId } from '../../src/domain/instance.js'
import type { CredentialChange, CredentialPort } from '../../src/whatsapp/keys/auth-state.js'

export class MemoryCredentials implements CredentialPort {
  /** Each save as it came, for tests that ask what was stored together. */
  readonly saves: CredentialChange[] = []
  /** What every save throws, once it is set. */
  failure: Error | undefined
  /** What the save of an identity waits for. */
  beforeIdentity: Promise<void> | undefined
  identity: Uint8Array | undefined
  readonly keys = new Map<string, Uint8Array>()

  async loadIdentity(): Promise<Uint8Array | undefined> {
    return this.identity
  }

  async loadKeys(
    _: InstanceId,
    type: string,
    ids: readonly string[],
  ): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    for (const id of ids) {
      const value = this.keys.get(`${type} ${id}`)
      if (value) found.set(id, value)
    }
    return found
  }

  async loadAllKeys(_: InstanceId, type: string): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    for (const [name, value] of this.keys)
      if (name.startsWith(`${type} `)) found.set(name.slice(type.length + 1), value)
    return found
  }

  async save(_: InstanceId, change: CredentialChange): Promise<void> {
    if (change.identity) await this.beforeIdentity
    if (this.failure) throw this.failure
    this.saves.push(change)
    if (change.identity) this.identity = change.identity
    for (const { type, id, value } of change.keys)
      if (value) this.keys.set(`${type} ${id}`, value)
      else this.keys.delete(`${type} ${id}`)
  }

  async forget(): Promise<void> {
    this.identity = undefined
    this.keys.clear()
  }

  /** As they are now, for a process that dies later without storing anything more. */
  copy(): MemoryCredentials {
    const copy = new MemoryCredentials()
    copy.identity = this.identity
    for (const [id, value] of this.keys) copy.keys.set(id, value)
    return copy
  }
}
