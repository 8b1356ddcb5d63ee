import { expect, test } from 'vitest'
import { drawnOf } from '../../test/support/drawn.js'

const contextInfo = { stanzaId: '3EB0Q', quotedMessage: { conversation: 'Confirma?' } }

test.each([
  [
    'button-answer',
    { buttonsResponseMessage: { selectedButtonId: '1', selectedDisplayText: 'Sim', contextInfo } },
  ],
  [
    'button-answer',
    { templateButtonReplyMessage: { selectedId: '1', selectedDisplayText: 'Sim', contextInfo } },
  ],
  [
    'list-answer',
    {
      listResponseMessage: { title: 'Sim', singleSelectReply: { selectedRowId: '1' }, contextInfo },
    },
  ],
  [
    'button-answer',
    {
      interactiveResponseMessage: {
        body: { text: 'Sim' },
        nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: '{"id":"1"}', version: 3 },
        contextInfo,
      },
    },
  ],
  [
    'list-answer',
    {
      interactiveResponseMessage: {
        nativeFlowResponseMessage: { name: 'single_select', paramsJson: '{"id":"Sim"}' },
        contextInfo,
      },
    },
  ],
])('a %s shows the words and the message that it answers', (kind, message) => {
  const { view } = drawnOf(message)
  expect(view).toEqual({
    kind,
    parts: [{ type: 'text', text: 'Sim' }],
    quote: { id: '3EB0Q', from: '', kind: 'text', text: 'Confirma?' },
  })
})
