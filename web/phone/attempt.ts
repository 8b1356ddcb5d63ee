import { ApiError } from './api.js'

/** Does something that the simulator may refuse, and says a refusal. Gives whether it was done. */
export async function attempted(
  work: () => Promise<void>,
  say: (text: string) => void,
): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    say(error.message)
    return false
  }
}
