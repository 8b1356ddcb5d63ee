/** One message of a conversation, with what can be done with it. */

import { memo, useMemo } from 'react'
import type { MessageView } from '../../simulator/src/control-answers.js'
import { Bubble } from '../bubble/bubble.js'
import { Icon } from '../bubble/icons.js'
import type { PartActions } from '../bubble/parts/part.js'
import { useTexts } from '../shared/texts.js'
import { bubbleViewOf, type ShownMessage } from './bubble-view.js'
import type { Purpose } from './composer.js'
import { MessageMenu } from './message-menu.js'
import { useActions } from './phone-context.js'
import { phoneTexts } from './words.js'

interface MessageRowProps extends ShownMessage {
  readonly isInspected: boolean
  /** Has the composer write for it. */
  readonly aim: (purpose: Purpose) => void
  /** Shows the message with this id, if it is in the chat. */
  readonly jump: (id: string) => void
}

/** Of a thousand, only those are drawn again whose props have changed. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, isFirst, isInspected, aim, jump } = props
  const words = useTexts(phoneTexts)
  const { inspect } = useActions()
  const actions = usePartActions(message, jump)
  const names = ['row', message.fromMe ? 'row--out' : 'row--in']
  if (isFirst) names.push('row--first')
  if (isInspected) names.push('row--inspected')
  return (
    <li className={names.join(' ')} data-key={message.id}>
      <Bubble view={bubbleViewOf(props, words.you)} actions={actions} />
      <span className="row__tools">
        {message.state.deletedBy === undefined && <MessageMenu message={message} aim={aim} />}
        <button
          className="inspect"
          type="button"
          aria-label={words.inspect}
          title={words.inspect}
          aria-pressed={isInspected}
          onClick={() => inspect(message.key)}
        >
          <Icon name="inspect" />
        </button>
      </span>
    </li>
  )
})

function usePartActions({ key, fromMe }: MessageView, jump: MessageRowProps['jump']): PartActions {
  const { api, attempt, copy } = useActions()
  const words = useTexts(phoneTexts)
  return useMemo(() => {
    const act = (name: string, body: object): void => void attempt(() => api.act(key, name, body))
    return {
      copy: (code) => copy(code, words.codeCopied),
      tap: (choice) => act('tap', { id: choice }),
      vote: (options) => act('vote', { options }),
      answer: (answer) => act('answer', { answer }),
      jump,
      ...(fromMe ? {} : { open: () => act('open', {}) }),
    }
  }, [api, attempt, copy, words, key, fromMe, jump])
}
