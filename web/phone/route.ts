/** Which screen of the phone is open: the part of the address behind `#`, so that the browser's back button works. */

import { useMemo, useSyncExternalStore } from 'react'

export type Route =
  | { readonly screen: 'chats' }
  | { readonly screen: 'chat'; readonly chat: string }
  | { readonly screen: 'new-chat' | 'new-group' | 'archived' | 'updates' }
  /** What was made of a chat. */
  | { readonly screen: 'info'; readonly chat: string }
  /** The statuses of one person. */
  | { readonly screen: 'status'; readonly from: string }
  /** `scan` is the text of a QR code that another page led here with; empty without one. */
  | { readonly screen: 'linked'; readonly scan: string; readonly sign?: never }
  /** `sign` is what another page wants to have signed with the passkey of the phone's number. */
  | { readonly screen: 'linked'; readonly scan: ''; readonly sign: string }

/** The screen that is open. The same object until the address changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(onHashChange, () => location.hash)
  return useMemo(() => routeOf(hash), [hash])
}

function onHashChange(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

const SCAN = '#scan='
const SIGN = '#sign='

export function routeOf(hash: string): Route {
  if (hash.startsWith(SCAN)) return { screen: 'linked', scan: decoded(hash.slice(SCAN.length)) }
  if (hash.startsWith(SIGN)) return { screen: 'linked', scan: '', sign: hash.slice(SIGN.length) }
  const [screen, ...rest] = hash.replace(/^#\/?/, '').split('/')
  const about = decoded(rest.join('/'))
  switch (screen) {
    case 'chat':
      return about === '' ? { screen: 'chats' } : { screen: 'chat', chat: about }
    case 'info':
      return about === '' ? { screen: 'chats' } : { screen: 'info', chat: about }
    case 'status':
      return { screen: 'status', from: about }
    case 'new-chat':
    case 'new-group':
    case 'archived':
    case 'updates':
      return { screen }
    case 'linked':
      return { screen: 'linked', scan: '' }
    case undefined:
    default:
      return { screen: 'chats' }
  }
}

export function hashOf(route: Route): string {
  switch (route.screen) {
    case 'chats':
      return '#chats'
    case 'chat':
    case 'info':
      return `#${route.screen}/${encodeURIComponent(route.chat)}`
    case 'status':
      return `#status/${encodeURIComponent(route.from)}`
    case 'new-chat':
    case 'new-group':
    case 'archived':
    case 'updates':
      return `#${route.screen}`
    case 'linked':
      if (route.sign !== undefined) return SIGN + route.sign
      return route.scan === '' ? '#linked' : `${SCAN}${encodeURIComponent(route.scan)}`
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
