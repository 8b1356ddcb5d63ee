/** The menu behind the three dots: arrow keys move in it, Escape closes it. */

import { element } from '../bubble/element.js'
import { type IconName, icon } from '../bubble/icons.js'
import type { Desk, Part, View } from './desk.js'

interface Entry {
  readonly label: string
  readonly icon: IconName
  readonly act: () => void
}

export function menuButton(desk: Desk): Part {
  const button = element(
    'button',
    { class: 'icon-button', type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    icon('more'),
  )
  const menu = element('div', { class: 'menu', role: 'menu', hidden: true })
  const around = element('div', { class: 'menu-place' }, button, menu)
  let entries: readonly Entry[] = []

  const close = (): void => {
    menu.hidden = true
    button.setAttribute('aria-expanded', 'false')
  }
  const open = (): void => {
    menu.replaceChildren(...entries.map((entry) => itemOf(entry, close)))
    menu.hidden = false
    button.setAttribute('aria-expanded', 'true')
    focusItem(menu, 0)
  }
  button.addEventListener('click', () => (menu.hidden ? open() : close()))
  around.addEventListener('keydown', (event) => moveIn(menu, event))
  around.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || menu.hidden) return
    close()
    button.focus()
  })
  around.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && around.contains(relatedTarget))) close()
  })

  return {
    element: around,
    update: (view) => {
      button.setAttribute('aria-label', view.words.menu)
      menu.setAttribute('aria-label', view.words.menu)
      entries = entriesOf(view, desk)
    },
  }
}

function entriesOf({ state, words }: View, desk: Desk): readonly Entry[] {
  const online = state.phone?.online ?? true
  return [
    {
      label: words.linkedDevices,
      icon: 'laptop',
      act: () => desk.go({ screen: 'linked', scan: '' }),
    },
    {
      label: online ? words.goOffline : words.goOnline,
      icon: 'plane',
      act: () => void desk.attempt(() => desk.api.setOnline(!online)),
    },
    { label: words.developer, icon: 'inspect', act: () => desk.togglePanel(true) },
    { label: words.allPhones, icon: 'phone', act: () => location.assign('/phones') },
  ]
}

function itemOf({ label, icon: name, act }: Entry, close: () => void): HTMLElement {
  const onclick = (): void => {
    close()
    act()
  }
  return element(
    'button',
    { class: 'menu__item', type: 'button', role: 'menuitem', tabindex: '-1', onclick },
    icon(name),
    label,
  )
}

function moveIn(menu: HTMLElement, event: KeyboardEvent): void {
  if (menu.hidden) return
  const at = [...menu.children].indexOf(document.activeElement ?? menu)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  focusItem(menu, to)
}

/** Counts from the end when negative, and goes round. */
function focusItem(menu: HTMLElement, index: number): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  items.at(index % Math.max(1, items.length))?.focus()
}
