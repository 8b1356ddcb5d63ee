import { type ReactNode, useState } from 'react'
import type { Mention } from '../../../simulator/src/draw/view.js'
import { useTexts } from '../../shared/texts.js'
import { messageTexts } from '../message-texts.js'
import { isEmojiOnly, type Span, spansOf } from '../rich-text.js'
import { away } from './away.js'
import { type TextPartProps, useMessage } from './part.js'

/** Longer texts are cut where WhatsApp says "Read more". */
const SHOWN_LENGTH = 700

const noMentions: readonly Mention[] = []

export function TextPart({ part, meta }: TextPartProps<'text' | 'title' | 'footer'>) {
  const { type, text, mentions = noMentions } = part
  const words = useTexts(messageTexts)
  const [isWhole, setWhole] = useState(false)
  const isCut = !isWhole && text.length > SHOWN_LENGTH + 100
  const shown = isCut ? `${cutAt(text, SHOWN_LENGTH)}… ` : text
  const large = type === 'text' && isEmojiOnly(text) ? ' bubble__text--large' : ''
  const look = type === 'text' ? large : ` bubble__text--${type}`
  return (
    <div className={`bubble__text${look}`}>
      <span>
        <Spans spans={spansOf(shown)} mentions={mentions} />
      </span>
      {isCut && (
        <button className="bubble__more" type="button" onClick={() => setWhole(true)}>
          {words.readMore}
        </button>
      )}
      {meta}
    </div>
  )
}

/** Never inside a character. */
function cutAt(text: string, length: number): string {
  const cut = text.slice(0, length)
  return /[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut
}

interface SpansProps {
  readonly spans: readonly Span[]
  readonly mentions: readonly Mention[]
}

function Spans({ spans, mentions }: SpansProps) {
  return spans.map((span, index) => <OneSpan key={index} span={span} mentions={mentions} />)
}

const tags = { bold: 'strong', italic: 'em', strike: 's' } as const

function OneSpan({
  span,
  mentions,
}: {
  readonly span: Span
  readonly mentions: readonly Mention[]
}) {
  const { nameOf } = useMessage()
  switch (span.kind) {
    case 'text':
      return withMentions(span.text, mentions, nameOf)
    case 'code':
    case 'mono':
      return <code className={`bubble__${span.kind}`}>{span.text}</code>
    case 'link':
      return (
        <a href={span.href} {...away}>
          {span.text}
        </a>
      )
    case 'bold':
    case 'italic':
    case 'strike': {
      const Tag = tags[span.kind]
      return (
        <Tag>
          <Spans spans={span.spans} mentions={mentions} />
        </Tag>
      )
    }
  }
}

function withMentions(
  text: string,
  mentions: readonly Mention[],
  nameOf: (digits: string) => string,
): ReactNode {
  const first = mentions
    .map((mention) => ({ mention, at: text.indexOf(mention.token) }))
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at)[0]
  if (first === undefined) return text
  const { mention, at } = first
  return (
    <>
      {text.slice(0, at)}
      <span className="bubble__mention">{`@${nameOf(mention.who)}`}</span>
      {withMentions(text.slice(at + mention.token.length), mentions, nameOf)}
    </>
  )
}
