/** What links a phone. */

import { passkeyCode } from './passkey-code.js'
import { passkeyLink } from './passkey-link.js'
import { passkeyPrologue } from './passkey-prologue.js'
import { passkey } from './passkey.js'
import { phoneCode } from './phone-code.js'
import { qrCodeImage } from './qr-code-image.js'
import { qrCode } from './qr-code.js'
import { resetPasskeyChallenge } from './reset-passkey-challenge.js'

export const pairingEndpoints = [
  qrCode,
  qrCodeImage,
  phoneCode,
  passkey,
  passkeyLink,
  passkeyPrologue,
  passkeyCode,
  resetPasskeyChallenge,
]
