import { element } from '../element.js'
import { icon } from '../icons.js'
import type { DrawPart, PartContext, PartOf } from './part.js'
import { sizeText } from './size.js'

export const mediaPart: DrawPart<'media'> = (part, context) =>
  part.form === 'image' ? [imageOf(part, context)] : [fileOf(part, context)]

function imageOf(part: PartOf<'media'>, { files, words }: PartContext): HTMLElement {
  const url = files[part.file]?.url
  if (url === undefined) {
    return element(
      'div',
      { class: 'bubble__image bubble__image--missing' },
      icon('image'),
      element('span', {}, words.imageMissing),
    )
  }
  const { width, height } = part
  return element('img', {
    class: 'bubble__image',
    src: url,
    alt: words.photo,
    width,
    height,
    draggable: 'false',
  })
}

function fileOf(part: PartOf<'media'>, { files, words }: PartContext): HTMLElement {
  const url = files[part.file]?.url
  const name = part.fileName ?? words.forms[part.form]
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
