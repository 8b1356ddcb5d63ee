/** What a phone is made of, put together. */

import type { EventEmitter } from 'node:events'
import type { Account, Device } from '../account.js'
import type { FileSource } from '../draw/file.js'
import type { ScreenInput, ScreenView } from '../model.js'
import type { Past } from '../past.js'
import type { FaultPort } from '../fault-port.js'
import type { Network } from '../network.js'
import { AppState, type Mutation } from './app-state.js'
import { Calling } from './calling.js'
import { ChatStates } from './chat-states.js'
import { Companions } from './companions.js'
import type { StoreFile } from './composing.js'
import { PhoneChannels } from './channels.js'
import { chatOf, numberOf } from './chat-names.js'
import { PhoneGroups } from './groups.js'
import { Incoming } from './incoming.js'
import { LinkingScreen } from './linking-screen.js'
import { MessageShelf } from './message-shelf.js'
import { type PhoneEvents } from './phone-events.js'
import { Outgoing } from './outgoing.js'
import type { PhoneLine } from './phone-line.js'
import { Reader } from './reader.js'
import { Stories } from './stories.js'
import { Talk } from './talk.js'
import { SignalIdentity } from './signal-identity.js'
import type { Pairings } from '../server/pairing.js'

export interface PhoneParts {
  readonly account: Account
  readonly device: Device
  readonly network: Network
  readonly line: PhoneLine
  readonly desk: Pairings
  readonly screen: (input: ScreenInput) => ScreenView
  /** Asked for each message: whether reading it must fail. */
  readonly mustFail: () => boolean
  readonly faults: Pick<FaultPort, 'passkeyFault'>
  /** Asked for each pairing: whether its signature must belong to no key. */
  readonly forgesSignature: () => boolean
  readonly fetchFile: (file: FileSource) => Promise<Uint8Array>
  readonly storeFile: StoreFile
}

/** What the parts need of the phone itself. */
interface Outside {
  readonly events: EventEmitter<PhoneEvents>
  readonly linkingScreen: LinkingScreen
  /** Does the work after what began before. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** How many messages it could not read and has asked for again. */
  readonly unreadable: () => number
  /** What companions that are linked are told. */
  readonly past: () => Past
  /** A change that it shares with its companions. */
  readonly take: (mutation: Mutation) => void
}

export type PhoneInside = ReturnType<typeof insideOf>

export function insideOf(parts: PhoneParts, outside: Outside) {
  const { account, device, network, line } = parts
  const { events, linkingScreen, inTurn, unreadable, past, take } = outside
  const signal = new SignalIdentity(network, line)
  const shelf = new MessageShelf(events, unreadable)
  const reader = new Reader({ account, network, line, signal, mustFail: parts.mustFail })
  const outgoing = new Outgoing({ account, device, network, line, signal })
  const stories = new Stories({
    ...parts,
    send: (id, to, content) => inTurn(() => outgoing.postStatus(id, to, content)),
    receipt: ({ stanza: node }) => reader.receipt(node, 'read'),
    unreadable,
  })
  for (const name of ['put', 'status', 'changed'] as const)
    stories.events.on(name, () => events.emit('stories'))
  const talk = new Talk({
    ...parts,
    shelf,
    events,
    send: (id, chat, content) => inTurn(() => outgoing.send(id, chat, content)),
  })
  const calling = new Calling({
    device,
    line,
    chatOf: (to) => chatOf(network, to),
    rejected: (callId) => events.emit('call-rejected', { callId }),
    ringing: (callId, from) => events.emit('ringing', { callId, from: numberOf(network, from) }),
  })
  const groups = new PhoneGroups({ account, network, line })
  const channels = new PhoneChannels({ network, line })
  events.on('online', () => network.emit('phone-online', account))
  const chats = new ChatStates({ network, shelf, changed: () => events.emit('chat-state') })
  const appState = new AppState({ line, now: network.now, changed: take })
  const companions = new Companions({
    ...parts,
    identityKey: signal.identityKey,
    screen: linkingScreen,
    outgoing,
    appStateKey: appState.key,
    past,
  })
  const incoming = new Incoming({
    ...parts,
    events,
    signal,
    shelf,
    statuses: stories.shelf,
    statusEvents: stories.events,
    reader,
    outgoing,
    appState,
    chats,
    calling,
    asked: (content, from) => companions.asked(content, from),
    apply: (change, from) => talk.apply(change, from),
  })
  return {
    signal,
    shelf,
    reader,
    outgoing,
    stories,
    talk,
    calling,
    groups,
    channels,
    chats,
    appState,
    companions,
    incoming,
    linkingScreen,
  }
}
