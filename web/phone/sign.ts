/** Signs with the passkey of the phone's number in place of a browser on web.whatsapp.com, and goes back to who asked. */

import { ApiError, type PhoneApi } from './api.js'

interface Request {
  readonly challenge: string
  /** The answer is put behind it. */
  readonly back: string
}

/** @throws ApiError when the text is no request, or the simulator refuses */
export async function signAndGoBack(api: PhoneApi, text: string): Promise<void> {
  const { challenge, back } = requestIn(text)
  const answer = JSON.stringify(await api.signWithPasskey(challenge))
  location.assign(back + btoa(answer).replaceAll('+', '-').replaceAll('/', '_'))
}

/** The console's page makes the text: base64url of JSON. */
function requestIn(text: string): Request {
  const wrong = 'This address asks for no signature that a phone could give.'
  let request: unknown
  try {
    request = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
  } catch (cause) {
    throw new ApiError(wrong, { cause })
  }
  const challenge = textAt(fieldOf(request, 'options'), 'challenge')
  const back = textAt(request, 'back')
  if (challenge === undefined || back === undefined || !/^https?:\/\//u.test(back))
    throw new ApiError(wrong)
  return { challenge, back }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textAt(value: unknown, name: string): string | undefined {
  const found = fieldOf(value, name)
  return typeof found === 'string' ? found : undefined
}
