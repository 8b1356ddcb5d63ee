import { away } from './away.js'
import { type PartProps, useMessage } from './part.js'
import { webAddress } from './web-address.js'

export function LinkPart({ part }: PartProps<'link'>) {
  const { files } = useMessage()
  const href = webAddress(part.url)
  const large = part.file === undefined ? undefined : files[part.file]?.url
  const src = large ?? (part.thumbnail === undefined ? undefined : files[part.thumbnail]?.url)
  const look = `bubble__link${large === undefined ? '' : ' bubble__link--large'}`
  const inside = (
    <>
      {src !== undefined && (
        <img className="bubble__link-image" src={src} alt="" draggable="false" />
      )}
      <span className="bubble__link-text">
        {part.title !== undefined && <span className="bubble__link-title">{part.title}</span>}
        {part.description !== undefined && (
          <span className="bubble__link-about">{part.description}</span>
        )}
        <span className="bubble__link-host">{href ? new URL(href).host : part.url}</span>
      </span>
    </>
  )
  if (href === undefined) return <div className={look}>{inside}</div>
  return (
    <a className={look} href={href} {...away}>
      {inside}
    </a>
  )
}
