import { element } from '../element.js'
import { isEmojiOnly, type Span, spansOf } from '../rich-text.js'
import type { DrawPart } from './part.js'

export const textPart: DrawPart<'text' | 'title' | 'footer'> = ({ type, text }) => {
  const large = type === 'text' && isEmojiOnly(text) ? ' bubble__text--large' : ''
  const look = type === 'text' ? large : ` bubble__text--${type}`
  return [
    element(
      'div',
      { class: `bubble__text${look}` },
      element('span', {}, ...nodesOf(spansOf(text))),
    ),
  ]
}

const tags = { bold: 'strong', italic: 'em', strike: 's' } as const

function nodesOf(spans: readonly Span[]): readonly Node[] {
  return spans.map((span) => {
    switch (span.kind) {
      case 'text':
        return document.createTextNode(span.text)
      case 'code':
      case 'mono':
        return element('code', { class: `bubble__${span.kind}` }, span.text)
      case 'link':
        return element(
          'a',
          { href: span.href, target: '_blank', rel: 'noopener noreferrer nofollow' },
          span.text,
        )
      case 'bold':
      case 'italic':
      case 'strike':
        return element(tags[span.kind], {}, ...nodesOf(span.spans))
    }
  })
}
