import { Type } from 'typebox'

/** The body of the calls that switch something: `{"value": true}`. */
export const onOrOff = (description: string) => ({ value: Type.Boolean({ description }) })
