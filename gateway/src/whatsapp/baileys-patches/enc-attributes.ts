/**
 * Makes Baileys write the attributes of `<enc>` that it does not take from outside (7.0.0-rc14,
 * `relayMessage` in `lib/Socket/messages-send.js`): `decrypt-fail="hide"`, which it writes for reactions
 * and pins alone (a device that cannot decrypt the message then shows nothing in its place), and
 * `mediatype="url"`, which it writes for invitations to a group and not for links.
 *
 * It asks whether the message has such a part, and finds the one in the prototype. The encoder writes
 * a message's own fields only, so no device receives it.
 */

import type { proto } from 'baileys'

export interface EncAttributes {
  readonly hidden?: true
  readonly mediatype?: string
}

export function withEncAttributes(
  message: proto.IMessage,
  { hidden, mediatype }: EncAttributes,
): proto.IMessage {
  if (!hidden && mediatype !== 'url') return message
  const read: proto.IMessage = {
    ...(hidden && { reactionMessage: {} }),
    ...(mediatype === 'url' && { groupInviteMessage: {} }),
  }
  const withRead: proto.IMessage = Object.create(read)
  return Object.assign(withRead, message)
}
