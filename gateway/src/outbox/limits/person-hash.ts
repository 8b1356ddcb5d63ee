/**
 * People as the rules of sending remember them: as keyed hashes, because the
 * rules only ask whether it is the same person again.
 */

import type { Database, Transaction } from '../../db/database.js'
import type { Vault } from '../../db/encryption.js'
import type { PersonId } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import { oneFormOf } from '../../domain/phone-forms.js'
import { keyedHash } from './idempotency.js'
import type { PeoplePort } from './people.js'

export class PersonHash {
  readonly #secret: Uint8Array
  readonly #people: PeoplePort

  constructor({ vault, people }: { readonly vault: Vault; readonly people: PeoplePort }) {
    this.#secret = vault.deriveSecret('outbox/person')
    this.#people = people
  }

  /**
   * Under each name that is known of the person, the number first. Every form of a number is the
   * same name. Rows may stand under any of them: the other name was learned later.
   */
  async of(
    instanceId: InstanceId,
    person: PersonId,
    query: Transaction['query'] | Database['query'],
  ): Promise<readonly string[]> {
    const { phone, lid } = await this.#people.whole(instanceId, person, query)
    return [
      ...(phone === undefined ? [] : [this.ofPhone(instanceId, phone)]),
      ...(lid === undefined ? [] : [this.#hash(instanceId, `lid:${lid}`)]),
    ]
  }

  ofPhone(instanceId: InstanceId, phone: string): string {
    return this.#hash(instanceId, `phone:${oneFormOf(phone)}`)
  }

  #hash(instanceId: InstanceId, name: string): string {
    return keyedHash(`${instanceId}/${name}`, this.#secret)
  }
}
