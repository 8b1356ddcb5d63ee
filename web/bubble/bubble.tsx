/**
 * A WhatsApp message on the screen: the phone draws its chats with it, the console
 * its preview. It takes what is to be seen and knows nothing of where it comes from.
 */

import type { ReactNode } from 'react'
import type { Part, View } from '../../simulator/src/draw/view.js'
import type { MessageState } from '../../simulator/src/model.js'
import { useTexts } from '../shared/texts.js'
import { Icon, type IconName, Ticks } from './icons.js'
import { messageTexts } from './message-texts.js'
import { DrawnPart, standsBelow, takesMeta } from './parts/index.js'
import { type BubbleFile, MessageProvider, type PartActions } from './parts/part.js'
import { ForwardedLine, Once, Quote, Reactions } from './surroundings.js'

export interface BubbleView extends Pick<View, 'parts' | 'quote' | 'forwarded' | 'viewOnce'> {
  readonly fromMe: boolean
  /** Its writer: read aloud before the text. */
  readonly author: string
  /** Whether the author's name is seen, too: in groups. */
  readonly showsAuthor?: boolean
  /** By the names that the parts use. */
  readonly files: Readonly<Record<string, BubbleFile>>
  /** What became of it; nothing when left out. */
  readonly state?: MessageState
  /** Digits of the reader. */
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

interface BubbleProps {
  readonly view: BubbleView
  readonly actions: PartActions
  /** Stands before its parts. */
  readonly above?: ReactNode
}

const untouched: MessageState = { reactions: [], votes: [], answers: [] }

export function Bubble({ view, actions, above }: BubbleProps) {
  const words = useTexts(messageTexts)
  const { drawn = 'whole', files, self = '', state = untouched } = view
  const { nameOf = (digits: string) => digits } = view
  const side = view.fromMe ? 'out' : 'in'
  const names = ['bubble', `bubble--${side}`, `bubble--${drawn}`]
  if (view.isFirst ?? true) names.push('bubble--first')
  return (
    <div className={names.join(' ')}>
      {drawn === 'nothing' ? (
        <p className="bubble__ghost">{words.showsNothing}</p>
      ) : drawn === 'placeholder' ? (
        <Instead view={{ ...view, showsAuthor: false }} icon="phone" text={words.couldNotLoad} />
      ) : state.deletedBy !== undefined ? (
        <Instead view={view} icon="ban" text={words.deleted} />
      ) : (
        <MessageProvider value={{ files, actions, state, self, nameOf }}>
          <Content view={view} above={above} />
          {drawn === 'whole' &&
            view.parts
              .filter(standsBelow)
              .map((part, index) => <DrawnPart key={index} part={part} />)}
          <Reactions />
        </MessageProvider>
      )}
    </div>
  )
}

interface ViewProps {
  readonly view: BubbleView
}

function Content({ view, above }: ViewProps & Pick<BubbleProps, 'above'>) {
  const inside = view.parts.filter((part) => !standsBelow(part))
  const last = inside.at(-1)
  const isText = last !== undefined && takesMeta(last)
  const meta = <Meta view={view} />
  return (
    <div className="bubble__content">
      <Author view={view} />
      <ForwardedLine forwarded={view.forwarded} />
      <Quote quote={view.quote} />
      {above}
      {inside.map((part, index) => (
        <PartOrOnce key={index} part={part} view={view} meta={isText && part === last && meta} />
      ))}
      {!isText && <div className="bubble__text bubble__text--bare">{meta}</div>}
    </div>
  )
}

interface PartOrOnceProps extends ViewProps {
  readonly part: Part
  readonly meta: ReactNode
}

function PartOrOnce({ part, view, meta }: PartOrOnceProps) {
  const words = useTexts(messageTexts)
  const drawn = <DrawnPart part={part} meta={meta} />
  if (part.type !== 'media' || !view.viewOnce || view.fromMe) return drawn
  return <Once form={words.forms[part.form]}>{drawn}</Once>
}

function Author({ view: { author, showsAuthor } }: ViewProps) {
  if (showsAuthor) return <span className="bubble__author">{author}</span>
  return <span className="unseen">{`${author}: `}</span>
}

interface InsteadProps extends ViewProps {
  readonly icon: IconName
  readonly text: string
}

/** What is seen in place of a message: that it was deleted, or did not load. */
function Instead({ view, icon, text }: InsteadProps) {
  return (
    <div className="bubble__content">
      <Author view={view} />
      <div className="bubble__text bubble__text--placeholder">
        <Icon name={icon} />
        <span>{text}</span>
        <Meta view={view} />
      </div>
    </div>
  )
}

/** The time, what else became of it, and the ticks. */
function Meta({ view: { ticks, state, time } }: ViewProps) {
  const words = useTexts(messageTexts)
  const marks = [
    state?.pinnedUntil === undefined ? undefined : words.pinned,
    state?.edited && state.deletedBy === undefined ? words.edited : undefined,
  ].filter((mark) => mark !== undefined)
  const text = [...marks, time].join(' · ')
  if (ticks === undefined) return <span className="bubble__meta">{text}</span>
  return (
    <span className={`bubble__meta bubble__meta--${ticks}`}>
      {text}
      <Ticks name={ticks === 'read' ? 'delivered' : ticks} />
      <span className="unseen">{` ${words[ticks]}`}</span>
    </span>
  )
}
