import { Type } from 'typebox'

/** Of a path that names a message. */
export const zaapIdParams = {
  zaapId: Type.String({ description: 'The zaapId of the answer to the send.' }),
}
