import { useTexts } from '../../shared/texts.js'
import { Icon } from '../icons.js'
import { messageTexts } from '../message-texts.js'
import { type PartProps, useMessage } from './part.js'

export function PixPart({ part }: PartProps<'pix'>) {
  const { actions } = useMessage()
  const words = useTexts(messageTexts)
  return (
    <div className="pix">
      <strong>{part.merchant || 'Pix'}</strong>
      <span className="bubble__faint">{`Pix · ${part.keyType}`}</span>
      <code className="bubble__mono">{part.key}</code>
      <button className="bubble__button" type="button" onClick={() => actions.copy(part.key)}>
        <Icon name="copy" />
        <span>{words.copyPix}</span>
      </button>
    </div>
  )
}
