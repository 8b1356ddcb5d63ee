/** One chat in a list: its name, what was said last, and what was made of it. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import { Icon, Ticks } from '../bubble/icons.js'
import { labelOfKind, messageTexts } from '../bubble/message-texts.js'
import { plainOf, spansOf } from '../bubble/rich-text.js'
import { useTexts } from '../shared/texts.js'
import { Avatar } from './avatar.js'
import { isMutedAt } from './chat-mute.js'
import { chatTexts } from './chat-words.js'
import { stampOf } from './days.js'
import { labelColour } from './label-colour.js'
import { useView } from './phone-context.js'
import { type Chat, chatStateOf, contactOf } from './phone-state.js'
import { hashOf } from './route.js'
import { UnreadBadge } from './unread-badge.js'
import { phoneTexts } from './words.js'

interface ChatRowProps {
  readonly chat: Chat
}

export function ChatRow({ chat }: ChatRowProps) {
  const { id, contact, last, unread } = chat
  const words = useTexts(phoneTexts)
  const { state, now, settings } = useView()
  return (
    <a
      className={unread > 0 ? 'chat-row chat-row--unread' : 'chat-row'}
      href={hashOf({ screen: 'chat', chat: id })}
    >
      <Avatar {...contact} />
      <span className="chat-row__name">{contact.name}</span>
      <span className="chat-row__time">{last && stampOf(last.at, now, settings, words)}</span>
      {state.typing.has(id) ? (
        <span className="chat-row__text chat-row__text--typing">{words.typing}</span>
      ) : (
        <span className="chat-row__text">
          {/* Another one takes its place; no part of it moves. */}
          {last && <LastMessage key={`${last.id} ${last.status}`} message={last} />}
        </span>
      )}
      <span className="chat-row__marks">
        <Marks chat={chat} />
        <UnreadBadge count={unread} />
      </span>
    </a>
  )
}

/** Labels, muted, pinned, marked as unread. */
function Marks({ chat: { id, unread } }: ChatRowProps) {
  const words = useTexts(chatTexts)
  const { state, now } = useView()
  const made = chatStateOf(state, id)
  return (
    <>
      {state.labels
        .filter((label) => made.labels.includes(label.id))
        .map(({ id: label, name, color }) => (
          <span key={label} className={`label label--${labelColour(color)}`}>
            {name}
          </span>
        ))}
      {isMutedAt(made, now) && <Mark icon="muted" label={words.muted} />}
      {made.pinnedAt !== undefined && <Mark icon="pinned" label={words.pinned} />}
      {made.markedUnread === true && unread === 0 && (
        <span className="badge badge--empty">
          <span className="unseen">{words.markedUnread}</span>
        </span>
      )}
    </>
  )
}

interface MarkProps {
  readonly icon: 'muted' | 'pinned'
  readonly label: string
}

function Mark({ icon, label }: MarkProps) {
  return (
    <span className="chat-row__mark">
      <Icon name={icon} />
      <span className="unseen">{label}</span>
    </span>
  )
}

function LastMessage({ message }: { readonly message: MessageView }) {
  const words = useTexts(messageTexts)
  const { state, settings } = useView()
  const { fromMe, status, image, text, view } = message
  const isGroup = contactOf(state, message.chat).members !== undefined
  const drawn = message.drawn[settings.client]
  const said =
    message.state.deletedBy === undefined
      ? plainOf(spansOf(text)) || labelOfKind(view.kind, words)
      : words.deleted
  return (
    <>
      {fromMe && (
        <span className="chat-row__ticks">
          <Ticks
            name={status === 'sent' ? 'sent' : 'delivered'}
            {...(status === 'read' ? { look: 'ticks--read' } : {})}
          />
          <span className="unseen">{`${words[status]}: `}</span>
        </span>
      )}
      {isGroup && !fromMe && `${contactOf(state, message.from).name}: `}
      {drawn === 'placeholder' && words.couldNotLoad}
      {drawn === 'nothing' && '…'}
      {(drawn === 'whole' || drawn === 'without-button') && (
        <>
          {image && <Icon name="image" />}
          {said}
        </>
      )}
    </>
  )
}
