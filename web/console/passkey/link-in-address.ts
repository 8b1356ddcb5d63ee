/**
 * What stands behind `#` in the address of a one-time link: its token, and behind a dot the answer when a person
 * comes back from WhatsApp Web. It is taken out of the address at once, so that it stands in no history.
 */

export interface LinkInAddress {
  readonly token: string
  /** As it came. */
  readonly answer: string | undefined
}

/** Of this tab, so that loading the page again does not lose the link. */
const kept = 'recado.passkey-link'

/** The link that the page was opened with, or was opened with before. Undefined without one. */
export function takeLink(): LinkInAddress | undefined {
  const [, token, answer] = /^#([\w-]{22})(?:\.(.+))?$/u.exec(location.hash) ?? []
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  if (token !== undefined) sessionStorage.setItem(kept, token)
  const known = token ?? sessionStorage.getItem(kept)
  return known === null ? undefined : { token: known, answer }
}

/** The address of a link, as this browser reaches the gateway: the public one may be another. */
export function linkHere(token: string): string {
  return `${location.origin}/console/passkey#${token}`
}

/** For another computer. A gateway that was not told its public address names one that only its own machine reaches. */
export function linkElsewhere(link: string): string {
  const { hostname, hash } = new URL(link)
  const isOwn = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  return isOwn ? linkHere(hash.slice(1)) : link
}
