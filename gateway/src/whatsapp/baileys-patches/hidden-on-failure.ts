/**
 * Makes Baileys write `decrypt-fail="hide"`: a device that cannot decrypt the message then shows
 * nothing in its place. Baileys 7.0.0-rc14 does so for reactions and pins alone, and takes no such
 * attribute from outside (`relayMessage` in `lib/Socket/messages-send.js`).
 *
 * It asks whether the message has a reaction, and finds the one in the prototype. The encoder writes
 * a message's own fields only, so nobody receives it.
 */

import type { proto } from 'baileys'

export function hiddenOnFailure(message: proto.IMessage): proto.IMessage {
  const withReaction: proto.IMessage = Object.create({ reactionMessage: {} })
  return Object.assign(withReaction, message)
}
