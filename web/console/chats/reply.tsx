/** Replying with a text, and how the reply stands until it is in the conversation. */

import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, type SubmitEvent, useId, useState } from 'react'
import type { MessageAnswer } from '../../../gateway/src/console/message-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import type { AnswerOf, InputOf } from '../calls.js'
import { Link } from '../parts.js'
import { refusalText, useReadAgain, useReading } from '../reading.js'
import { StatusMark } from '../status.js'
import { chatsTexts } from './words.js'

export interface Reply {
  readonly zaapId: string
  /** As WhatsApp and the list of messages call it. */
  readonly messageId: string
  readonly text: string
}

interface ReplyBoxProps {
  /** Of the instance. */
  readonly id: string
  readonly phone: string
  readonly sent: (reply: Reply) => void
}

export function ReplyBox({ id, phone, sent }: ReplyBoxProps) {
  const app = useApp()
  const words = useTexts(chatsTexts)
  const field = useId()
  const readAgain = useReadAgain()
  const [text, setText] = useState('')
  const sending = useMutation({
    mutationFn: async (message: string) => {
      const path = `instances/${id}/call/send-text`
      const wish: InputOf<'sendText'> = { phone, message }
      const answer = await ask<AnswerOf<'sendText'>>('POST', path, wish)
      sent({ ...answer, text: message })
      setText((typed) => (typed === message ? '' : typed))
      await readAgain(`instances/${id}/call/chat-messages`)
    },
  })
  const send = (): void => {
    if (text.trim() !== '' && !sending.isPending) sending.mutate(text)
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    send()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
  const isWrong = sending.error !== null
  return (
    <form className="conversation__reply" onSubmit={submit}>
      <div className="field">
        <label htmlFor={field}>{words.reply}</label>
        <textarea
          id={field}
          rows={2}
          maxLength={65_536}
          aria-describedby={isWrong ? `${field}-wrong` : `${field}-hint`}
          aria-invalid={isWrong || undefined}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={onKey}
        />
        {isWrong ? (
          <p className="field-fault" role="alert" id={`${field}-wrong`}>
            {refusalText(app, sending.error)}
          </p>
        ) : (
          <p className="hint" id={`${field}-hint`}>
            {words.replyHint}
          </p>
        )}
      </div>
      <button type="submit" className="filled" aria-disabled={sending.isPending || undefined}>
        {words.send}
      </button>
    </form>
  )
}

interface WaitingReplyProps {
  /** Of the instance. */
  readonly id: string
  readonly reply: Reply
}

/** Until it has left it is not among the messages that are kept. */
export function WaitingReply({ id, reply: { zaapId, text } }: WaitingReplyProps) {
  const words = useTexts(chatsTexts)
  const path = `instances/${id}/messages/${zaapId}`
  const { data } = useReading<MessageAnswer>(path, { everyMs: 5_000 })
  return (
    <li className="said said--own">
      <p>{text}</p>
      <StatusMark status={data?.status ?? 'queued'} />
      <Link to={{ page: 'instance', id, tab: 'messages', item: zaapId }}>{words.openMessage}</Link>
    </li>
  )
}
