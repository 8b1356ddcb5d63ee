import { element } from '../element.js'
import type { DrawPart } from './part.js'

export const unknownPart: DrawPart<'unknown'> = ({ name }, { words }) => [
  element('div', { class: 'bubble__text bubble__text--unknown' }, words.unknown(name)),
]
