/** What the calls on pools share. */

import { Type } from 'typebox'
import { exampleId } from './shapes.js'

const examplePoolId = '319D44C0F0017A10B1C2D3E4F5061728'

const id = (description: string) => Type.String({ minLength: 1, maxLength: 64, description })

export const poolParams = { poolId: id('The id of the pool.') }
export const memberParams = { ...poolParams, memberId: id('The id of the instance.') }

export const noSuchPool = { 404: 'There is no such pool.' }

export const listedPool = Type.Object({
  id: Type.String({ description: "The pool's id, for the path of its calls." }),
  token: Type.Optional(
    Type.String({ description: 'Its token, for the path of its calls. Not told in the console.' }),
  ),
  name: Type.String({ description: 'Its name.' }),
  created: Type.String({ description: 'When it was made, ISO 8601.' }),
  members: Type.Array(
    Type.Object({
      instanceId: Type.String({ description: 'The id of the instance.' }),
      weight: Type.Integer({ description: 'Its share of new people.' }),
      whatsappConnected: Type.Boolean({ description: 'Whether it can send now.' }),
    }),
    { description: 'The instances that send for it.' },
  ),
})

export const examplePool = {
  id: examplePoolId,
  token: 'p7Qd0vX2mZpT4sYb9LrA1nWc',
  name: 'Logins',
  created: '2026-11-29T09:00:00.000Z',
  members: [{ instanceId: exampleId, weight: 1, whatsappConnected: true }],
}
