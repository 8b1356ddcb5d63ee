/**
 * Opens Signal sessions with every device of some people, so that a message can be encrypted for each.
 *
 * WhatsApp answers 404 for the keys of a device that was removed. Baileys fails the whole send then,
 * and every later one, because its list still names the device. Here such a device is left out, and
 * the list of its owner is asked for once more.
 *
 * Baileys also asks for no keys of a number without a LID (`assertSessions` sends an empty `<key/>`).
 * Here they are asked for by number.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type BinaryNode,
  jidDecode,
  parseAndInjectE2ESessions,
  S_WHATSAPP_NET,
  type WASocket,
} from 'baileys'
import { ask } from '../connection/ask.js'
import type { PairingMemory } from '../connection/pairing-memory.js'

export interface DeviceSessionsOptions {
  readonly sock: WASocket
  readonly memory: Pick<PairingMemory, 'devices'>
  readonly closed: AbortSignal
}

/** So many sessions a write; in between, others have their turn: one takes some milliseconds to compute. */
const sessionsAtOnce = 8
/** Of everything that opens sessions ahead of their sends. */
const lock = 'sessions-opened-ahead'
/** WhatsApp's code for a device that it does not know. */
const unknownDevice = 404

export class DeviceSessions {
  readonly #options: DeviceSessionsOptions

  constructor(options: DeviceSessionsOptions) {
    this.#options = options
  }

  /**
   * The addresses of all devices of these people that can be written to, without this one.
   *
   * @param renew opens new sessions also where there are some
   * @throws WhatsappRefusedError, WhatsappSilentError: nothing was sent, and trying again is safe
   */
  async reach(
    people: readonly string[],
    { renew = false, except = new Set() }: { renew?: boolean; except?: ReadonlySet<string> } = {},
  ): Promise<readonly string[]> {
    const wanted = (devices: readonly string[]) => devices.filter((each) => !except.has(each))
    const known = await this.#devicesOf(people)
    const removed = await this.#open(wanted(known), renew)
    if (removed.length === 0) return known
    const { devices } = this.#options.memory
    for (const user of usersOf(removed)) await devices.del(user)
    const listed = await this.#devicesOf(people)
    const stillRemoved = await this.#open(wanted(listed), false)
    await this.#leaveOut(stillRemoved)
    return listed.filter((device) => !stillRemoved.includes(device))
  }

  /** Asks for the devices of these people again at the next send. */
  async forget(people: readonly string[]): Promise<void> {
    for (const user of usersOf(people)) await this.#options.memory.devices.del(user)
  }

  async #devicesOf(people: readonly string[]): Promise<readonly string[]> {
    const { sock } = this.#options
    const { id, lid } = sock.authState.creds.me ?? {}
    const devices = await sock.getUSyncDevices([...people], true, false)
    return devices.map(({ jid }) => jid).filter((jid) => jid !== id && jid !== lid)
  }

  /** Gives those devices that WhatsApp does not know. */
  async #open(devices: readonly string[], renew: boolean): Promise<readonly string[]> {
    const { sock, closed } = this.#options
    const addresses = await this.#addressesOf(devices)
    const wanted = renew ? [...addresses.keys()] : await this.#withoutSession(addresses)
    if (wanted.length === 0 || closed.aborted) return []
    const answers = answersIn(
      await ask(sock, keysQuestion(wanted.map(addressIn(addresses)), renew)),
    )
    const bundles = answers.filter((user) => codeOf(user) === undefined)
    for (let start = 0; start < bundles.length && !closed.aborted; start += sessionsAtOnce) {
      await this.#inject(bundles.slice(start, start + sessionsAtOnce), renew)
      await nextTurn()
    }
    const unknown = answers.filter((user) => codeOf(user) === unknownDevice).map(jidIn)
    // An old session would be used for a device that is not there.
    await sock.signalRepository.deleteSession(unknown)
    return wanted.filter((device) => unknown.includes(addresses.get(device) ?? device))
  }

  /** Sessions are kept under LIDs, where there is one. */
  async #addressesOf(devices: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const numbers = devices.filter((jid) => !isLid(jid))
    const { lidMapping } = this.#options.sock.signalRepository
    const pairs = numbers.length === 0 ? null : await lidMapping.getLIDsForPNs(numbers)
    const lidOf = new Map((pairs ?? []).map(({ pn, lid }) => [pn, lid]))
    return new Map(devices.map((jid) => [jid, lidOf.get(jid) ?? jid]))
  }

  async #withoutSession(addresses: ReadonlyMap<string, string>): Promise<readonly string[]> {
    const { authState, signalRepository } = this.#options.sock
    const named = [...addresses].map(
      ([device, jid]) => [device, jid, signalRepository.jidToSignalProtocolAddress(jid)] as const,
    )
    const stored = await authState.keys.get(
      'session',
      named.map(([, , name]) => name),
    )
    const without: string[] = []
    for (const [device, jid, name] of named) {
      const isOpen = stored[name] && (await signalRepository.validateSession(jid)).exists
      if (!isOpen) without.push(device)
    }
    return without
  }

  /** In one write. Unless they are renewed, a session that came into being meanwhile stays: it may have been used. */
  async #inject(bundles: readonly BinaryNode[], renew: boolean): Promise<void> {
    const { sock } = this.#options
    await sock.authState.keys.transaction(async () => {
      const jids = bundles.map(jidIn)
      const wanted = new Set(
        renew ? jids : await this.#withoutSession(new Map(jids.map((jid) => [jid, jid]))),
      )
      for (const bundle of bundles) {
        if (!wanted.has(jidIn(bundle))) continue
        const list: BinaryNode = { tag: 'list', attrs: {}, content: [bundle] }
        const one: BinaryNode = { tag: 'iq', attrs: {}, content: [list] }
        // A forged signature concerns no other device; the send to this one will say so.
        await parseAndInjectE2ESessions(one, sock.signalRepository).catch(() => {})
      }
    }, lock)
  }

  /** WhatsApp lists them, and does not know them all the same. */
  async #leaveOut(removed: readonly string[]): Promise<void> {
    const { devices } = this.#options.memory
    for (const user of usersOf(removed)) {
      const gone = new Set(removed.map((jid) => jidDecode(jid)?.device ?? 0))
      const listed = (await devices.get<{ readonly device?: number }[]>(user)) ?? []
      const left = listed.filter(({ device }) => !gone.has(device ?? 0))
      if (left.length > 0) await devices.set(user, left)
      else await devices.del(user)
    }
  }
}

function keysQuestion(jids: readonly string[], renew: boolean): BinaryNode {
  const reason = renew ? { reason: 'identity' } : {}
  const users = jids.map((jid) => ({ tag: 'user', attrs: { jid, ...reason } }))
  return {
    tag: 'iq',
    attrs: { xmlns: 'encrypt', type: 'get', to: S_WHATSAPP_NET },
    content: [{ tag: 'key', attrs: {}, content: users }],
  }
}

function answersIn(answer: BinaryNode): readonly BinaryNode[] {
  const lists = Array.isArray(answer.content) ? answer.content : []
  return lists.flatMap(({ tag, content }) =>
    tag === 'list' && Array.isArray(content) ? content : [],
  )
}

/** The code of the error that stands in the place of a device's keys. */
function codeOf({ content }: BinaryNode): number | undefined {
  const error = Array.isArray(content) ? content.find(({ tag }) => tag === 'error') : undefined
  return error && Number(error.attrs['code'])
}

function jidIn({ attrs }: BinaryNode): string {
  return attrs['jid'] ?? ''
}

const addressIn = (addresses: ReadonlyMap<string, string>) => (device: string) =>
  addresses.get(device) ?? device

function usersOf(jids: readonly string[]): ReadonlySet<string> {
  return new Set(jids.map((jid) => jidDecode(jid)?.user ?? ''))
}

function isLid(jid: string): boolean {
  return jid.endsWith('lid')
}
