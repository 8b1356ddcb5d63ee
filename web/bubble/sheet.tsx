/** A sheet over the page: a title, a way to close it, and what is to be chosen. */

import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTexts } from '../shared/texts.js'
import { Icon, type IconName } from './icons.js'
import { messageTexts } from './message-texts.js'

interface SheetProps {
  readonly title: string
  /** Takes it off the page: it is open as long as it is drawn. */
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Sheet({ title, onClose, children }: SheetProps) {
  const words = useTexts(messageTexts)
  return (
    <Dialog look="sheet" label={title} onClose={onClose} closesBeside>
      <header className="sheet__head">
        <h2>{title}</h2>
        <button className="sheet__close" type="button" aria-label={words.close} onClick={onClose}>
          <Icon name="cross" />
        </button>
      </header>
      <div className="sheet__body">{children}</div>
    </Dialog>
  )
}

interface SheetRowProps {
  readonly icon: IconName
  readonly label: string
  readonly act: () => void
}

export function SheetRow({ icon, label, act }: SheetRowProps) {
  return (
    <button className="sheet__row sheet__row--icon" type="button" onClick={act}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  )
}

interface DialogProps {
  readonly look: string
  readonly label: string
  readonly onClose: () => void
  /** Whether a tap beside it closes it. */
  readonly closesBeside?: boolean
  readonly children: ReactNode
}

/** The browser's modal dialog: it keeps the focus and gives it back. */
export function Dialog({ look, label, onClose, closesBeside = false, children }: DialogProps) {
  const place = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = place.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return createPortal(
    <dialog
      ref={place}
      className={look}
      aria-label={label}
      onClose={() => {
        if (place.current?.open === false) onClose()
      }}
      onClick={({ target }) => {
        if (closesBeside && target === place.current) onClose()
      }}
    >
      {children}
    </dialog>,
    document.body,
  )
}
