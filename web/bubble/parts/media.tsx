import { useEffect, useRef, useState } from 'react'
import type { MediaPart as Media } from '../../../simulator/src/draw/view.js'
import { useTexts } from '../../shared/texts.js'
import { Icon, type IconName } from '../icons.js'
import { messageTexts } from '../message-texts.js'
import { DocumentFile } from './document.js'
import { type PartProps, useMessage } from './part.js'
import { Waveform } from './waveform.js'

export function MediaPart({ part }: PartProps<'media'>) {
  const url = useMessage().files[part.file]?.url
  if (part.form === 'document') return <DocumentFile part={part} url={url} />
  if (url === undefined) return <Missing part={part} />
  // Another file is another chance to load.
  return <Loaded key={url} part={part} url={url} />
}

const icons: Readonly<Record<Media['form'], IconName>> = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  gif: 'video',
  'round-video': 'video',
  audio: 'mic',
  voice: 'mic',
  document: 'file',
}

function Missing({ part }: { readonly part: Media }) {
  const { files } = useMessage()
  const words = useTexts(messageTexts)
  const thumbnail = part.thumbnail === undefined ? undefined : files[part.thumbnail]?.url
  return (
    <div className={`bubble__image bubble__image--missing bubble__missing--${part.form}`}>
      {thumbnail !== undefined && (
        <img className="bubble__blurred" src={thumbnail} alt="" draggable="false" />
      )}
      <Icon name={icons[part.form]} />
      <span>
        {part.form === 'image' ? words.imageMissing : words.mediaMissing(words.forms[part.form])}
      </span>
    </div>
  )
}

interface LoadedProps {
  readonly part: Media
  readonly url: string
}

/** A file that the browser cannot show says so, as on a phone. */
function Loaded({ part, url }: LoadedProps) {
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return <Missing part={part} />
  const shown = { part, url, fail: () => setBroken(true) }
  switch (part.form) {
    case 'video':
    case 'gif':
    case 'round-video':
      return <Video {...shown} />
    case 'audio':
    case 'voice':
      return <Sound {...shown} />
    case 'image':
    case 'sticker':
    case 'document':
      return <Picture {...shown} />
  }
}

interface ShownProps extends LoadedProps {
  readonly fail: () => void
}

function Picture({ part: { form, width, height }, url, fail }: ShownProps) {
  const words = useTexts(messageTexts)
  return (
    <img
      className={form === 'sticker' ? 'bubble__sticker' : 'bubble__image'}
      src={url}
      alt={form === 'image' ? words.photo : words.forms[form]}
      width={width}
      height={height}
      draggable="false"
      onError={fail}
    />
  )
}

function Video({ part, url, fail }: ShownProps) {
  const { form, width, height, thumbnail } = part
  const { files } = useMessage()
  const words = useTexts(messageTexts)
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (form !== 'gif' || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    // A browser that does not let it play shows its first picture.
    void video.current?.play().catch(() => undefined)
  }, [form])
  return (
    <video
      ref={video}
      className={`bubble__video bubble__video--${form}`}
      src={url}
      poster={thumbnail === undefined ? undefined : files[thumbnail]?.url}
      width={width}
      height={height}
      controls={form !== 'gif'}
      loop={form === 'gif' || form === 'round-video'}
      muted={form === 'gif'}
      preload="metadata"
      playsInline
      aria-label={words.forms[form]}
      onError={fail}
    />
  )
}

function Sound({ part, url, fail }: ShownProps) {
  const words = useTexts(messageTexts)
  return (
    <div className={`bubble__audio bubble__audio--${part.form}`}>
      <Icon name={part.form === 'voice' ? 'mic' : 'file'} />
      <div className="bubble__audio-body">
        {part.waveform !== undefined && <Waveform heights={part.waveform} />}
        <audio
          src={url}
          controls
          preload="metadata"
          aria-label={words.forms[part.form]}
          onError={fail}
        />
      </div>
    </div>
  )
}
