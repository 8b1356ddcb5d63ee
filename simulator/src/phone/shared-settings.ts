/**
 * The settings that a phone shares with its companions: it has the key, reads
 * what a companion changed, and checks it as WhatsApp's own app does.
 */

import { randomBytes } from 'node:crypto'
import {
  ALL_WA_PATCH_NAMES,
  type BinaryNode,
  decodePatches,
  extractSyncdPatches,
  newLTHashState,
  proto,
} from 'baileys'
import type { Account } from '../account.js'
import { childrenOf, SERVER_JID, stanza } from '../wire/stanza.js'
import type { PhoneLine } from './phone-line.js'

type PatchName = (typeof ALL_WA_PATCH_NAMES)[number]

/** What a companion is given, so that it can read and write the settings. */
export interface SettingsKey {
  readonly id: Uint8Array
  readonly data: proto.Message.IAppStateSyncKeyData
}

export class SharedSettings {
  readonly key: SettingsKey
  readonly #account: Account
  readonly #line: PhoneLine
  readonly #states = new Map<PatchName, ReturnType<typeof newLTHashState>>()

  constructor(account: Account, line: PhoneLine, now: number) {
    this.#account = account
    this.#line = line
    const fingerprint = { rawId: 1, currentIndex: 1, deviceIndexes: [0] }
    this.key = {
      id: randomBytes(6),
      data: { keyData: randomBytes(32), fingerprint, timestamp: now },
    }
  }

  /** Takes a `<notification type=server_sync>`. Throws when a patch is not what its sender must have made. */
  async catchUp(notification: BinaryNode): Promise<void> {
    for (const { attrs } of childrenOf(notification)) {
      const name = ALL_WA_PATCH_NAMES.find((each) => each === attrs['name'])
      if (name !== undefined) await this.#catchUp(name)
    }
  }

  async #catchUp(name: PatchName): Promise<void> {
    const state = this.#states.get(name) ?? newLTHashState()
    const collection = stanza('collection', { name, version: state.version.toString() })
    const answer = this.#line.query(
      stanza(
        'iq',
        { id: `settings-${name}`, to: SERVER_JID, type: 'set', xmlns: 'w:sync:app:state' },
        [stanza('sync', {}, [collection])],
      ),
    )
    const patches = (await extractSyncdPatches(answer, {}))[name]?.patches ?? []
    const keyOf = async (id: string): Promise<proto.Message.IAppStateSyncKeyData | undefined> =>
      id === Buffer.from(this.key.id).toString('base64') ? this.key.data : undefined
    const { state: next, mutationMap } = await decodePatches(name, patches, state, keyOf, {})
    if (patches.length > 0 && Object.keys(mutationMap).length === 0)
      throw new Error(`a patch of ${name} cannot be read`)
    this.#states.set(name, next)
    for (const { syncAction } of Object.values(mutationMap)) {
      const pushName = syncAction.value?.pushNameSetting?.name
      if (pushName) this.#account.name = pushName
    }
  }
}
