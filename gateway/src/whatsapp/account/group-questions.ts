/** Questions and changes of groups over one open socket (`xmlns=w:g2`), and the people whom they name. */

import {
  areJidsSameUser,
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  type WASocket,
} from 'baileys'
import type { ChatId, Recipient } from '../../domain/chat.js'
import {
  NotConnectedError,
  WhatsappRefusedError,
  WhatsappSilentError,
} from '../../domain/errors.js'
import type { GroupInfo, MemberOutcome } from '../../domain/group.js'
import { ask } from '../connection/ask.js'
import { phoneJid } from '../jid.js'
import type { Address, RecipientResolver } from '../send/resolve.js'
import { groupOf } from './group-node.js'
import { groupRefusal } from './group-refusal.js'

export interface GroupQuestionOptions {
  readonly sock: Pick<WASocket, 'query'>
  readonly resolver: Pick<RecipientResolver, 'resolve' | 'addressesOf'>
  isOpen(): boolean
}

/** What concerns no single group is asked of this address. */
export const anyGroup = '@g.us'

export const interactiveQuery = node('query', { request: 'interactive' })

/** A person who was named, without an address if not on WhatsApp. */
export interface Found {
  readonly asked: Recipient
  readonly address: Address | undefined
}

/** Each method throws `NotConnectedError`, `WhatsappRefusedError`, `WhatsappSilentError`. */
export class GroupQuestions {
  readonly #options: GroupQuestionOptions

  constructor(options: GroupQuestionOptions) {
    this.#options = options
  }

  get(to: string, content: BinaryNode): Promise<BinaryNode> {
    return this.ask({ tag: 'iq', attrs: { to, type: 'get', xmlns: 'w:g2' }, content: [content] })
  }

  set(to: string, content: BinaryNode): Promise<BinaryNode> {
    return this.ask({ tag: 'iq', attrs: { to, type: 'set', xmlns: 'w:g2' }, content: [content] })
  }

  async ask(iq: BinaryNode): Promise<BinaryNode> {
    this.#assertOpen()
    try {
      return await ask(this.#options.sock, iq)
    } catch (cause) {
      const code = refusalIn(cause)
      throw code === undefined ? cause : groupRefusal(code, { cause })
    }
  }

  /** In the order of `people`. */
  async addressesOf(people: readonly Recipient[]): Promise<readonly Found[]> {
    this.#assertOpen()
    const { resolver } = this.#options
    try {
      // All at once; each of them is known then.
      await resolver.addressesOf(people)
      const found: Found[] = []
      for (const asked of people) found.push({ asked, address: await resolver.resolve(asked) })
      return found
    } catch (cause) {
      throw new WhatsappSilentError(
        'WhatsApp did not say whether the phones are on WhatsApp. Try again.',
        { cause },
      )
    }
  }

  #assertOpen(): void {
    if (!this.#options.isOpen())
      throw new NotConnectedError('the connection to WhatsApp is not open')
  }
}

/** Throws `WhatsappRefusedError` where the answer tells of no group. */
export function groupIn(answer: BinaryNode): GroupInfo {
  const group = groupOf(getBinaryNodeChild(answer, 'group'))
  if (group === undefined) throw new WhatsappRefusedError('WhatsApp told nothing of the group.')
  return group
}

/** A person addressed by LID is named with the number, too. */
export function participantsOf(found: readonly Found[]): BinaryNode[] {
  const named = new Map<string, BinaryNode>()
  for (const { address } of found) {
    if (address === undefined) continue
    const phone = phoneIn(address.chat)
    const isLid = address.jid.endsWith('@lid')
    const more = isLid && phone !== undefined ? { phone_number: phoneJid(phone) } : {}
    named.set(address.jid, node('participant', { jid: address.jid, ...more }))
  }
  return [...named.values()]
}

/** What the answer says of each of them. */
export function outcomesOf(
  found: readonly Found[],
  answer: BinaryNode | undefined,
): MemberOutcome[] {
  const told = getBinaryNodeChildren(answer, 'participant')
  return found.map(({ asked, address }) => {
    if (address === undefined) return { asked, refusal: 404 }
    const phone = phoneIn(address.chat)
    const about = told.find(
      ({ attrs }) =>
        areJidsSameUser(attrs['jid'], address.jid) ||
        (phone !== undefined &&
          [attrs['jid'], attrs['phone_number']].some((jid) =>
            areJidsSameUser(jid, phoneJid(phone)),
          )),
    )
    if (about === undefined) return { asked, refusal: 'unanswered' }
    const { error } = about.attrs
    return error === undefined || error === '200' ? { asked } : { asked, refusal: Number(error) }
  })
}

function phoneIn(chat: ChatId): string | undefined {
  return chat.kind === 'person' ? chat.phone : undefined
}

/** The code of WhatsApp's refusal. */
export function refusalIn(cause: unknown): number | undefined {
  return cause instanceof WhatsappRefusedError ? cause.refusal : undefined
}

export function node(
  tag: string,
  attrs: Readonly<Record<string, string>> = {},
  content?: BinaryNode['content'],
): BinaryNode {
  return content === undefined
    ? { tag, attrs: { ...attrs } }
    : { tag, attrs: { ...attrs }, content }
}
