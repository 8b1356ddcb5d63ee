/** A message of the history, as it is kept for what refers to it later and for the list of a chat's messages. */

import type { proto, WAMessage } from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import type { KeptMessage } from '../../domain/kept-message.js'
import type { EpochMs } from '../../domain/time.js'
import { incomingMessageOf } from './incoming-message.js'

/** `undefined` for what is not kept: notices, reactions, and codes, which the phone still shows. */
export function historyMessageOf(
  info: proto.IWebMessageInfo,
  own: PersonId,
  now: EpochMs,
): KeptMessage | undefined {
  const { key } = info
  if (!key) return undefined
  const message: WAMessage = { ...info, key }
  const read = readable(() => incomingMessageOf(message, own, now))
  if (read?.original === undefined || read.editOf !== undefined) return undefined
  if (read.content.kind === 'copy-code') return undefined
  const { whatsappId, chat, sender, fromMe, at, original } = read
  return { whatsappId, chat, author: sender, fromMe, at, original }
}

/** Other people wrote it: one that cannot be read must not stop those after it. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
