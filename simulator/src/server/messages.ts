/** Takes a `<message>` of a device: judges it, routes it, acknowledges it. */

import { type BinaryNode, isLidUser } from 'baileys'
import type { Account, Device } from '../account.js'
import type { Group } from '../group.js'
import type { AckFault, FaultPort, Judge } from '../fault-port.js'
import type { Network } from '../network.js'
import type { Newsletter } from '../newsletter.js'
import { childOf, childrenOf, idOf, STATUS_JID, secondsOf, stanza } from '../wire/stanza.js'
import { hasPayment } from '../wire-shape.js'
import { takeNewsletterMessage } from './newsletter-messages.js'
import { statusRefusal } from './status-rules.js'
import { type Envelope, groupEnvelopes, personEnvelopes, statusEnvelopes } from './envelope.js'

export interface MessageRules {
  readonly judge: Judge
  readonly faults: Pick<FaultPort, 'ackFor' | 'isUnmoved' | 'isMoved' | 'paymentsNeedBusiness'>
}

/** `late` is in milliseconds; no ack at all is `undefined`. */
export interface Acknowledgement {
  readonly ack: BinaryNode
  readonly late: number
}

/** Routes the message and says how it is to be acknowledged. */
export function takeMessage(
  message: BinaryNode,
  from: Device,
  network: Network,
  rules: MessageRules,
): Acknowledgement | undefined {
  const newsletter = network.newsletter(message.attrs['to'])
  if (newsletter !== undefined) return takeForNewsletter(message, from, newsletter, network, rules)
  const group = network.group(message.attrs['to'])
  const chat = network.accountOf(message.attrs['to'])
  const refusal = group && !group.accounts.includes(from.account) ? 403 : undefined
  if (refusal !== undefined) return { ack: ackOf(message, network, refusal), late: 0 }
  const misaddressed = chat && misaddressedCode(message, from, rules.faults)
  if (misaddressed !== undefined) return { ack: ackOf(message, network, misaddressed), late: 0 }
  const ofStatus = message.attrs['to'] === STATUS_JID ? statusRefusal(message, from) : undefined
  if (ofStatus !== undefined) return { ack: ackOf(message, network, ofStatus), late: 0 }

  // Between a person's own devices there is nothing to judge.
  const isPeer = message.attrs['category'] === 'peer'
  const verdict = isPeer ? { kind: 'accept' as const } : rules.judge(message)
  if (verdict.kind === 'refuse') {
    return { ack: ackOf(message, network, verdict.code), late: 0 }
  }
  // Their composer is in WhatsApp Business alone; wire facts of 2026-11.
  const isConsumer =
    rules.faults.paymentsNeedBusiness && !from.account.business && from.number !== 0
  if (isConsumer && hasPayment(message)) return { ack: ackOf(message, network, 473), late: 0 }
  const fault: AckFault = isPeer
    ? { kind: 'normal' }
    : rules.faults.ackFor({
        from: from.account.phone,
        to: chat?.phone ?? message.attrs['to'] ?? '',
        id: idOf(message),
        device: from.number,
        stranger: chat !== undefined && isStranger(chat, from.account),
        buttons: childOf(message, 'biz') !== undefined,
      })
  if (fault.kind === 'error') return { ack: ackOf(message, network, fault.code), late: 0 }

  if (verdict.kind !== 'drop') {
    const hidden = verdict.kind === 'strip' ? verdict.tags : []
    const visible = childrenOf(message).filter((child) => !hidden.includes(child.tag))
    const envelopes = envelopesFor({ ...message, content: visible }, from, group ?? chat, network)
    if (!reaches(envelopes, from, group ?? chat, message))
      return { ack: ackOf(message, network, 404), late: 0 }
    // The sender is not told that it does not arrive.
    const isBlocked = chat?.blocked.has(from.account) === true
    for (const { to, stanza: node } of envelopes)
      if (!isBlocked || to.account !== chat) to.deliver(node)
  }
  if (fault.kind === 'missing') return undefined
  const late = fault.kind === 'late' ? fault.delayMs : 0
  return { ack: ackOf(message, network), late }
}

function takeForNewsletter(
  message: BinaryNode,
  from: Device,
  newsletter: Newsletter,
  network: Network,
  { faults }: MessageRules,
): Acknowledgement | undefined {
  const fault = faults.ackFor({
    from: from.account.phone,
    to: newsletter.id,
    id: idOf(message),
    device: from.number,
    stranger: false,
    buttons: false,
  })
  if (fault.kind === 'error') return { ack: ackOf(message, network, fault.code), late: 0 }
  const told = takeNewsletterMessage(message, from, newsletter, network)
  if ('refusal' in told) return { ack: ackOf(message, network, told.refusal), late: 0 }
  if (fault.kind === 'missing') return undefined
  const { tag, attrs } = ackOf(message, network)
  const late = fault.kind === 'late' ? fault.delayMs : 0
  return { ack: stanza(tag, { ...attrs, server_id: told.serverId }), late }
}

/**
 * What a linked device is told that addresses a person in the wrong way: LIDs and numbers in one stanza
 * (whatsapp-rust #636, 2026-05-21), an account's own kind missed (whatsapp-rust #941 and #943, 2026-07-02;
 * OpenWA #717, 2026-07-12). What a phone itself writes is always taken.
 */
function misaddressedCode(
  message: BinaryNode,
  { number, account: { phone } }: Device,
  faults: Pick<FaultPort, 'isUnmoved' | 'isMoved'>,
): number | undefined {
  if (number === 0 || message.attrs['category'] === 'peer') return undefined
  const participants = childrenOf(childOf(message, 'participants'), 'to')
  if (new Set(participants.map(({ attrs }) => isLidUser(attrs['jid']))).size > 1) return 400
  if (isLidUser(message.attrs['to'])) return faults.isUnmoved(phone) ? 400 : undefined
  return faults.isMoved(phone) ? 463 : undefined
}

/** A message to a person must name an existing device of that person. A status may have no recipient. */
function reaches(
  envelopes: readonly Envelope[],
  from: Device,
  to: Account | Group | undefined,
  { attrs }: BinaryNode,
): boolean {
  if (attrs['to'] === STATUS_JID) return true
  if (to === undefined) return false
  if ('subject' in to || to === from.account) return true
  return attrs['recipient'] !== undefined || envelopes.some(({ to: { account } }) => account === to)
}

function envelopesFor(
  message: BinaryNode,
  from: Device,
  to: Account | Group | undefined,
  network: Network,
): Envelope[] {
  if (message.attrs['to'] === STATUS_JID) return statusEnvelopes(message, from, network)
  if (to === undefined) return []
  if ('subject' in to) return groupEnvelopes(message, from, to, network)
  from.account.writtenTo.add(to)
  return personEnvelopes(message, from, to, network)
}

function isStranger(chat: Account, sender: Account): boolean {
  return chat !== sender && !chat.writtenTo.has(sender)
}

function ackOf(message: BinaryNode, network: Network, error?: number): BinaryNode {
  const { id, to, participant } = message.attrs
  return stanza('ack', {
    class: 'message',
    id,
    from: to,
    participant,
    t: secondsOf(network.now()),
    error: error?.toString(),
  })
}
