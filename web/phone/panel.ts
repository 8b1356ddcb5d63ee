/** The developer panel: as which client the phone draws, why a button does not show, and what is behind a message. */

import type { MessageInside, MessageView } from '../../simulator/src/control-answers.js'
import type { Client } from '../../simulator/src/model.js'
import { element } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import type { Desk, Part, View } from './desk.js'
import { failuresCard } from './failures.js'
import { messagesOf } from './phone-state.js'
import { switchOf } from './switch.js'
import { treeOfStanza, treeOfValue } from './tree.js'
import { verdictsOf } from './verdicts.js'
import type { Words } from './words.js'

const clients: readonly Client[] = ['android', 'ios', 'web']

export function developerPanel(desk: Desk): Part {
  const title = element('h2', { class: 'panel__title', tabindex: '-1' })
  const close = element(
    'button',
    { class: 'icon-button panel__close', type: 'button', onclick: () => desk.togglePanel(false) },
    icon('cross'),
  )
  const phones = element('a', { class: 'panel__link', href: '/phones' })
  const client = switchOf('client', clients, (chosen) => desk.choose({ client: chosen }))
  const theme = switchOf('theme', ['auto', 'light', 'dark'] as const, (chosen) =>
    desk.choose({ theme: chosen }),
  )
  const language = switchOf('language', ['en', 'pt'] as const, (chosen) =>
    desk.choose({ language: chosen }),
  )
  const passkey = switchOf(
    'passkey',
    ['off', 'on', 'by-iq'] as const,
    (chosen) => void desk.attempt(() => desk.api.setAsksForPasskey(chosen)),
  )
  const message = element('div', { class: 'panel__message' })
  const failures = failuresCard(desk)
  const panel = element(
    'div',
    { class: 'panel__inside' },
    element('header', { class: 'panel__head' }, title, phones, close),
    element(
      'div',
      { class: 'panel__switches' },
      client.element,
      theme.element,
      language.element,
      passkey.element,
    ),
    element('div', { class: 'panel__cards' }, failures.element, message),
  )
  const shown = messagePart(desk, message)
  return {
    element: panel,
    update: (view) => {
      const { words, settings, state } = view
      title.textContent = words.developer
      phones.textContent = words.allPhones
      close.setAttribute('aria-label', words.close)
      client.update(words.client, words.clients, settings.client)
      theme.update(words.theme, words.themes, settings.theme)
      language.update(words.language, { en: 'English', pt: 'Português' }, settings.language)
      passkey.update(words.passkey, words.passkeyModes, state.phone?.asksForPasskey ?? 'off')
      failures.update(view)
      shown(view)
    },
  }
}

/** Fetches what is behind a message when it is chosen, and draws it again when it changes. */
function messagePart(desk: Desk, place: HTMLElement): (view: View) => void {
  const insides = new Map<string, MessageInside>()
  let drawn = ''
  const fetchInside = async (id: string): Promise<void> => {
    const done = await desk.attempt(async () => void insides.set(id, await desk.api.inside(id)))
    if (done) update(latest)
  }
  const update = (view: View): void => {
    const { words, settings } = view
    const message = inspectedIn(view)
    const inside = message && insides.get(message.id)
    const version = JSON.stringify([
      message?.id,
      message?.drawn,
      settings.language,
      settings.client,
      inside !== undefined,
    ])
    if (version === drawn) return
    drawn = version
    if (message === undefined)
      return place.replaceChildren(element('p', { class: 'faint' }, words.pickMessage))
    if (inside === undefined) void fetchInside(message.id)
    return place.replaceChildren(...drawMessage(message, inside, view, desk))
  }
  let latest: View
  return (view) => {
    latest = view
    update(view)
  }
}

/** The chosen message, else the newest of the chat. */
function inspectedIn({ state, route, inspected }: View): MessageView | undefined {
  const chosen = inspected === undefined ? undefined : state.messages.get(inspected)
  if (chosen) return chosen
  return route.screen === 'chat' ? messagesOf(state, route.chat).at(-1) : undefined
}

function drawMessage(
  message: MessageView,
  inside: MessageInside | undefined,
  view: View,
  desk: Desk,
): readonly HTMLElement[] {
  const { words } = view
  const verdict = element(
    'section',
    { class: 'card' },
    element('h3', { class: 'card__title' }, words.buttonOn),
    verdictsOf(message, view),
    ...reasonsOf(inside, message, words),
  )
  if (inside === undefined) return [verdict]
  return [
    verdict,
    treeCard(words.content, treeOfValue(inside.content), inside.content, words, desk),
    treeCard(words.stanza, treeOfStanza(inside.stanza), inside.stanza, words, desk),
  ]
}

function reasonsOf(
  inside: MessageInside | undefined,
  { buttons }: MessageView,
  words: Words,
): readonly HTMLElement[] {
  if (inside === undefined) return []
  if (inside.hindrances.length === 0) {
    const sure = buttons.length === 0 ? words.noReason : words.onlyReports
    return [element('p', { class: 'faint' }, sure)]
  }
  const reasons = inside.hindrances.map(({ why, evidence }) =>
    element(
      'li',
      { class: 'reason' },
      element('p', { class: 'reason__why' }, why),
      element(
        'p',
        { class: 'faint' },
        `${words.source} ${evidence.source}, ${evidence.date}: ${evidence.claim}`,
      ),
    ),
  )
  return [
    element('h3', { class: 'card__title' }, words.reasons),
    element('ul', { class: 'reasons' }, ...reasons),
  ]
}

function treeCard(
  title: string,
  tree: HTMLElement,
  value: unknown,
  words: Words,
  desk: Desk,
): HTMLElement {
  const openAll = (open: boolean): void => {
    for (const branch of [tree, ...tree.querySelectorAll('details')]) {
      if (branch instanceof HTMLDetailsElement) branch.open = open
    }
  }
  const action = (label: string, onclick: () => void): HTMLElement =>
    element(
      'button',
      { class: 'text-button', type: 'button', onclick, 'aria-label': `${label}: ${title}` },
      label,
    )
  return element(
    'section',
    { class: 'card' },
    element('h3', { class: 'card__title' }, title),
    element(
      'div',
      { class: 'card__actions' },
      action(words.expand, () => openAll(true)),
      action(words.collapse, () => openAll(false)),
      action(words.copyJson, () => desk.copy(JSON.stringify(value, undefined, 2), words.copied)),
    ),
    element('div', { class: 'tree', dir: 'ltr' }, tree),
  )
}
