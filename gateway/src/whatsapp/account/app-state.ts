/**
 * Writes to the app state: what the devices of this number share of chats, contacts and settings.
 *
 * Not with Baileys' `appPatch` (7.0.0-rc14): it takes the server's "another device was faster" for a
 * success and then counts from a state that no other device has; and it keeps the index of a record that it
 * removes, so that the next write to it has a wrong hash.
 */

import {
  type BinaryNode,
  encodeSyncdPatch,
  getBinaryNodeChild,
  type LTHashState,
  newLTHashState,
  processSyncAction,
  proto,
  S_WHATSAPP_NET,
  type WAPatchCreate,
  type WASocket,
} from 'baileys'
import { NotConnectedError, WhatsappRefusedError } from '../../domain/errors.js'
import type { Clock } from '../../runtime/clock.js'
import { ask } from '../connection/ask.js'

export interface AppStateOptions {
  readonly sock: Pick<
    WASocket,
    'query' | 'ev' | 'authState' | 'resyncAppState' | 'appStatePatchMutex'
  >
  readonly clock: Clock
  isOpen(): boolean
  /** Resolves once the directory has what Baileys' listeners heard. */
  readonly settled: () => Promise<void>
}

const { REMOVE } = proto.SyncdMutation.SyncdOperation
/** Of the server: another device wrote meanwhile. */
const conflict = 409
const mostTries = 5
/** A phone shares its keys some seconds after the linking. */
const keyWaitMs = 10_000

export class AppState {
  readonly #options: AppStateOptions

  constructor(options: AppStateOptions) {
    this.#options = options
  }

  /**
   * One after the other. Baileys' listeners hear of each as if another device had written it, and the
   * directory has it when this resolves.
   *
   * @throws NotConnectedError, WhatsappRefusedError, WhatsappSilentError; again is safe
   */
  async write(changes: readonly WAPatchCreate[]): Promise<void> {
    const { appStatePatchMutex } = this.#options.sock
    await appStatePatchMutex.mutex(async () => {
      let last: string | undefined
      for (const change of changes) {
        await this.#write(change, change.type === last)
        last = change.type
      }
    })
    await this.#options.settled()
  }

  /** `isCurrent`: this device wrote to the same collection right before. */
  async #write(change: WAPatchCreate, isCurrent: boolean): Promise<void> {
    const { type: name } = change
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (!this.#options.isOpen())
        throw new NotConnectedError('the connection to WhatsApp is not open')
      const { sock } = this.#options
      const keyId = await this.#keyId()
      if (!isCurrent || tries > 0) await sock.resyncAppState([name], false)
      const { keys } = sock.authState
      const { [name]: before } = await keys.get('app-state-sync-version', [name])
      const made = await encoded(change, keyId, before ?? newLTHashState(), sock)
      if (made === undefined) return
      const { patch, state } = made
      const version = (state.version - 1).toString()
      const refusal = refusalIn(await ask(sock, patchQuery(name, version, patch)))
      if (refusal === undefined) {
        await keys.set({ 'app-state-sync-version': { [name]: state } })
        this.#tell(change)
        return
      }
      if (refusal !== conflict)
        throw new WhatsappRefusedError(`WhatsApp refused it (${refusal}).`, { refusal })
    }
    throw new WhatsappRefusedError(
      'Other devices of this number change the same all the time. Try again.',
      { refusal: conflict },
    )
  }

  /** What this device encrypts with. */
  async #keyId(): Promise<string> {
    const { sock, clock } = this.#options
    const { creds } = sock.authState
    if (creds.myAppStateKeyId !== undefined) return creds.myAppStateKeyId
    const come = new AbortController()
    const hear = (): void => {
      if (creds.myAppStateKeyId !== undefined) come.abort('come')
    }
    sock.ev.on('creds.update', hear)
    await clock.sleep(keyWaitMs, come.signal)
    sock.ev.off('creds.update', hear)
    if (creds.myAppStateKeyId !== undefined) return creds.myAppStateKeyId
    throw notShared()
  }

  #tell({ index, syncAction, operation, apiVersion }: WAPatchCreate): void {
    const { ev, authState } = this.#options.sock
    // What a removal says of the record is nothing that holds.
    const value = operation === REMOVE ? { ...syncAction, contactAction: null } : syncAction
    const bytes = Buffer.from(JSON.stringify(index))
    const action = { index: bytes, value, padding: new Uint8Array(), version: apiVersion }
    const me = authState.creds.me
    if (me !== undefined) processSyncAction({ syncAction: action, index: [...index] }, ev, me)
  }
}

/** `undefined`: what is to be removed is not there. */
async function encoded(
  change: WAPatchCreate,
  keyId: string,
  before: LTHashState,
  { authState }: Pick<WASocket, 'authState'>,
): Promise<{ readonly patch: proto.ISyncdPatch; readonly state: LTHashState } | undefined> {
  const keyOf = async (id: string) => (await authState.keys.get('app-state-sync-key', [id]))[id]
  if ((await keyOf(keyId)) === undefined) throw notShared()
  const { patch, state } = await encodeSyncdPatch(change, keyId, before, keyOf)
  if (change.operation !== REMOVE) return { patch, state }
  const index = Buffer.from(patch.mutations?.[0]?.record?.index?.blob ?? []).toString('base64')
  if (before.indexValueMap[index] === undefined) return undefined
  const { [index]: _, ...indexValueMap } = state.indexValueMap
  return { patch, state: { ...state, indexValueMap } }
}

function patchQuery(name: string, version: string, patch: proto.ISyncdPatch): BinaryNode {
  const content = proto.SyncdPatch.encode(patch).finish()
  return {
    tag: 'iq',
    attrs: { to: S_WHATSAPP_NET, type: 'set', xmlns: 'w:sync:app:state' },
    content: [
      {
        tag: 'sync',
        attrs: {},
        content: [
          {
            tag: 'collection',
            attrs: { name, version, return_snapshot: 'false' },
            content: [{ tag: 'patch', attrs: {}, content }],
          },
        ],
      },
    ],
  }
}

function refusalIn(answer: BinaryNode): number | undefined {
  const collection = getBinaryNodeChild(getBinaryNodeChild(answer, 'sync'), 'collection')
  if (collection?.attrs['type'] !== 'error') return undefined
  return Number(getBinaryNodeChild(collection, 'error')?.attrs['code'] ?? 500)
}

function notShared(): WhatsappRefusedError {
  return new WhatsappRefusedError(
    'The phone has not shared its settings with this device yet. Open WhatsApp on the phone and try again.',
  )
}
