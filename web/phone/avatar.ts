/** The round picture of a person: initials on a colour of their own. */

import type { ContactView } from '../../simulator/src/control-answers.js'
import { element } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'

const COLOURS = 8

export function avatarOf({
  id,
  name,
  members,
}: Pick<ContactView, 'id' | 'name' | 'members'>): HTMLElement {
  const colour =
    Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % COLOURS
  const avatar = element('span', { class: `avatar avatar--${colour}`, 'aria-hidden': 'true' })
  const initials = initialsOf(name)
  avatar.append(members ? icon('group') : (initials ?? icon('person')))
  return avatar
}

/** Undefined for a name that is a number. */
function initialsOf(name: string): string | undefined {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  const initials = letters.map((word) => Array.from(word ?? '')[0] ?? '').join('')
  return initials === '' ? undefined : initials.toUpperCase()
}
