/**
 * A WhatsApp message on the screen: the phone draws its chats with it, the console
 * its preview. It takes what is to be seen and knows nothing of where it comes from.
 */

import type { Part, View } from '../../simulator/src/draw/view.js'
import type { MessageState } from '../../simulator/src/model.js'
import { type Child, element } from './element.js'
import { icon, ticksIcon } from './icons.js'
import { drawPart, standsBelow } from './parts/index.js'
import type { BubbleFile, PartActions, PartContext } from './parts/part.js'
import type { PartWords } from './part-words.js'
import { forwardedLine, onceButton, quoteBlock, reactionsPill } from './surroundings.js'

export interface BubbleView extends Pick<View, 'parts' | 'quote' | 'forwarded' | 'viewOnce'> {
  readonly fromMe: boolean
  /** Who wrote it: read aloud before the text. */
  readonly author: string
  /** Whether the author's name is seen, too: in groups. */
  readonly showsAuthor?: boolean
  /** By the names that the parts use. */
  readonly files: Readonly<Record<string, BubbleFile>>
  /** What became of it; nothing when left out. */
  readonly state?: MessageState
  /** Digits of who looks. */
  readonly self?: string
  /** The name of a person by digits. */
  readonly nameOf?: (digits: string) => string
  /** What this client makes of it; `whole` when left out. */
  readonly drawn?: 'whole' | 'without-button' | 'placeholder' | 'nothing'
  /** As it is shown, `14:05`. */
  readonly time: string
  /** Only a message of one's own has them. */
  readonly ticks?: 'waiting' | 'sent' | 'delivered' | 'read'
  /** Whether it is the first of a row by the same author, which has a tail. */
  readonly isFirst?: boolean
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
  readonly parts: PartWords
}

export function drawBubble(
  view: BubbleView,
  words: BubbleWords,
  actions: PartActions,
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
  if (drawn === 'placeholder') {
    bubble.append(element('div', { class: 'bubble__content' }, ...placeholderOf(view, words)))
    return bubble
  }
  const context = contextOf(view, words.parts, actions)
  if (context.state.deletedBy !== undefined) {
    bubble.append(element('div', { class: 'bubble__content' }, ...deletedOf(view, words)))
    return bubble
  }
  bubble.append(element('div', { class: 'bubble__content' }, ...contentOf(view, words, context)))
  if (drawn === 'whole') {
    const below = view.parts.filter(standsBelow)
    bubble.append(...below.flatMap((part) => drawPart(part, context)))
  }
  const reactions = reactionsPill(context)
  if (reactions) bubble.append(reactions)
  return bubble
}

const untouched: MessageState = { reactions: [], votes: [], answers: [] }

function contextOf(view: BubbleView, words: PartWords, actions: PartActions): PartContext {
  const { files, state = untouched, self = '', nameOf = (digits: string) => digits } = view
  return { files, words, actions, state, self, nameOf }
}

function contentOf(view: BubbleView, words: BubbleWords, context: PartContext): readonly Child[] {
  const inside = view.parts.filter((part) => !standsBelow(part))
  const drawn = inside.flatMap((part) => partOrOnce(part, view, context))
  const meta = metaOf(view, words)
  const last = drawn.at(-1)
  const isText = last?.classList.contains('bubble__text') === true
  if (isText) last?.append(meta)
  return [
    authorOf(view),
    forwardedLine(view.forwarded, words.parts),
    quoteBlock(view.quote, context),
    ...drawn,
    isText ? undefined : element('div', { class: 'bubble__text bubble__text--bare' }, meta),
  ]
}

function partOrOnce(part: Part, view: BubbleView, context: PartContext): readonly HTMLElement[] {
  if (part.type !== 'media' || !view.viewOnce || view.fromMe) return drawPart(part, context)
  const show = (): HTMLElement => element('div', {}, ...drawPart(part, context))
  return [onceButton(context.words.forms[part.form], context, show)]
}

function authorOf(view: BubbleView): HTMLElement {
  const name = view.showsAuthor ? 'bubble__author' : 'unseen'
  return element('span', { class: name }, `${view.author}${view.showsAuthor ? '' : ': '}`)
}

function deletedOf(view: BubbleView, words: BubbleWords): readonly Child[] {
  return [
    authorOf(view),
    element(
      'div',
      { class: 'bubble__text bubble__text--placeholder' },
      icon('ban'),
      element('span', {}, words.parts.deleted),
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

function metaOf(view: BubbleView, words: BubbleWords): HTMLElement {
  const { ticks, state } = view
  const marks = [
    state?.pinnedUntil === undefined ? undefined : words.parts.pinned,
    state?.edited && state.deletedBy === undefined ? words.parts.edited : undefined,
  ].filter((mark) => mark !== undefined)
  const time = [...marks, view.time].join(' · ')
  if (ticks === undefined) return element('span', { class: 'bubble__meta' }, time)
  const picture = ticks === 'read' ? 'delivered' : ticks
  return element(
    'span',
    { class: `bubble__meta bubble__meta--${ticks}` },
    time,
    ticksIcon(picture),
    element('span', { class: 'unseen' }, ` ${words[ticks]}`),
  )
}
