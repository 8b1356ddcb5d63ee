import { useTexts } from '../../shared/texts.js'
import { messageTexts } from '../message-texts.js'
import type { TextPartProps } from './part.js'

export function UnknownPart({ part, meta }: TextPartProps<'unknown'>) {
  const words = useTexts(messageTexts)
  return (
    <div className="bubble__text bubble__text--unknown">
      {words.unknown(part.name)}
      {meta}
    </div>
  )
}
