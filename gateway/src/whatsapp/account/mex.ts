/** Asks WhatsApp's GraphQL service over an open socket (`xmlns=w:mex`). */

import { type BinaryNode, getBinaryNodeChild, S_WHATSAPP_NET, type WASocket } from 'baileys'
import { WhatsappRefusedError } from '../../domain/errors.js'
import { ask } from '../connection/ask.js'
import type { MexDocuments, MexOperation } from './mex-operations.js'
import { textOf } from './wire-text.js'

export type Json = Readonly<Record<string, unknown>>

/**
 * `variables` has every variable of the document: WhatsApp answers 400 where one is missing (measured by
 * the program wamux, 2026-09). Throws `WhatsappRefusedError` with WhatsApp's code, `WhatsappSilentError`.
 */
export async function askMex(
  sock: Pick<WASocket, 'query'>,
  documents: MexDocuments,
  operation: MexOperation,
  variables: Json,
): Promise<unknown> {
  const { id, answer } = documents(operation)
  const attrs = { to: S_WHATSAPP_NET, type: 'get', xmlns: 'w:mex' }
  const query = {
    tag: 'query',
    attrs: { query_id: id },
    content: Buffer.from(JSON.stringify({ variables })),
  }
  const told = resultIn(await ask(sock, { tag: 'iq', attrs, content: [query] }))
  const code = errorIn(told)
  if (code !== undefined)
    throw new WhatsappRefusedError(`WhatsApp refused it (${code}).`, { refusal: code })
  const value = field(field(told, 'data'), answer)
  if (value === undefined || value === null)
    throw new WhatsappRefusedError('WhatsApp told nothing of it (404).', { refusal: 404 })
  return value
}

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

export function textField(value: unknown, name: string): string | undefined {
  const text = field(value, name)
  return typeof text === 'string' ? text : undefined
}

/** WhatsApp writes whole numbers as texts, too. */
export function numberField(value: unknown, name: string): number | undefined {
  const given = field(value, name)
  const number = typeof given === 'string' && given !== '' ? Number(given) : given
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? number
    : undefined
}

function resultIn(answer: BinaryNode): unknown {
  const result = getBinaryNodeChild(answer, 'result')
  const text = result && textOf(result)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    throw new WhatsappRefusedError('WhatsApp answered in a form that Recado does not read.')
  }
}

/** The code of the first error; 400 where it has none. */
function errorIn(told: unknown): number | undefined {
  const errors = field(told, 'errors')
  if (!Array.isArray(errors) || errors.length === 0) return undefined
  return numberField(field(errors[0], 'extensions'), 'error_code') ?? 400
}
