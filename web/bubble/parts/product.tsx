import { useTexts } from '../../shared/texts.js'
import { messageTexts } from '../message-texts.js'
import { moneyText } from './money.js'
import { type PartProps, useMessage } from './part.js'

export function ProductPart({ part }: PartProps<'product'>) {
  const { files } = useMessage()
  const words = useTexts(messageTexts)
  const src = part.file === undefined ? undefined : files[part.file]?.url
  return (
    <div className="bubble__product">
      {src !== undefined && (
        <img className="bubble__image" src={src} alt={part.title} draggable="false" />
      )}
      <strong>{part.title}</strong>
      {part.price !== undefined && <span>{moneyText(part.price, words.locale)}</span>}
      {part.description !== undefined && <span className="bubble__faint">{part.description}</span>}
    </div>
  )
}
