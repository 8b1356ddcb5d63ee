/**
 * What a phone shows of a message, and whether its buttons would show on Android, iOS and Web.
 *
 * The buttons are listed as the sender meant them; `shows` says whether a person
 * sees them. Where reports disagree or speak of "sometimes", the answer is no:
 * a sender can rely only on what always shows.
 */

import { isChange } from './draw/change.js'
import type { Hindrance } from './draw/hindrance.js'
import { draw, textOf } from './draw/index.js'
import { hindrancesOf } from './draw/rules.js'
import type { Button, Part, View } from './draw/view.js'
import type { Client, CopyButton, Drawing, Drawn, ScreenInput, ScreenView, Shows } from './model.js'

/** What hides more comes later. */
const byLoss: readonly Drawing[] = ['whole', 'without-button', 'placeholder', 'nothing']

const nothingSeen: View = { kind: 'change', parts: [] }

/** A message that changes an earlier one is an empty view here. */
export function showOnScreen({ message, stanza, numberOf }: ScreenInput): ScreenView {
  const drawn = draw(message, numberOf)
  const { view, files } = isChange(drawn) ? { view: nothingSeen, files: new Map() } : drawn
  return {
    text: textOf(view),
    buttons: view.parts.flatMap(buttonsIn).filter(isCopyButton),
    view,
    files,
    shows: showsWith(hindrancesOf(message, stanza)),
  }
}

function buttonsIn(part: Part): readonly Button[] {
  return part.type === 'buttons' ? part.buttons : []
}

function isCopyButton(button: Button): button is CopyButton {
  return button.kind === 'copy'
}

/** What each client draws. With several hindrances, the one that hides most. */
export function drawnWith(hindrances: readonly Hindrance[]): Drawn {
  const on = (client: Client): Drawing => {
    const drawings = hindrances.map(({ draws }) => byLoss.indexOf(draws[client] ?? 'whole'))
    return byLoss[Math.max(0, ...drawings)] ?? 'whole'
  }
  return { android: on('android'), ios: on('ios'), web: on('web') }
}

function showsWith(hindrances: readonly Hindrance[]): Shows {
  const seenOn = (client: Client): boolean => hindrances.every(({ draws }) => !(client in draws))
  const shows = { android: seenOn('android'), ios: seenOn('ios'), web: seenOn('web') }
  if (hindrances.length === 0) return shows
  return { ...shows, why: hindrances.map(({ why }) => why).join('; ') }
}
