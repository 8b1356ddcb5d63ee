/** Why an image could not be downloaded, in words for its author. None of them holds the URL. */

import { ForbiddenUrlError, MediaError } from '../domain/errors.js'
import type { FetchedResponse } from '../runtime/fetch-types.js'
import { innermostCode, type NetworkFailure, networkFailureOf } from '../runtime/network-failure.js'
import { tooLarge } from './data-uri.js'

/** What is wrong with the answer; `undefined` if nothing is. */
export function problemOfAnswer(
  { status, truncated, unfollowed }: FetchedResponse,
  byteLength: number,
  maxBytes: number,
): MediaError | undefined {
  if (unfollowed !== undefined) return new MediaError(redirectTexts[unfollowed])
  if (status < 200 || status >= 300)
    return new MediaError(textOfStatus(status), {
      retryable: status >= 500 || status === 408 || status === 429,
    })
  if (truncated) return tooLarge(maxBytes)
  return byteLength === 0 ? new MediaError('The image is empty. Check the URL.') : undefined
}

const redirectTexts: Readonly<Record<NonNullable<FetchedResponse['unfollowed']>, string>> = {
  nowhere: "The image's server redirects without saying where to. Check the URL.",
  unreadable: "The image's server redirects to what is no URL. Check the URL.",
  circle: "The image's URL redirects in a circle. Check the URL.",
  'too-often': "The image's URL redirects too often. Use the address that it leads to in the end.",
}

function textOfStatus(status: number): string {
  if (status === 401 || status === 403)
    return `The image's server answered ${status}. The image has to be public, without a login.`
  if (status === 404 || status === 410)
    return `The image's server answered ${status}: there is nothing at this address. Check the URL.`
  if (status === 429)
    return "The image's server answered 429: it was asked too often. Try again later."
  if (status >= 500) return `The image's server answered ${status}. Try again later.`
  return `The image's server answered ${status}. Check the URL.`
}

/** What is wrong where no complete answer came. */
export function problemOfFailure(cause: unknown, timeoutMs: number): MediaError {
  if (cause instanceof ForbiddenUrlError) return new MediaError(cause.message, { cause })
  const failure = networkFailureOf(cause)
  return new MediaError(failureTexts[failure](innermostCode(cause), timeoutMs / 1_000), {
    cause,
    retryable: !isLasting.has(failure),
  })
}

/** The next try a few seconds later would end the same way. */
const isLasting: ReadonlySet<NetworkFailure> = new Set(['port', 'tls', 'encoding', 'not-http'])

const failureTexts: Readonly<Record<NetworkFailure, (code: string, seconds: number) => string>> = {
  name: (code) => `The name of the image's server was not found (${code}). Check the URL.`,
  connect: (code) => `The image's server does not take a connection (${code}). Check the URL.`,
  port: () => "The port in the image's URL is not one for HTTP. Check the URL.",
  timeout: (_, seconds) =>
    `The image's server took longer than ${seconds} seconds. Use a smaller image or a faster server.`,
  tls: (code) =>
    `The certificate of the image's server was not accepted (${code}). Use a server whose certificate is valid.`,
  cut: (code) => `The image's server ended its answer too early (${code}). Try again later.`,
  encoding: (code) =>
    `The image is not compressed as its server says in Content-Encoding (${code}). Use another server.`,
  'not-http': (code) =>
    `What answers at the image's URL does not speak HTTP (${code}). Check the URL.`,
  unknown: (code) => `The image's server could not be asked (${code}). Check the URL.`,
}
