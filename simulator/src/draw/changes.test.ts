import { proto } from 'baileys'
import { expect, test } from 'vitest'
import { changeOf, drawnOf } from '../../test/support/drawn.js'

const { REVOKE, MESSAGE_EDIT, EPHEMERAL_SETTING, APP_STATE_SYNC_KEY_SHARE } =
  proto.Message.ProtocolMessage.Type
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

test('the timer of the chat is told in the chat', () => {
  const type = EPHEMERAL_SETTING
  const { view } = drawnOf({ protocolMessage: { type, ephemeralExpiration: 604_800 } })
  expect(view).toMatchObject({ kind: 'timer', parts: [{ type: 'text' }] })
  expect(JSON.stringify(view)).toContain('7 days')
})

test('another protocol message is not a change', () => {
  const { view } = drawnOf({ protocolMessage: { type: APP_STATE_SYNC_KEY_SHARE } })
  expect(view.kind).toBe('protocolMessage')
})
