import type { MediaPart } from '../../../simulator/src/draw/view.js'
import { useTexts } from '../../shared/texts.js'
import { Icon } from '../icons.js'
import { messageTexts } from '../message-texts.js'
import { sizeText } from './size.js'

interface DocumentFileProps {
  readonly part: MediaPart
  /** Undefined while the file could not be loaded. */
  readonly url: string | undefined
}

export function DocumentFile({ part, url }: DocumentFileProps) {
  const words = useTexts(messageTexts)
  const name = part.fileName ?? words.forms.document
  const extension = /\.([A-Za-z0-9]{1,8})$/u.exec(part.fileName ?? '')?.[1]?.toUpperCase()
  const facts = [
    part.pages && words.pages(part.pages),
    part.byteLength && sizeText(part.byteLength),
    extension ?? part.mimetype.split(';')[0],
    url === undefined ? words.fileMissing : undefined,
  ].filter(Boolean)
  const inside = (
    <>
      <Icon name="file" />
      <span className="bubble__file-text">
        <span className="bubble__file-name">{name}</span>
        <span className="bubble__file-facts">{facts.join(' · ')}</span>
      </span>
    </>
  )
  if (url === undefined) return <div className="bubble__file bubble__file--missing">{inside}</div>
  return (
    <a className="bubble__file" href={url} download={name}>
      {inside}
    </a>
  )
}
