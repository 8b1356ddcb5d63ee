/**
 * Hears what others do, and tells it as our events.
 *
 * Everything that must not be lost is stored before WhatsApp is told that it
 * arrived (`store-first.ts`), or kept until it is stored (`untold-messages.ts`).
 */

import type { BinaryNode } from 'baileys'
import type { Receipt } from '../../domain/engine.js'
import type { EpochMs } from '../../domain/time.js'
import type { IncomingCalls } from './calls.js'
import { withKnownPhone } from '../account/directory.js'
import { ownPersonOf, receiptOf } from './from-baileys.js'
import type { HearOptions } from './hear-options.js'
import { withKnownChat } from './known-people.js'
import { presenceOf } from './presence.js'
import type { Directory } from '../send/resolve.js'
import { writeAsInChats } from '../baileys-patches/channel-changes.js'
import { storeFirst } from '../baileys-patches/store-first.js'
import { hearAccount } from './tell-account.js'
import { tellMessage } from './tell-message.js'

/** Call it once a socket, after all others have begun to listen. */
export function hearOthers(options: HearOptions): void {
  const { sock, untold, facts, names, calls, clock } = options
  sock.ws.prependListener('CB:message', (node: BinaryNode) => {
    writeAsInChats(node)
    untold.arrived(node)
    facts.hear(node)
  })
  sock.ws.prependListener('CB:notification', (node: BinaryNode) => {
    facts.hear(node)
    names.hear(node)
  })
  storeFirst(sock.ws, 'CB:message', (node) => untold.keepPost(node))
  sock.ev.on('messages.upsert', ({ messages }) => {
    for (const message of messages) void tellMessage(message, options)
  })
  hearAccount(options)
  storeFirst(sock.ws, 'CB:receipt', (node) => tellReceipt(node, options))
  storeFirst(sock.ws, 'CB:call', (node) => tellCall(node, calls, clock.now(), options))
  for (const event of ['CB:presence', 'CB:chatstate'] as const) {
    // No listener uses what Baileys makes of them, and on one without content it throws.
    sock.ws.removeAllListeners(event)
    sock.ws.on(event, (node: BinaryNode) => tellPresence(node, options))
  }
}

/** Hands Baileys again what an earlier socket took and did not tell. Call it when the login is through. */
export function hearAgain({ sock, untold }: Pick<HearOptions, 'sock' | 'untold'>): void {
  for (const node of untold.waiting) sock.ws.emit('CB:message', node)
}

function tellReceipt(node: BinaryNode, options: HearOptions): Promise<boolean> | undefined {
  const { sock, events, clock, directory } = options
  const own = ownPersonOf(sock.authState.creds.me)
  const receipt = events.read(() => receiptOf(node, own, clock.now()))
  if (receipt === undefined) return undefined
  return events.tell(async () => ({
    kind: 'receipt',
    receipt: await withKnownMembers(receipt, directory),
  }))
}

async function withKnownMembers(receipt: Receipt, directory: Directory): Promise<Receipt> {
  const chat = await withKnownChat(receipt.chat, directory)
  const { participant } = receipt
  const member = participant && (await withKnownPhone(participant, directory))
  return { ...receipt, chat, participant: member }
}

function tellCall(
  node: BinaryNode,
  calls: IncomingCalls,
  now: EpochMs,
  { events, directory, names }: HearOptions,
): Promise<boolean> | undefined {
  const call = events.read(() => calls.hear(node, now))
  if (call === undefined) return undefined
  const groupName = names.of(call.chat)
  return events.tell(async () => ({
    kind: 'call',
    call: {
      ...call,
      groupName: await groupName,
      chat: await withKnownChat(call.chat, directory),
      caller: await withKnownPhone(call.caller, directory),
    },
  }))
}

function tellPresence(node: BinaryNode, { events, directory }: HearOptions): void {
  const presence = events.read(() => presenceOf(node))
  if (presence === undefined) return
  const { participant } = presence
  void events.tell(async () => ({
    kind: 'presence',
    presence: {
      ...presence,
      chat: await withKnownChat(presence.chat, directory),
      participant: participant && (await withKnownPhone(participant, directory)),
    },
  }))
}
