/** What each client shows of a message: by the rules of the simulator, and where they find no fault, by public reports. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import { type ButtonClient, buttonClients, buttonEvidence } from '../bubble/button-evidence.js'
import { element } from '../bubble/element.js'
import { kindEvidence } from '../bubble/kind-evidence.js'
import type { View } from './desk.js'
import { contactOf } from './phone-state.js'

export function verdictsOf(message: MessageView, view: View): HTMLElement {
  const clients = buttonClients.filter((client) => drawingOn(client, message) !== undefined)
  return element(
    'ul',
    { class: 'verdicts' },
    ...clients.map((client) => verdictOf(client, message, view)),
  )
}

function verdictOf(client: ButtonClient, message: MessageView, view: View): HTMLElement {
  const { words, settings } = view
  const drawing = drawingOn(client, message) ?? 'whole'
  const chosen = settings.client === client ? ' verdict--chosen' : ''
  const name = element('span', { class: 'verdict__client' }, words.buttonClients[client])
  if (drawing !== 'whole') {
    const shown = element('span', { class: 'standing standing--bad' }, words.drawings[drawing])
    return element('li', { class: `verdict${chosen}` }, name, shown)
  }
  if (message.view.kind === 'text') {
    const everything = element('span', { class: 'verdict__shown' }, words.drawings.whole)
    return element('li', { class: `verdict${chosen}` }, name, everything)
  }
  const { standing, reports } = evidenceOf(client, message, view)
  const [first] = reports
  const badge = element(
    'span',
    { class: 'verdict__shown' },
    element('span', { class: `standing standing--${standing}` }, words.standings[standing]),
    first && element('time', { datetime: first.date }, first.date),
  )
  const report = first ? `${first.source}: ${first.claim}` : words.noReport
  return element(
    'li',
    { class: `verdict${chosen}` },
    name,
    badge,
    element('span', { class: 'verdict__report' }, report),
  )
}

/** Of the copy button where there is one, else of the kind. */
function evidenceOf(client: ButtonClient, message: MessageView, view: View) {
  if (message.buttons.length > 0 || client === 'desktop') {
    return buttonEvidence(client, factsOf(message, view))
  }
  const { kind, parts, viewOnce = false } = message.view
  const isDrawn = parts.every(({ type }) => type !== 'unknown')
  return kindEvidence(client, { kind, viewOnce, isDrawn, isGroup: message.chat.includes('@') })
}

/** Undefined where the simulator has no rules and Web, its nearest kin, does not show everything. */
function drawingOn(client: ButtonClient, { drawn, buttons }: MessageView) {
  if (client !== 'desktop') return drawn[client]
  return drawn.web === 'whole' && buttons.length > 0 ? 'whole' : undefined
}

function factsOf({ from, fromMe, chat, image }: MessageView, { state }: View) {
  const business = fromMe ? state.phone?.business : contactOf(state, from).business
  return {
    sender: business ? ('business' as const) : ('personal' as const),
    chat: chat.includes('@') ? ('group' as const) : ('private' as const),
    hasImage: image !== undefined,
  }
}
