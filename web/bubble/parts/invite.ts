import { element } from '../element.js'
import { icon } from '../icons.js'
import type { DrawPart } from './part.js'

export const invitePart: DrawPart<'invite'> = (part, { words, files }) => {
  const src = part.thumbnail === undefined ? undefined : files[part.thumbnail]?.url
  const date = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' })
  const face =
    src === undefined
      ? icon('group')
      : element('img', { class: 'bubble__face-image', src, alt: '', draggable: 'false' })
  return [
    element(
      'div',
      { class: 'bubble__card' },
      element('span', { class: 'bubble__face' }, face),
      element(
        'span',
        { class: 'bubble__card-text' },
        element('span', { class: 'bubble__card-title' }, part.name),
        element('span', { class: 'bubble__faint' }, words.invites[part.to]),
        part.expiresAt === undefined
          ? undefined
          : element('span', { class: 'bubble__faint' }, words.until(date.format(part.expiresAt))),
      ),
    ),
  ]
}
