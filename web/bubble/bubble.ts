/**
 * A WhatsApp message on the screen: the phone draws its chats with it, the console
 * its preview. It takes what is to be seen and knows nothing of where it comes from.
 */

import { type Child, element } from './element.js'
import { icon, ticksIcon } from './icons.js'
import { isEmojiOnly, type Span, spansOf } from './rich-text.js'

export interface BubbleView {
  readonly fromMe: boolean
  /** Who wrote it: read aloud before the text. */
  readonly author: string
  /** Whether the author's name is seen, too: in groups. */
  readonly showsAuthor?: boolean
  readonly text: string
  readonly image?: BubbleImage
  /** The copy buttons. */
  readonly buttons: readonly BubbleButton[]
  /** What this client makes of it; `whole` when left out. */
  readonly drawn?: 'whole' | 'without-button' | 'placeholder' | 'nothing'
  /** As it is shown, `14:05`. */
  readonly time: string
  /** Only a message of one's own has them. */
  readonly ticks?: 'waiting' | 'sent' | 'delivered' | 'read'
  /** Whether it is the first of a row by the same author, which has a tail. */
  readonly isFirst?: boolean
}

export interface BubbleImage {
  /** Left out while there is none to show. */
  readonly url?: string
  readonly alt: string
  /** In pixels, so that its place is kept free. */
  readonly width?: number
  readonly height?: number
}

export interface BubbleButton {
  readonly label: string
  readonly code: string
}

export interface BubbleWords {
  readonly waiting: string
  readonly sent: string
  readonly delivered: string
  readonly read: string
  /** Where WhatsApp Web gives up. */
  readonly couldNotLoad: string
  /** Where a phone shows nothing at all. A real phone does not say so. */
  readonly showsNothing: string
  readonly imageMissing: string
}

export interface BubbleActions {
  /** A tap on a copy button. Nothing is sent to anybody. */
  readonly copy: (code: string) => void
}

export function drawBubble(
  view: BubbleView,
  words: BubbleWords,
  actions: BubbleActions,
): HTMLElement {
  const drawn = view.drawn ?? 'whole'
  const side = view.fromMe ? 'out' : 'in'
  const names = ['bubble', `bubble--${side}`, `bubble--${drawn}`]
  if (view.isFirst ?? true) names.push('bubble--first')
  const bubble = element('div', { class: names.join(' ') })
  if (drawn === 'nothing') {
    bubble.append(element('p', { class: 'bubble__ghost' }, words.showsNothing))
    return bubble
  }
  const shown = drawn === 'placeholder' ? placeholderOf(view, words) : contentOf(view, words)
  bubble.append(element('div', { class: 'bubble__content' }, ...shown))
  if (drawn === 'whole') bubble.append(...view.buttons.map((button) => buttonOf(button, actions)))
  return bubble
}

function contentOf(view: BubbleView, words: BubbleWords): readonly Child[] {
  const name = view.showsAuthor ? 'bubble__author' : 'unseen'
  const large = isEmojiOnly(view.text) ? ' bubble__text--large' : ''
  return [
    element('span', { class: name }, `${view.author}${view.showsAuthor ? '' : ': '}`),
    view.image === undefined ? undefined : imageOf(view.image, words),
    element(
      'div',
      { class: `bubble__text${large}` },
      element('span', {}, ...nodesOf(spansOf(view.text))),
      metaOf(view, words),
    ),
  ]
}

function placeholderOf(view: BubbleView, words: BubbleWords): readonly Child[] {
  return [
    element('span', { class: 'unseen' }, `${view.author}: `),
    element(
      'div',
      { class: 'bubble__text bubble__text--placeholder' },
      icon('phone'),
      element('span', {}, words.couldNotLoad),
      metaOf(view, words),
    ),
  ]
}

function imageOf(image: BubbleImage, words: BubbleWords): HTMLElement {
  if (image.url === undefined) {
    return element(
      'div',
      { class: 'bubble__image bubble__image--missing' },
      icon('image'),
      element('span', {}, words.imageMissing),
    )
  }
  const { url: src, alt, width, height } = image
  return element('img', { class: 'bubble__image', src, alt, width, height, draggable: 'false' })
}

function metaOf(view: BubbleView, words: BubbleWords): HTMLElement {
  const { ticks } = view
  if (ticks === undefined) return element('span', { class: 'bubble__meta' }, view.time)
  const picture = ticks === 'read' ? 'delivered' : ticks
  return element(
    'span',
    { class: `bubble__meta bubble__meta--${ticks}` },
    view.time,
    ticksIcon(picture),
    element('span', { class: 'unseen' }, ` ${words[ticks]}`),
  )
}

function buttonOf({ label, code }: BubbleButton, { copy }: BubbleActions): HTMLElement {
  return element(
    'button',
    { class: 'bubble__button', type: 'button', onclick: () => copy(code) },
    icon('copy'),
    element('span', {}, label),
  )
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
