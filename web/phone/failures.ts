/** The card that plays failures of this phone's number, and undoes them. */

import type { FailureKind, FailuresView } from '../../simulator/src/control-answers.js'
import { element } from '../bubble/element.js'
import type { Desk, Part, View } from './desk.js'

/** Whom each concerns, in the order of the card. A sender without a linked device sends nothing that could fail. */
const concerns: Readonly<Record<FailureKind, 'sender' | 'recipient'>> = {
  restricted: 'sender',
  'not-on-whatsapp': 'recipient',
  'button-refused': 'recipient',
  'link-cut': 'sender',
  banned: 'sender',
  replaced: 'sender',
}
// The record names each kind once.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const kinds = Object.keys(concerns) as readonly FailureKind[]

export function failuresCard(desk: Desk): Part {
  let latest: View | undefined
  let active: ReadonlySet<FailureKind> = new Set()
  const title = element('h3', { class: 'card__title' })
  const count = element('span', { class: 'failures__active' })
  const hint = element('p', { class: 'faint failures__hint' })
  const ask = async (what: () => Promise<FailuresView>): Promise<boolean> => {
    const done = await desk.attempt(async () => {
      active = new Set((await what()).playing)
    })
    draw()
    return done
  }
  const rows = kinds.map((kind) => failureRow(kind, () => void press(kind)))
  const press = async (kind: FailureKind): Promise<void> => {
    if (active.has(kind)) await ask(() => desk.api.undo(kind))
    else if (await ask(() => desk.api.play(kind))) desk.toast(latest?.words.failures.played ?? '')
  }
  const card = element(
    'details',
    // Another page, or a program, may have played one meanwhile.
    { class: 'card failures', ontoggle: () => void ask(() => desk.api.failures()) },
    element('summary', { class: 'failures__summary' }, title, count),
    hint,
    element('ul', { class: 'failures__list' }, ...rows.map((row) => row.element)),
  )
  const draw = (): void => {
    if (latest === undefined) return
    const { words, state } = latest
    title.textContent = words.failures.title
    hint.textContent = words.failures.hint
    count.textContent = active.size === 0 ? '' : words.failures.active(active.size)
    const canSend = (state.phone?.linkedDevices ?? 0) > 0
    for (const row of rows) row.update(latest, active.has(row.kind), canSend)
  }
  return {
    element: card,
    update: (view) => {
      latest = view
      draw()
    },
  }
}

interface FailureRow {
  readonly kind: FailureKind
  readonly element: HTMLElement
  readonly update: (view: View, isActive: boolean, canSend: boolean) => void
}

function failureRow(kind: FailureKind, onclick: () => void): FailureRow {
  const name = element('span', { class: 'failure__name' })
  const meaning = element('p', { class: 'failure__meaning' })
  const button = element('button', { class: 'text-button', type: 'button', onclick })
  return {
    kind,
    element: element('li', { class: 'failure' }, element('div', {}, name, meaning), button),
    update: ({ words: { failures } }, isActive, canSend) => {
      const [called, means] = failures.kinds[kind]
      const isPossible = isActive || canSend || concerns[kind] === 'recipient'
      const act = isActive ? failures.undo : failures.play
      name.textContent = called
      meaning.textContent = isPossible ? means : failures.needsDevice
      button.textContent = act
      button.setAttribute('aria-label', `${act}: ${called}`)
      button.disabled = !isPossible
    },
  }
}
