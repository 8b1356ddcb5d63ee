import { element } from '../element.js'
import type { DrawPart } from './part.js'
import { webAddress } from './web-address.js'

export const linkPart: DrawPart<'link'> = (part, { files }) => {
  const href = webAddress(part.url)
  const large = part.file === undefined ? undefined : files[part.file]?.url
  const src = large ?? (part.thumbnail === undefined ? undefined : files[part.thumbnail]?.url)
  const inside = [
    src === undefined
      ? undefined
      : element('img', { class: 'bubble__link-image', src, alt: '', draggable: 'false' }),
    element(
      'span',
      { class: 'bubble__link-text' },
      part.title === undefined
        ? undefined
        : element('span', { class: 'bubble__link-title' }, part.title),
      part.description === undefined
        ? undefined
        : element('span', { class: 'bubble__link-about' }, part.description),
      element('span', { class: 'bubble__link-host' }, href ? new URL(href).host : part.url),
    ),
  ]
  const look = `bubble__link${large === undefined ? '' : ' bubble__link--large'}`
  return [
    href === undefined
      ? element('div', { class: look }, ...inside)
      : element(
          'a',
          { class: look, href, target: '_blank', rel: 'noopener noreferrer nofollow' },
          ...inside,
        ),
  ]
}
