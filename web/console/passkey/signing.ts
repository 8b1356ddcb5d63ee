/** What goes to the page of WhatsApp Web to be signed there, and what comes back. */

import type { PasskeyAnswerView } from '../../../gateway/src/console/passkey-answers.js'
import signSource from '../../extension/sign.js?raw'

export interface SigningRequest {
  /** For `PublicKeyCredential.parseRequestOptionsFromJSON`. */
  readonly options: object
  /** The address to go back to. The answer is put behind it: it ends within a fragment. */
  readonly back: string
  /** What WhatsApp calls the gateway on the phone. */
  readonly device: string
}

/** Undefined while WhatsApp does not wait for a signature, or there is no link to come back by. */
export function requestOf(
  { options, deviceName }: PasskeyAnswerView,
  link: string | undefined,
): SigningRequest | undefined {
  if (options === undefined || link === undefined) return undefined
  return { options, back: `${link}.`, device: deviceName ?? '' }
}

/** For the extension, or for a virtual phone: base64url. */
export function encoded(request: SigningRequest): string {
  const bytes = new TextEncoder().encode(JSON.stringify(request))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

export interface LineWords {
  readonly what: (device: string, host: string) => string
  readonly wrongPage: string
  readonly failed: string
}

/**
 * JavaScript for the console of the browser's developer tools, on https://web.whatsapp.com. The policy of that page
 * forbids a call to the gateway, so it goes back there with the answer; `copy`, of the developer tools, keeps it too.
 */
export function lineOf(request: SigningRequest, words: LineWords): string {
  const { options, back, device } = request
  return `// ${words.what(device, new URL(back).host)}
(async () => {
const keep = typeof copy === 'function' ? copy : () => undefined
${withoutComments(signSource)}
if (location.origin !== 'https://web.whatsapp.com') return console.error(${quoted(words.wrongPage)})
try {
const answer = await signForRecado(${quoted(options)})
keep(answer)
location.href = ${quoted(back)} + answer
} catch (error) {
console.error(${quoted(words.failed)}, error)
}
})()
`
}

function withoutComments(source: string): string {
  const lines = source.split('\n')
  return lines.filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).join('\n')
}

function quoted(value: unknown): string {
  return JSON.stringify(value)
}

/** What a person pasted, or what came behind `#`: the answer alone, or the address with it. Undefined when there is none in it. */
export function answerIn(text: string): object | undefined {
  const [last = ''] = text.trim().split('.').slice(-1)
  try {
    const binary = atob(last.replaceAll('-', '+').replaceAll('_', '/'))
    const answer: unknown = JSON.parse(binary)
    return typeof answer === 'object' && answer !== null ? answer : undefined
  } catch {
    return undefined
  }
}
