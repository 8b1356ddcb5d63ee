/**
 * People as the rules of sending remember them: as keyed hashes, because the
 * rules only ask whether it is the same person again.
 */

import type { Vault } from '../db/encryption.js'
import { oneFormOf } from '../domain/phone-forms.js'
import type { ChatId, Recipient } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import { keyedHash } from './idempotency.js'

export class PersonHash {
  readonly #secret: Uint8Array

  constructor(vault: Vault) {
    this.#secret = vault.deriveSecret('outbox/person')
  }

  /** `undefined` for a group. Every form of a number is the same person. */
  of(instanceId: InstanceId, recipient: Recipient): string | undefined {
    switch (recipient.kind) {
      case 'group':
        return undefined
      case 'lid':
        return this.#hash(instanceId, `lid:${recipient.lid}`)
      case 'person':
        return this.#hash(instanceId, `phone:${oneFormOf(recipient.phone)}`)
    }
  }

  /** Under each of the names that are known of the person; none for whatever is not a person. */
  allOf(instanceId: InstanceId, chat: ChatId): readonly string[] {
    if (chat.kind !== 'person') return []
    const { phone, lid } = chat
    return [
      ...(phone === undefined ? [] : [this.#hash(instanceId, `phone:${oneFormOf(phone)}`)]),
      ...(lid === undefined ? [] : [this.#hash(instanceId, `lid:${lid}`)]),
    ]
  }

  #hash(instanceId: InstanceId, name: string): string {
    return keyedHash(`${instanceId}/${name}`, this.#secret)
  }
}
