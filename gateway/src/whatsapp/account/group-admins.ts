/**
 * Who administrates a group: admins alone may delete what others wrote, and the
 * server does not check it. WhatsApp's apps do, from their own list of members.
 */

import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren, type WASocket } from 'baileys'
import { isSamePerson, type PersonId } from '../../domain/chat.js'
import { WhatsappRefusedError } from '../../domain/errors.js'
import type { Clock } from '../../runtime/clock.js'
import { answerTo } from '../connection/ask.js'
import { groupJid, personOfJid, withOtherAddress } from '../jid.js'

const answerMs = 5_000
/** Short: a new admin may delete at once. */
const believedMs = 10_000
const mostGroups = 100

interface Known {
  readonly admins: Promise<readonly PersonId[]>
  readonly askedAt: number
}

export class GroupAdmins {
  readonly #sock: Pick<WASocket, 'query'>
  readonly #clock: Pick<Clock, 'now'>
  readonly #known = new Map<string, Known>()

  constructor(sock: Pick<WASocket, 'query'>, clock: Pick<Clock, 'now'>) {
    this.#sock = sock
    this.#clock = clock
  }

  /** Throws `WhatsappSilentError`: it is not known then. A group that we are not in has none for us. */
  async isAdmin(group: string, person: PersonId): Promise<boolean> {
    return (await this.#adminsOf(group)).some((admin) => isSamePerson(admin, person))
  }

  #adminsOf(group: string): Promise<readonly PersonId[]> {
    const now = this.#clock.now()
    const known = this.#known.get(group)
    if (known !== undefined && now - known.askedAt < believedMs) return known.admins
    const admins = this.#ask(group)
    const [oldest] = this.#known.keys()
    if (this.#known.size >= mostGroups && oldest !== undefined) this.#known.delete(oldest)
    this.#known.set(group, { admins, askedAt: now })
    // After a failure the next call asks again.
    admins.catch(() => this.#known.delete(group))
    return admins
  }

  async #ask(group: string): Promise<readonly PersonId[]> {
    const query = { tag: 'query', attrs: { request: 'interactive' } }
    const attrs = { to: groupJid(group), type: 'get', xmlns: 'w:g2' }
    const question = this.#sock.query({ tag: 'iq', attrs, content: [query] }, answerMs)
    try {
      return adminsIn(await answerTo<BinaryNode>(question))
    } catch (cause) {
      if (cause instanceof WhatsappRefusedError) return []
      throw cause
    }
  }
}

function adminsIn(answer: BinaryNode): readonly PersonId[] {
  const members = getBinaryNodeChildren(getBinaryNodeChild(answer, 'group'), 'participant')
  return members.flatMap(({ attrs }) => {
    const person = personOfJid(attrs['jid'])
    const isAdmin = attrs['type'] === 'admin' || attrs['type'] === 'superadmin'
    if (!isAdmin || person === undefined) return []
    return [withOtherAddress(person, personOfJid(attrs['phone_number'] ?? attrs['lid']))]
  })
}
