/** What a person chose: a button or a row of a list. A chat shows the words of it. */

import { kind } from './kind.js'
import { objectIn, stringIn } from './plain.js'
import type { TextPart } from './view.js'

function answered(name: string, text: string | null | undefined) {
  const parts: readonly TextPart[] = [{ type: 'text', text: text ?? '' }]
  return { kind: name, parts }
}

export const buttonAnswer = kind('buttonsResponseMessage', (message) =>
  answered('button-answer', message.selectedDisplayText ?? message.selectedButtonId),
)

export const templateAnswer = kind('templateButtonReplyMessage', (message) =>
  answered('button-answer', message.selectedDisplayText ?? message.selectedId),
)

export const listAnswer = kind('listResponseMessage', (message) =>
  answered('list-answer', message.title ?? message.singleSelectReply?.selectedRowId),
)

export const flowAnswer = kind('interactiveResponseMessage', (message) => {
  const flow = message.nativeFlowResponseMessage
  const params = objectIn(flow?.paramsJson)
  const words = message.body?.text || stringIn(params?.['title']) || stringIn(params?.['id'])
  return answered(flow?.name === 'single_select' ? 'list-answer' : 'button-answer', words)
})
