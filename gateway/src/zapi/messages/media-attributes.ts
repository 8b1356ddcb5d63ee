/** What several calls with a file have. */

import { Type } from 'typebox'
import { longestCaption } from '../send.js'

export const captionAttribute = Type.Optional(
  Type.String({ maxLength: longestCaption, description: 'The text below it.' }),
)

export const viewOnceAttribute = Type.Optional(
  Type.Boolean({
    description: 'Phones show it once, and WhatsApp Web not at all.',
  }),
)

/** Programs written for Z-API give it. */
export const asyncAttribute = Type.Optional(
  Type.Unknown({ description: 'Ignored: the file is always read after the answer.' }),
)
