/**
 * A question to WhatsApp's server, with the three ways it can end.
 *
 * Baileys gives `undefined` for an answer that did not come in time, and many
 * of its own functions take that for a success.
 */

import type { BinaryNode, WASocket } from 'baileys'
import { WhatsappRefusedError, WhatsappSilentError } from '../../domain/errors.js'

/** Throws `WhatsappRefusedError`, `WhatsappSilentError`. */
export async function ask(sock: Pick<WASocket, 'query'>, iq: BinaryNode): Promise<BinaryNode> {
  return answerTo(sock.query(iq))
}

/** The same for a question that Baileys asks. */
export async function answerTo<T>(question: Promise<T | undefined>): Promise<T> {
  try {
    const answer = await question
    if (answer !== undefined) return answer
  } catch (cause) {
    const code = refusalCodeOf(cause)
    if (code !== undefined)
      throw new WhatsappRefusedError(`WhatsApp refused it (${code}).`, { cause, refusal: code })
    throw silent({ cause })
  }
  throw silent()
}

/** The code of WhatsApp's error, which Baileys hands on as `data`; `undefined` for every other failure. */
export function refusalCodeOf(cause: unknown): number | undefined {
  if (!(cause instanceof Error) || !('data' in cause)) return undefined
  return typeof cause.data === 'number' ? cause.data : undefined
}

function silent(options?: ErrorOptions): WhatsappSilentError {
  return new WhatsappSilentError('WhatsApp did not answer in time. Try again.', options)
}
