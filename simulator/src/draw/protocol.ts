/** A message that is taken back, and one that was corrected. What devices tell each other besides is not seen. */

import { proto } from 'baileys'
import { kind } from './kind.js'

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type

export const protocol = kind('protocolMessage', ({ type, key, editedMessage }) => {
  const changes = key?.id ?? ''
  if (type === REVOKE) return { changes, by: { change: 'delete' } }
  if (type === MESSAGE_EDIT && editedMessage) {
    return { changes, by: { change: 'edit', content: editedMessage } }
  }
  return undefined
})
