/** What stands around the content of a message: that it was passed on, what it answers, and what people made of it. */

import { type ReactNode, useState } from 'react'
import type { View } from '../../simulator/src/draw/view.js'
import { useTexts } from '../shared/texts.js'
import { Icon } from './icons.js'
import { labelOfKind, messageTexts } from './message-texts.js'
import { useMessage } from './parts/part.js'
import { plainOf, spansOf } from './rich-text.js'
import { Dialog } from './sheet.js'

interface ForwardedLineProps {
  readonly forwarded: View['forwarded']
}

export function ForwardedLine({ forwarded }: ForwardedLineProps) {
  const words = useTexts(messageTexts)
  if (forwarded === undefined) return undefined
  return (
    <span className="bubble__forwarded">
      <Icon name="forward" />
      {words.forwarded[forwarded]}
    </span>
  )
}

interface QuoteProps {
  readonly quote: View['quote']
}

/** A tap leads to the message that it quotes. */
export function Quote({ quote }: QuoteProps) {
  const { nameOf, actions } = useMessage()
  const words = useTexts(messageTexts)
  if (quote === undefined) return undefined
  return (
    <button
      className="bubble__quote"
      type="button"
      title={words.toQuoted}
      onClick={() => actions.jump?.(quote.id)}
    >
      <span className="bubble__quote-name">{nameOf(quote.from)}</span>
      <span className="bubble__quote-text">
        {plainOf(spansOf(quote.text)) || labelOfKind(quote.kind, words)}
      </span>
    </button>
  )
}

export function Reactions() {
  const { state, nameOf } = useMessage()
  const words = useTexts(messageTexts)
  if (state.reactions.length === 0) return undefined
  const faces = [...new Set(state.reactions.map(({ text }) => text))]
  const count = state.reactions.length > 1 ? ` ${state.reactions.length}` : ''
  const people = state.reactions.map(({ from, text }) => `${nameOf(from)} ${text}`)
  return (
    <span className="bubble__reactions" title={people.join(', ')}>
      <span className="unseen">{`${words.reactions}: `}</span>
      {`${faces.join('')}${count}`}
    </span>
  )
}

interface OnceProps {
  /** `Photo` */
  readonly form: string
  readonly children: ReactNode
}

/** What is to be viewed once lies behind a button, and is gone after it. */
export function Once({ form, children }: OnceProps) {
  const { state, actions } = useMessage()
  const words = useTexts(messageTexts)
  const [isShown, setShown] = useState(false)
  if (state.opened)
    return (
      <span className="bubble__once">
        <Icon name="once" />
        {words.opened}
      </span>
    )
  const close = (): void => {
    setShown(false)
    actions.open?.()
  }
  return (
    <>
      <button
        className="bubble__once"
        type="button"
        aria-label={words.openOnce(form)}
        onClick={() => setShown(true)}
      >
        <Icon name="once" />
        {form}
      </button>
      {isShown && (
        <Dialog look="once" label={words.once} onClose={close}>
          <div>{children}</div>
          <button
            className="icon-button once__close"
            type="button"
            aria-label={words.close}
            onClick={close}
          >
            <Icon name="cross" />
          </button>
        </Dialog>
      )}
    </>
  )
}
