/** What is stored of each attempt to send a message, for its history. */

import type { SendResult } from '../../domain/sending.js'
import type { WhatsappId } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'

/** From the claim on; without an outcome the process died, a receipt came first, or it is in the air. */
export interface Send {
  readonly whatsappId: WhatsappId
  readonly claimedAt: EpochMs
  readonly endedAt?: EpochMs
  readonly outcome?: SendResult['kind']
  /** WhatsApp's code, where it refused. */
  readonly refusalCode?: number
}

/** A link that comes and goes may cost any number of tries that wrote nothing. */
const mostKept = 20

export function begun(
  sends: readonly Send[],
  whatsappId: WhatsappId,
  claimedAt: EpochMs,
): readonly Send[] {
  return [...sends, { whatsappId, claimedAt }].slice(-mostKept)
}

/** The last of them ended so. */
export function ended(
  sends: readonly Send[],
  result: SendResult,
  endedAt: EpochMs,
): readonly Send[] {
  const last = sends.at(-1)
  if (last === undefined) return sends
  const code = result.kind === 'refused' ? { refusalCode: result.code } : {}
  return [...sends.slice(0, -1), { ...last, endedAt, outcome: result.kind, ...code }]
}
