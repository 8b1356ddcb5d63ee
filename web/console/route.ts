/** Which page is open: the path behind `/console/`, so that the browser's back button and bookmarks work. */

import { useMemo, useSyncExternalStore } from 'react'

export const tabs = [
  'overview',
  'send',
  'messages',
  'chats',
  'queue',
  'callbacks',
  'settings',
  'health',
] as const
export type Tab = (typeof tabs)[number]

export type Route =
  | { readonly page: 'instances' }
  | { readonly page: 'pools' }
  | { readonly page: 'pool'; readonly id: string }
  | { readonly page: 'account' }
  | { readonly page: 'alerts' }
  | { readonly page: 'people' }
  | { readonly page: 'trail' }
  | { readonly page: 'refused' }
  | { readonly page: 'nodes' }
  /** Of all instances; the filters stand in the address behind it. */
  | { readonly page: 'messages'; readonly search?: string }
  /** The page of a one-time link. */
  | { readonly page: 'passkey' }
  | { readonly page: 'invitation' }
  | {
      readonly page: 'instance'
      readonly id: string
      readonly tab: Tab
      /** The message, chat or callback that is opened in it. */
      readonly item: string | undefined
      /** What the list of the tab is searched for, as it stands in the address. */
      readonly search?: string
    }

const home = '/console/'

function routeOf(path: string): Route {
  const [first, id, tab, item] = path.slice(home.length).split('/').map(decodeURIComponent)
  if (
    first === 'messages' ||
    first === 'account' ||
    first === 'refused' ||
    first === 'alerts' ||
    first === 'people' ||
    first === 'invitation' ||
    first === 'trail' ||
    first === 'nodes' ||
    first === 'passkey'
  )
    return { page: first }
  if (first === 'pools')
    return id === undefined || id === '' ? { page: 'pools' } : { page: 'pool', id }
  if (first !== 'instances' || id === undefined || id === '') return { page: 'instances' }
  const known = tabs.find((each) => each === tab) ?? 'overview'
  return { page: 'instance', id, tab: known, item: item === '' ? undefined : item }
}

export function pathOf(route: Route): string {
  if (route.page === 'instances') return home
  if (route.page === 'messages') return `${home}messages${route.search ?? ''}`
  if (route.page === 'pool') return `${home}pools/${encodeURIComponent(route.id)}`
  if (route.page !== 'instance') return home + route.page
  const { id, tab, item } = route
  const parts = ['instances', id, ...(tab === 'overview' ? [] : [tab]), ...(item ? [item] : [])]
  return home + parts.map(encodeURIComponent).join('/') + (route.search ?? '')
}

const listeners = new Set<() => void>()
let moved = false

addEventListener('popstate', tell)

function tell(): void {
  moved = true
  for (const listener of listeners) listener()
}

export function go(route: Route): void {
  history.pushState(null, '', pathOf(route))
  tell()
  scrollTo({ top: 0 })
}

/** Whether the page was reached from another page, instead of loaded. */
export function hasMovedTo(path: string): boolean {
  return moved && location.pathname === path
}

export function usePath(): string {
  return useSyncExternalStore(listen, () => location.pathname)
}

/** The filters of a list, behind the path. */
export function useSearch(): URLSearchParams {
  const search = useSyncExternalStore(listen, () => location.search)
  return useMemo(() => new URLSearchParams(search), [search])
}

/** Other filters for the same page. They take the place of those before, so that "back" leaves the page. */
export function setSearch(search: URLSearchParams): void {
  const text = search.toString()
  history.replaceState(null, '', location.pathname + (text === '' ? '' : `?${text}`))
  for (const listener of listeners) listener()
}

export function useRoute(): Route {
  const path = usePath()
  return useMemo(() => routeOf(path), [path])
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
