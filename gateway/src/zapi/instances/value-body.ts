import { Type } from 'typebox'

/** The body of the calls that set one text: `{"value": "…"}`. */
export const valueBody = (
  description: string,
  limits: { minLength?: number; maxLength?: number },
) => ({
  value: Type.String({ ...limits, description }),
})
