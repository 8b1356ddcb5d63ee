import type { Mention } from '../../../simulator/src/draw/view.js'
import { element } from '../element.js'
import { isEmojiOnly, type Span, spansOf } from '../rich-text.js'
import type { DrawPart, PartContext } from './part.js'

/** Longer texts are cut where WhatsApp says "Read more". */
const SHOWN_LENGTH = 700

export const textPart: DrawPart<'text' | 'title' | 'footer'> = (part, context) => {
  const { type, text, mentions = [] } = part
  const large = type === 'text' && isEmojiOnly(text) ? ' bubble__text--large' : ''
  const look = type === 'text' ? large : ` bubble__text--${type}`
  const words = element('span', {})
  const draw = (shown: string): void =>
    words.replaceChildren(...nodesOf(spansOf(shown), mentions, context))
  const body = element('div', { class: `bubble__text${look}` }, words)
  if (text.length <= SHOWN_LENGTH + 100) {
    draw(text)
    return [body]
  }
  draw(`${cutAt(text, SHOWN_LENGTH)}… `)
  const more = element(
    'button',
    {
      class: 'bubble__more',
      type: 'button',
      onclick: () => {
        draw(text)
        more.remove()
      },
    },
    context.words.readMore,
  )
  body.append(more)
  return [body]
}

/** Never inside a character. */
function cutAt(text: string, length: number): string {
  const cut = text.slice(0, length)
  return /[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut
}

const tags = { bold: 'strong', italic: 'em', strike: 's' } as const

function nodesOf(
  spans: readonly Span[],
  mentions: readonly Mention[],
  context: PartContext,
): readonly Node[] {
  return spans.flatMap((span): readonly Node[] => {
    switch (span.kind) {
      case 'text':
        return withMentions(span.text, mentions, context)
      case 'code':
      case 'mono':
        return [element('code', { class: `bubble__${span.kind}` }, span.text)]
      case 'link':
        return [
          element(
            'a',
            { href: span.href, target: '_blank', rel: 'noopener noreferrer nofollow' },
            span.text,
          ),
        ]
      case 'bold':
      case 'italic':
      case 'strike':
        return [element(tags[span.kind], {}, ...nodesOf(span.spans, mentions, context))]
    }
  })
}

function withMentions(
  text: string,
  mentions: readonly Mention[],
  context: PartContext,
): readonly Node[] {
  const first = mentions
    .map((mention) => ({ mention, at: text.indexOf(mention.token) }))
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at)[0]
  if (first === undefined) return [document.createTextNode(text)]
  const { mention, at } = first
  return [
    document.createTextNode(text.slice(0, at)),
    element('span', { class: 'bubble__mention' }, `@${context.nameOf(mention.who)}`),
    ...withMentions(text.slice(at + mention.token.length), mentions, context),
  ]
}
