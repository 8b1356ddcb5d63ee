/**
 * Refuses on input a URL that we would never call, so that its author
 * hears of it at once. `guarded-fetch.ts` judges again when it calls: what a
 * host name leads to is only known then.
 */

import { isIP } from 'node:net'
import { ForbiddenUrlError } from '../domain/errors.js'
import type { AddressRule } from './address-rule.js'

export interface UrlRule {
  readonly isAllowedAddress: AddressRule
  /** Whether plain `http:` will do. */
  readonly allowHttp: boolean
}

/** Returns the URL, parsed. Throws `ForbiddenUrlError`, whose message names the cause and the cure and never quotes the URL. */
export function checkUrl(text: string, { isAllowedAddress, allowHttp }: UrlRule): URL {
  if (!URL.canParse(text)) throw new ForbiddenUrlError('This is not a complete URL.')
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) {
    throw new ForbiddenUrlError(
      allowHttp ? 'A URL starts with https:// or http://.' : 'A URL starts with https://.',
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new ForbiddenUrlError('A URL must not hold a user name or a password.')
  }
  const host = hostOf(url)
  if (isIP(host) !== 0 && !isAllowedAddress(host)) throw forbiddenAddress()
  // `localhost` and what is below it never leave this machine, whatever a resolver says.
  if (/(^|\.)localhost\.?$/.test(host) && !isAllowedAddress('127.0.0.1')) throw forbiddenAddress()
  return url
}

/** An IPv6 address without its brackets. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

export function forbiddenAddress(): ForbiddenUrlError {
  return new ForbiddenUrlError(
    'The URL leads to an address that is not on the public internet. Use a public one, or ask the operator to allow its network.',
  )
}
