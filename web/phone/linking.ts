/** What the phone shows of a linking that asks for a passkey: where it stands, and the owner's two answers. */

import { element } from '../bubble/element.js'
import type { Desk, Part } from './desk.js'
import { hashOf } from './route.js'
import { signAndGoBack } from './sign.js'

export function linkingCard(desk: Desk): Part {
  const title = element('h2', { class: 'page__heading' })
  const text = element('p', { role: 'status' })
  const confirm = element('button', {
    class: 'button',
    type: 'button',
    onclick: () => void desk.attempt(() => desk.api.confirmLinking()),
  })
  const cancel = element('button', {
    class: 'text-button',
    type: 'button',
    onclick: () => void desk.attempt(() => desk.api.cancelLinking()),
  })
  const card = element('section', { class: 'link-form' }, title, text, confirm, cancel)
  return {
    element: card,
    update: ({ state, words, route }) => {
      if (route.screen === 'linked' && route.sign !== undefined) {
        // Out of the address first: it is signed once.
        history.replaceState(null, '', hashOf({ screen: 'linked', scan: '' }))
        void desk.attempt(() => signAndGoBack(desk.api, route.sign))
      }
      const linking = state.phone?.linking
      card.hidden = linking === undefined
      if (linking === undefined) return
      title.textContent = words.linking.title
      text.textContent = words.linking[linking.step]
      if (linking.step === 'compare') text.textContent += ` ${linking.code}`
      confirm.textContent = words.linking.tap
      cancel.textContent = words.linking.cancel
      confirm.hidden = linking.step !== 'confirm'
      cancel.hidden = linking.step === 'failed'
    },
  }
}
