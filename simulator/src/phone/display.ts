/** A message as this phone shows it, before its files are there. */

import type { BinaryNode, proto } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import type { Newsletter } from '../newsletter.js'
import type { PhoneMessage, ScreenInput, ScreenView } from '../model.js'
import type { Network } from '../network.js'
import { chatIdOf, numberOf } from './chat-names.js'
import type { UnfetchedMessage } from './shown-file.js'

export interface DisplayParts {
  readonly account: Account
  readonly network: Network
  readonly screen: (input: ScreenInput) => ScreenView
}

export interface SentMessage {
  readonly stanza: BinaryNode
  readonly id: string
  readonly chat: Account | Group | Newsletter
  /** Digits. */
  readonly from: string
  readonly content: proto.IMessage
  readonly status: PhoneMessage['status']
}

export function displayed(
  { account, network, screen }: DisplayParts,
  { stanza, id, chat, from, content, status }: SentMessage,
): UnfetchedMessage {
  const { text, buttons, shows, view, files } = screen({
    message: content,
    stanza,
    numberOf: (jid) => numberOf(network, jid ?? undefined),
  })
  return {
    id,
    key: id,
    chat: chatIdOf(chat),
    from,
    fromMe: from === account.phone,
    at: network.now(),
    text,
    view,
    files: new Map(),
    sources: files,
    buttons,
    state: { reactions: [], votes: [], answers: [] },
    shows,
    status,
    stanza,
    content,
  }
}
