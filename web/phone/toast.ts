/** What is said for a moment at the foot of the screen. Screen readers hear it, too. */

import { element } from '../bubble/element.js'

const SEEN_MS = 2600
const GAP_PX = 14

export interface Toast {
  readonly element: HTMLElement
  readonly say: (text: string) => void
}

export function toaster(): Toast {
  const place = element('div', { class: 'toast-place', role: 'status', 'aria-live': 'polite' })
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    element: place,
    say: (text) => {
      clearTimeout(timer)
      liftOverComposer(place)
      place.replaceChildren(element('div', { class: 'toast' }, text))
      timer = setTimeout(() => place.replaceChildren(), SEEN_MS)
    },
  }
}

/** The text that is being written at the foot stays legible, however many lines it has. */
function liftOverComposer(place: HTMLElement): void {
  const composer = place.parentElement?.querySelector<HTMLElement>(
    '.screen:not([hidden]) .composer',
  )
  place.style.bottom = composer ? `${composer.offsetHeight + GAP_PX}px` : ''
}
