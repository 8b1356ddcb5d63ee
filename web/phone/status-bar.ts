/** What a phone says about itself: its own bar at the top, and that it is out of reach. */

import { element } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { clockOf } from './days.js'
import type { Desk, Part } from './desk.js'

/** Only the frame on a desktop has one. */
export function statusBar(): Part {
  const time = element('span', { class: 'status__time' })
  const plane = element('span', { class: 'status__plane' }, icon('plane'))
  const signal = element(
    'span',
    { class: 'status__signal' },
    ...[1, 2, 3, 4].map(() => element('i')),
  )
  const battery = element('span', { class: 'status__battery' }, element('i'))
  return {
    element: element(
      'div',
      { class: 'status', 'aria-hidden': 'true' },
      time,
      element('span', { class: 'status__right' }, plane, signal, battery),
    ),
    update: ({ state, now, settings }) => {
      time.textContent = clockOf(now, settings)
      const offline = state.phone?.online === false
      plane.hidden = !offline
      signal.hidden = offline
    },
  }
}

/** Lies over the foot of the screen, where nothing can be sent then: it pushes nothing aside. */
export function bannerOf(desk: Desk): Part {
  const text = element('span')
  const button = element('button', {
    class: 'text-button',
    type: 'button',
    onclick: () => void desk.attempt(() => desk.api.setOnline(true)),
  })
  const banner = element('div', { class: 'banner', role: 'status', hidden: true }, text, button)
  return {
    element: banner,
    update: ({ state, words }) => {
      const lost = state.connection === 'lost'
      const offline = state.phone?.online === false
      banner.hidden = !(lost || offline)
      button.hidden = lost
      button.textContent = words.offlineButton
      text.textContent = lost ? words.lost : words.offline
    },
  }
}
