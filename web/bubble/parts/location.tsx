import { useTexts } from '../../shared/texts.js'
import { Icon } from '../icons.js'
import { messageTexts } from '../message-texts.js'
import { away } from './away.js'
import type { PartProps } from './part.js'

export function LocationPart({ part }: PartProps<'location'>) {
  const words = useTexts(messageTexts)
  const { latitude, longitude, name, address, live } = part
  const place = `${latitude},${longitude}`
  return (
    <a
      className="bubble__card bubble__card--place"
      href={`https://www.google.com/maps/search/?api=1&query=${place}`}
      {...away}
    >
      <span className="bubble__map">
        <Icon name="pin" />
      </span>
      <span className="bubble__card-text">
        <span className="bubble__card-title">{name ?? (live ? words.live : words.place)}</span>
        {address !== undefined && <span className="bubble__faint">{address}</span>}
        <span className="bubble__faint">{place}</span>
      </span>
    </a>
  )
}
