/** The round picture of a person: initials on a colour of their own. */

import type { ContactView } from '../../simulator/src/control-answers.js'
import { Icon } from '../bubble/icons.js'

const COLOURS = 8

type AvatarProps = Pick<ContactView, 'id' | 'name' | 'members'>

export function Avatar({ id, name, members }: AvatarProps) {
  const colour =
    Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % COLOURS
  return (
    <span className={`avatar avatar--${colour}`} aria-hidden="true">
      {members ? <Icon name="group" /> : (initialsOf(name) ?? <Icon name="person" />)}
    </span>
  )
}

/** Undefined for a name that is a number. */
function initialsOf(name: string): string | undefined {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  const initials = letters.map((word) => Array.from(word ?? '')[0] ?? '').join('')
  return initials === '' ? undefined : initials.toUpperCase()
}
