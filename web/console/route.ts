/** Which page is open: the path behind `/console/`, so that the browser's back button and bookmarks work. */

export const tabs = [
  'overview',
  'send',
  'messages',
  'queue',
  'callbacks',
  'settings',
  'health',
] as const
export type Tab = (typeof tabs)[number]

export type Route =
  | { readonly page: 'instances' }
  | { readonly page: 'account' }
  | {
      readonly page: 'instance'
      readonly id: string
      readonly tab: Tab
      /** The message or callback that is opened in it. */
      readonly item: string | undefined
    }

const home = '/console/'

export function routeOf(path: string): Route {
  const [first, id, tab, item] = path.slice(home.length).split('/').map(decodeURIComponent)
  if (first === 'account') return { page: 'account' }
  if (first !== 'instances' || id === undefined || id === '') return { page: 'instances' }
  const known = tabs.find((each) => each === tab) ?? 'overview'
  return { page: 'instance', id, tab: known, item: item === '' ? undefined : item }
}

export function pathOf(route: Route): string {
  if (route.page === 'instances') return home
  if (route.page === 'account') return `${home}account`
  const { id, tab, item } = route
  const parts = ['instances', id, ...(tab === 'overview' ? [] : [tab]), ...(item ? [item] : [])]
  return home + parts.map(encodeURIComponent).join('/')
}
