/** What links a phone, besides QR and pairing code. */

import { passkeyCode } from './passkey-code.js'
import { passkeyLink } from './passkey-link.js'
import { passkeyPrologue } from './passkey-prologue.js'
import { passkey } from './passkey.js'
import { resetPasskeyChallenge } from './reset-passkey-challenge.js'

export const pairingEndpoints = [
  passkey,
  passkeyLink,
  passkeyPrologue,
  passkeyCode,
  resetPasskeyChallenge,
]
