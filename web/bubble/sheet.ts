/** A sheet over the page: a title, a way to close it, and what is to be chosen. */

import { type Child, element } from './element.js'
import { icon } from './icons.js'

export interface Sheet {
  readonly close: () => void
}

/** Opens it; `fill` gets the sheet, to close it when something was chosen. */
export function openSheet(
  title: string,
  close: string,
  fill: (sheet: Sheet) => readonly Child[],
): void {
  const dialog = element('dialog', { class: 'sheet', 'aria-label': title })
  const sheet = { close: () => dialog.close() }
  dialog.append(
    element(
      'header',
      { class: 'sheet__head' },
      element('h2', {}, title),
      element(
        'button',
        { class: 'sheet__close', type: 'button', 'aria-label': close, onclick: sheet.close },
        icon('cross'),
      ),
    ),
    element('div', { class: 'sheet__body' }, ...fill(sheet)),
  )
  dialog.addEventListener('close', () => dialog.remove())
  // A tap beside it closes it.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close()
  })
  document.body.append(dialog)
  dialog.showModal()
}
