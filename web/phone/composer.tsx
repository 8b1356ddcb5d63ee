/** Where the person writes: Enter sends, Shift+Enter begins a line. */

import { useCallback, useEffect, useRef, useState } from 'react'
import type { MessageView } from '../../simulator/src/control-answers.js'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { Attach } from './attach.js'
import { useActions, useView } from './phone-context.js'
import { submitOnEnter } from './submit-on-enter.js'
import { phoneTexts } from './words.js'

const MAX_LENGTH = 65_536

/** What the words are for: an answer, or a correction. */
export interface Purpose {
  readonly kind: 'reply' | 'edit'
  readonly message: MessageView
}

/** What is being written in a chat. */
export interface Draft {
  readonly text: string
  readonly write: (text: string) => void
  /** Undefined for a new message. */
  readonly purpose: Purpose | undefined
  readonly aim: (purpose: Purpose | undefined) => void
  readonly submit: () => void
}

interface ComposerProps {
  readonly chat: string
  readonly draft: Draft
}

export function Composer({ chat, draft }: ComposerProps) {
  const words = useTexts(phoneTexts)
  const { state } = useView()
  const [attaches, setAttaches] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, write, purpose, aim, submit } = draft
  useEffect(() => {
    if (purpose !== undefined) field.current?.focus()
  }, [purpose])
  const isOffline = state.phone?.online === false
  const canSend = !isOffline && text.trim() !== ''
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        if (canSend) submit()
      }}
    >
      {purpose && (
        <div className="composer__purpose">
          <span className="composer__purpose-text">{purpose.message.text}</span>
          <button
            className="icon-button"
            type="button"
            aria-label={words.cancelPurpose}
            onClick={() => aim(undefined)}
          >
            <Icon name="cross" />
          </button>
        </div>
      )}
      <div className="composer__field">
        <textarea
          ref={field}
          className="composer__text"
          rows={Math.min(5, text.split('\n').length)}
          maxLength={MAX_LENGTH}
          placeholder={words.message}
          aria-label={words.message}
          value={text}
          onChange={({ target }) => write(target.value)}
          onKeyDown={submitOnEnter}
        />
        <button
          className="composer__clip"
          type="button"
          aria-label={words.attach}
          title={words.attach}
          onClick={() => setAttaches(true)}
        >
          <Icon name="clip" />
        </button>
      </div>
      <button
        className="composer__send"
        type="submit"
        aria-label={words.send}
        title={isOffline ? words.offlineSend : words.send}
        aria-disabled={!canSend}
      >
        <Icon name="send" />
        <Icon name="mic" />
      </button>
      {attaches && <Attach to={chat} close={() => setAttaches(false)} />}
    </form>
  )
}

/** What was written and not sent, by chat. */
const drafts = new Map<string, string>()

export function useDraft(chat: string): Draft {
  const { api, attempt } = useActions()
  const [text, setText] = useState(() => drafts.get(chat) ?? '')
  const [purpose, setPurpose] = useState<Purpose>()
  const write = useCallback(
    (next: string): void => {
      drafts.set(chat, next)
      setText(next)
    },
    [chat],
  )
  const aim = useCallback(
    (next: Purpose | undefined): void => {
      setPurpose(next)
      if (next?.kind === 'edit') write(next.message.text)
    },
    [write],
  )
  const send = async (said: string): Promise<void> => {
    const { kind, message } = purpose ?? {}
    const done = await attempt(() =>
      kind === 'edit' && message
        ? api.act(message.key, 'edit', { text: said })
        : api.post({ to: chat, text: said, ...(message ? { replyTo: message.key } : {}) }),
    )
    // What could not be sent is written there again.
    if (!done && drafts.get(chat) === '') write(said)
  }
  const submit = (): void => {
    void send(text.trim())
    write('')
    aim(undefined)
  }
  return { text, write, purpose, aim, submit }
}
