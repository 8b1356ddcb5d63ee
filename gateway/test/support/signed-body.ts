/** What a signed webhook told. */

import { Webhook } from 'standardwebhooks'
import type { Hit } from './endpoint-server.js'

/** The body of the hit. Throws where there is none, or its signature is not of this secret. */
export function signedBody(secret: string, hit: Hit | undefined): unknown {
  if (hit === undefined) throw new Error('the receiver was not hit')
  return new Webhook(secret).verify(hit.text, hit.headers)
}
