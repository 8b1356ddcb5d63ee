import { proto } from 'baileys'
import { expect, test } from 'vitest'
import { changeOf, drawnOf } from '../../test/support/drawn.js'

const { REVOKE, MESSAGE_EDIT, EPHEMERAL_SETTING } = proto.Message.ProtocolMessage.Type
const { PIN_FOR_ALL, UNPIN_FOR_ALL } = proto.Message.PinInChatMessage.Type
const key = { id: '3EB0T' }

test.each<[string, proto.IMessage, object]>([
  ['a reaction', { reactionMessage: { key, text: '👍' } }, { change: 'reaction', text: '👍' }],
  ['its removal', { reactionMessage: { key, text: '' } }, { change: 'reaction', text: '' }],
  ['a deletion', { protocolMessage: { key, type: REVOKE } }, { change: 'delete' }],
  [
    'a correction',
    {
      editedMessage: {
        message: {
          protocolMessage: { key, type: MESSAGE_EDIT, editedMessage: { conversation: 'às 8' } },
        },
      },
    },
    { change: 'edit', content: { conversation: 'às 8' } },
  ],
  [
    'a pin',
    {
      pinInChatMessage: { key, type: PIN_FOR_ALL },
      messageContextInfo: { messageAddOnDurationInSecs: 86_400 },
    },
    { change: 'pin', seconds: 86_400 },
  ],
  ['its end', { pinInChatMessage: { key, type: UNPIN_FOR_ALL } }, { change: 'pin', seconds: 0 }],
])('%s changes the message that it names', (_what, message, by) => {
  expect(changeOf(message)).toMatchObject({ changes: '3EB0T', by })
})

test('another protocol message is not a change', () => {
  const { view } = drawnOf({ protocolMessage: { type: EPHEMERAL_SETTING } })
  expect(view.kind).toBe('protocolMessage')
})
