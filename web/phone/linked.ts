/**
 * Linked devices: who reads along, logging one out, and linking another by the text of
 * its QR code or by its pairing code. A QR in the address is linked at once.
 */

import type { LinkedDevice } from '../../simulator/src/model.js'
import { element, fillKeyed } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { dayOf } from './days.js'
import type { Desk, Part, View } from './desk.js'
import { linkingCard } from './linking.js'
import { hashOf } from './route.js'

const PAIRING_CODE = /^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/

export function linkedScreen(desk: Desk): Part {
  const back = element(
    'a',
    { class: 'icon-button', href: hashOf({ screen: 'chats' }) },
    icon('back'),
  )
  const title = element('h1', { class: 'bar__title', tabindex: '-1' })
  const form = linkForm(desk)
  const linking = linkingCard(desk)
  const list = element('ul', { class: 'devices' })
  const none = element('p', { class: 'faint' })
  const bar = element(
    'header',
    { class: 'bar' },
    back,
    element('div', { class: 'bar__names' }, title),
  )
  const body = element('div', { class: 'scroll page' }, linking.element, form.element, list, none)
  return {
    element: element('section', { class: 'screen' }, bar, body),
    update: (view) => {
      const { state, words } = view
      back.setAttribute('aria-label', words.back)
      title.textContent = words.linkedDevices
      list.setAttribute('aria-label', words.linkedDevices)
      form.update(view)
      linking.update(view)
      none.textContent = words.noDevices
      none.hidden = state.linkedDevices.length > 0 || state.connection !== 'live'
      list.hidden = state.linkedDevices.length === 0
      fillKeyed(list, state.linkedDevices, {
        key: ({ device }) => `${device}`,
        version: (device) => JSON.stringify([device, view.settings.language]),
        draw: (device) => drawDevice(device, view, desk),
      })
    },
  }
}

function drawDevice(device: LinkedDevice, view: View, desk: Desk): HTMLElement {
  const { words, settings, now } = view
  const since = words.since(dayOf(device.linkedAt, now, settings, words).toLowerCase())
  const unlink = async (): Promise<void> => {
    if (await desk.attempt(() => desk.api.unlink(device.device))) desk.toast(words.unlinked)
  }
  return element(
    'li',
    { class: 'device-row' },
    element(
      'span',
      { class: device.connected ? 'device-row__icon device-row__icon--on' : 'device-row__icon' },
      icon('laptop'),
    ),
    element('span', { class: 'chat-row__name' }, device.platform),
    element(
      'span',
      { class: 'chat-row__text' },
      `${device.connected ? words.active : words.notConnected} · ${since}`,
    ),
    element(
      'button',
      {
        class: 'text-button text-button--danger',
        type: 'button',
        onclick: () => void unlink(),
        'aria-label': `${words.unlink}: ${device.platform}`,
      },
      words.unlink,
    ),
  )
}

/** One field takes either: a pairing code is recognised by its shape. */
function linkForm(desk: Desk): Part {
  const hint = element('p', { class: 'faint', id: 'link-hint' })
  const label = element('label', { class: 'field__label', for: 'link-text' })
  const text = element('textarea', {
    class: 'field',
    id: 'link-text',
    rows: '3',
    maxlength: 2000,
    required: true,
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'link-hint',
  })
  const button = element('button', { class: 'button', type: 'submit' })
  const heading = element('h2', { class: 'page__heading' })
  const form = element('form', { class: 'link-form' }, heading, hint, label, text, button)
  let linked = ''

  const link = async (said: string): Promise<void> => {
    button.disabled = true
    let standing = ''
    const done = await desk.attempt(async () => {
      standing = await (PAIRING_CODE.test(said) ? desk.api.enter(said) : desk.api.scan(said))
    })
    button.disabled = false
    if (!done) return
    text.value = ''
    if (standing === 'linked') desk.toast(linked)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const said = text.value.trim()
    if (said !== '') void link(said)
  })
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    form.requestSubmit()
  })
  return {
    element: form,
    update: ({ words, route }) => {
      heading.textContent = words.linkDevice
      hint.textContent = words.linkHint
      label.textContent = `${words.qrText} / ${words.pairingCode.toLowerCase()}`
      button.textContent = words.link
      linked = words.linked
      if (route.screen !== 'linked' || route.scan === '') return
      // Out of the address first: it is scanned once, and neither kept nor shown there.
      history.replaceState(null, '', hashOf({ screen: 'linked', scan: '' }))
      text.value = route.scan
      form.requestSubmit()
    },
  }
}
