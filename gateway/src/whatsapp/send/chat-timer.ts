/**
 * After how long the messages of a chat disappear. Each message has to say it: an app shows one without
 * it for ever (Baileys' option `ephemeralExpiration`, whatsmeow `contextInfo.expiration`).
 */

import type { proto } from 'baileys'
import type { ChatId } from '../../domain/chat.js'
import type { DirectoryFact } from '../../domain/directory.js'
import type { InstanceId } from '../../domain/instance.js'
import { partOf } from './message-context.js'
import { isAboutAnother } from './stanza-plan.js'

/** The part of the directory that knows the timers of chats. */
export interface ChatTimerPort {
  /** 0: never, or not known. */
  timerOf(instanceId: InstanceId, chat: ChatId): Promise<number>
  /** Safe to repeat. */
  take(instanceId: InstanceId, facts: readonly DirectoryFact[], source: 'told'): Promise<void>
}

/** A message about another one disappears with it, and says nothing. */
export function withTimer(message: proto.IMessage, seconds: number): proto.IMessage {
  if (seconds === 0 || isAboutAnother(message)) return message
  return expiring(message, seconds)
}

function expiring(message: proto.IMessage, seconds: number): proto.IMessage {
  const [name, part] = partOf(message)
  if (name === undefined || name === 'protocolMessage') return message
  const { contextInfo, message: inner } = part
  if (inner) return { ...message, [name]: { ...part, message: expiring(inner, seconds) } }
  return {
    ...message,
    [name]: { ...part, contextInfo: { ...contextInfo, expiration: seconds } },
  }
}
