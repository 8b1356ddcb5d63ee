import { useTexts } from '../../shared/texts.js'
import { Icon } from '../icons.js'
import { messageTexts } from '../message-texts.js'
import { type PartProps, useMessage } from './part.js'

export function InvitePart({ part }: PartProps<'invite'>) {
  const { files } = useMessage()
  const words = useTexts(messageTexts)
  const src = part.thumbnail === undefined ? undefined : files[part.thumbnail]?.url
  const date = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <div className="bubble__card">
      <span className="bubble__face">
        {src === undefined ? (
          <Icon name="group" />
        ) : (
          <img className="bubble__face-image" src={src} alt="" draggable="false" />
        )}
      </span>
      <span className="bubble__card-text">
        <span className="bubble__card-title">{part.name}</span>
        <span className="bubble__faint">{words.invites[part.to]}</span>
        {part.expiresAt !== undefined && (
          <span className="bubble__faint">{words.until(date.format(part.expiresAt))}</span>
        )}
      </span>
    </div>
  )
}
