import type { MediaPart } from '../../../simulator/src/draw/view.js'
import { element } from '../element.js'
import { icon, type IconName } from '../icons.js'
import type { DrawPart, PartContext } from './part.js'
import { sizeText } from './size.js'
import { waveformOf } from './waveform.js'

export const mediaPart: DrawPart<'media'> = (part, context) => {
  const url = context.files[part.file]?.url
  if (part.form === 'document') return [documentOf(part, url, context)]
  if (url === undefined) return [missing(part, context)]
  switch (part.form) {
    case 'image':
    case 'sticker':
      return [pictureOf(part, url, context)]
    case 'video':
    case 'gif':
    case 'round-video':
      return [videoOf(part, url, context)]
    case 'audio':
    case 'voice':
      return [audioOf(part, url, context)]
  }
}

const icons: Readonly<Record<MediaPart['form'], IconName>> = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  gif: 'video',
  'round-video': 'video',
  audio: 'mic',
  voice: 'mic',
  document: 'file',
}

function missing(part: MediaPart, { words, files }: PartContext): HTMLElement {
  const thumbnail = part.thumbnail === undefined ? undefined : files[part.thumbnail]?.url
  const text =
    part.form === 'image' ? words.imageMissing : words.mediaMissing(words.forms[part.form])
  return element(
    'div',
    { class: `bubble__image bubble__image--missing bubble__missing--${part.form}` },
    thumbnail === undefined
      ? undefined
      : element('img', { class: 'bubble__blurred', src: thumbnail, alt: '', draggable: 'false' }),
    icon(icons[part.form]),
    element('span', {}, text),
  )
}

/** A file that the browser cannot show says so, as on a phone. */
function orMissing<Shown extends HTMLElement>(
  shown: Shown,
  part: MediaPart,
  context: PartContext,
): Shown {
  shown.addEventListener('error', () => shown.replaceWith(missing(part, context)), { once: true })
  return shown
}

function pictureOf(part: MediaPart, src: string, context: PartContext): HTMLElement {
  const { width, height, form } = part
  const look = form === 'sticker' ? 'bubble__sticker' : 'bubble__image'
  const alt = form === 'image' ? context.words.photo : context.words.forms[form]
  const picture = element('img', { class: look, src, alt, width, height, draggable: 'false' })
  return orMissing(picture, part, context)
}

function videoOf(part: MediaPart, src: string, context: PartContext): HTMLElement {
  const { form, width, height } = part
  const poster = part.thumbnail === undefined ? undefined : context.files[part.thumbnail]?.url
  const loops = form === 'gif' || form === 'round-video'
  const video = element('video', {
    class: `bubble__video bubble__video--${form}`,
    src,
    poster,
    width,
    height,
    controls: form !== 'gif',
    loop: loops,
    preload: 'metadata',
    playsinline: true,
    'aria-label': context.words.forms[form],
  })
  if (form === 'gif') {
    video.muted = true
    video.autoplay = !matchMedia('(prefers-reduced-motion: reduce)').matches
  }
  return orMissing(video, part, context)
}

function audioOf(part: MediaPart, src: string, context: PartContext): HTMLElement {
  const label = context.words.forms[part.form]
  const audio = element('audio', { src, controls: true, preload: 'metadata', 'aria-label': label })
  const box = element(
    'div',
    { class: `bubble__audio bubble__audio--${part.form}` },
    icon(part.form === 'voice' ? 'mic' : 'file'),
    element(
      'div',
      { class: 'bubble__audio-body' },
      part.waveform === undefined ? undefined : waveformOf(part.waveform),
      audio,
    ),
  )
  audio.addEventListener('error', () => box.replaceWith(missing(part, context)), { once: true })
  return box
}

function documentOf(part: MediaPart, url: string | undefined, context: PartContext): HTMLElement {
  const { words } = context
  const name = part.fileName ?? words.forms.document
  const extension = /\.([A-Za-z0-9]{1,8})$/u.exec(part.fileName ?? '')?.[1]?.toUpperCase()
  const facts = [
    part.pages && words.pages(part.pages),
    part.byteLength && sizeText(part.byteLength),
    extension ?? part.mimetype.split(';')[0],
    url === undefined ? words.fileMissing : undefined,
  ].filter(Boolean)
  const inside = [
    icon('file'),
    element(
      'span',
      { class: 'bubble__file-text' },
      element('span', { class: 'bubble__file-name' }, name),
      element('span', { class: 'bubble__file-facts' }, facts.join(' · ')),
    ),
  ]
  return url === undefined
    ? element('div', { class: 'bubble__file bubble__file--missing' }, ...inside)
    : element('a', { class: 'bubble__file', href: url, download: name }, ...inside)
}
