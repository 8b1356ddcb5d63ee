import { Type } from 'typebox'

/** The body of the calls that set one text: `{"value": "…"}`. */
export const valueBody = (
  description: string,
  limits: { minLength?: number; maxLength?: number; 'x-file'?: string },
) => ({
  value: Type.String({ ...limits, description }),
})
