import { PasskeyAnswerError, PasskeyStepError } from '../../domain/errors.js'

export type Attempt =
  | { readonly success: true }
  | { readonly success: false; readonly reason: string }

/** What was refused is an answer and no error: Z-API writes it so. */
export async function attempt(act: Promise<void>): Promise<Attempt> {
  try {
    await act
    return { success: true }
  } catch (cause) {
    if (!(cause instanceof PasskeyAnswerError || cause instanceof PasskeyStepError)) throw cause
    return { success: false, reason: cause.message }
  }
}
