/** The id and token that an instance or a pool brings along. */

import { Type } from 'typebox'
import { type InstanceId, isInstanceId, isInstanceToken } from '../../domain/instance.js'
import { InvalidRequestError } from '../error-replies.js'

export const identity = {
  id: Type.Optional(
    Type.String({
      description:
        '**Ours.** The id that it has elsewhere, so that URLs keep their path: 16 to 64 letters and digits. A new one unless given.',
    }),
  ),
  token: Type.Optional(
    Type.String({
      description:
        '**Ours.** The same of its token: 24 to 128 letters and digits. A new one unless given.',
    }),
  ),
}

interface Identity {
  readonly id?: string
  readonly token?: string
}

/** Throws `InvalidRequestError`. */
export function identityIn({ id, token }: Identity): {
  readonly id: InstanceId | undefined
  readonly token: string | undefined
} {
  if (id !== undefined && !isInstanceId(id))
    throw new InvalidRequestError('id must be 16 to 64 letters and digits')
  if (token !== undefined && !isInstanceToken(token))
    throw new InvalidRequestError('token must be 24 to 128 letters and digits')
  if (token !== undefined && token === id)
    throw new InvalidRequestError('token must differ from id, which is no secret')
  return { id, token }
}
