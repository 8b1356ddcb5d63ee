/** Keys that work on every page: `/` and Ctrl-K go to the search over all messages. */

import { useEffect } from 'react'
import { go } from './route.js'

export const searchFieldId = 'search'

export function useShortcuts(): void {
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

function onKey(event: KeyboardEvent): void {
  const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
  const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
  if (!isFind && !(isSlash && !isTyping(event.target))) return
  event.preventDefault()
  const field = searchField()
  if (field !== null) return field.select()
  isWanted = true
  go({ page: 'messages' })
}

/** The field was asked for before its page was there. */
let isWanted = false

/** A `ref` of the field. */
export function takeSearch(field: HTMLInputElement | null): void {
  if (field === null || !isWanted) return
  isWanted = false
  field.select()
}

function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`#${searchFieldId}`)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}
