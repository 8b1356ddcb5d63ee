/** The menu behind the three dots: arrow keys move in it, Escape closes it. */

import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Icon, type IconName } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { useActions, useView } from './phone-context.js'
import { phoneTexts } from './words.js'

interface Entry {
  readonly label: string
  readonly icon: IconName
  readonly act: () => void
}

export function MenuButton() {
  const words = useTexts(phoneTexts)
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const entries = useEntries()
  const close = (): void => setOpen(false)
  const press = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape' || !isOpen) return
    close()
    button.current?.focus()
  }
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) close()
  }
  return (
    <div className="menu-place" onKeyDown={press} onBlur={leave}>
      <button
        ref={button}
        className="icon-button"
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={words.menu}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && <Menu label={words.menu} entries={entries} close={close} />}
    </div>
  )
}

function useEntries(): readonly Entry[] {
  const { state } = useView()
  const { api, attempt, go, openPanel } = useActions()
  const words = useTexts(phoneTexts)
  const online = state.phone?.online ?? true
  return [
    { label: words.linkedDevices, icon: 'laptop', act: () => go({ screen: 'linked', scan: '' }) },
    {
      label: online ? words.goOffline : words.goOnline,
      icon: 'plane',
      act: () => void attempt(() => api.setOnline(!online)),
    },
    { label: words.developer, icon: 'inspect', act: () => openPanel(true) },
    { label: words.allPhones, icon: 'phone', act: () => location.assign('/phones') },
  ]
}

interface MenuProps {
  readonly label: string
  readonly entries: readonly Entry[]
  readonly close: () => void
}

function Menu({ label, entries, close }: MenuProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => focusItem(place.current, 0), [])
  const move = (event: KeyboardEvent): void => {
    const at = [...(place.current?.children ?? [])].indexOf(document.activeElement ?? document.body)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    focusItem(place.current, to)
  }
  return (
    <div ref={place} className="menu" role="menu" tabIndex={-1} aria-label={label} onKeyDown={move}>
      {entries.map(({ label: name, icon, act }) => (
        <button
          key={icon}
          className="menu__item"
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            close()
            act()
          }}
        >
          <Icon name={icon} />
          {name}
        </button>
      ))}
    </div>
  )
}

/** Counts from the end when negative, and goes round. */
function focusItem(menu: HTMLElement | null, index: number): void {
  const items = [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
  items.at(index % Math.max(1, items.length))?.focus()
}
