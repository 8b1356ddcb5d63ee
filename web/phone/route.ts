/** Which screen of the phone is open: the part of the address behind `#`, so that the browser's back button works. */

export type Route =
  | { readonly screen: 'chats' }
  | { readonly screen: 'chat'; readonly chat: string }
  | { readonly screen: 'new-chat' }
  /** `qr` is filled in when another page leads here with one. */
  | { readonly screen: 'linked'; readonly qr: string }

export function routeOf(hash: string): Route {
  const [screen, ...rest] = hash.replace(/^#\/?/, '').split('/')
  const about = decoded(rest.join('/'))
  switch (screen) {
    case 'chat':
      return about === '' ? { screen: 'chats' } : { screen: 'chat', chat: about }
    case 'new-chat':
      return { screen: 'new-chat' }
    case 'linked':
      return { screen: 'linked', qr: about }
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
      return `#chat/${encodeURIComponent(route.chat)}`
    case 'new-chat':
      return '#new-chat'
    case 'linked':
      return route.qr === '' ? '#linked' : `#linked/${encodeURIComponent(route.qr)}`
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
