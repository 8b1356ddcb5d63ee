/** What the calls answer that give a QR or a code. */

import { Type } from 'typebox'
import { needed } from './passkey-state.js'

/** The same call on an instance that is connected already. */
const connectedAlready = Type.Object({
  connected: Type.Boolean({ description: 'true: it is connected already, so there is none.' }),
})

export const valueOr = (what: string, example: string) =>
  Type.Union(
    [Type.Object({ value: Type.String({ description: what }) }), connectedAlready, needed],
    {
      description: `${what} Or \`{"connected":true}\` where it is connected already. Or \`challenge\` where WhatsApp asks for the passkey of the number.`,
      examples: [{ value: example }],
    },
  )

/** Of each of them. */
export const pairingRefusals = {
  503: 'WhatsApp cannot be reached, or gave no code in time. Try again.',
}
