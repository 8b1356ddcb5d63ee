/** Which of Z-API's documented callbacks is which. */

import type { Documented } from '../support/callback-contract.js'
import { events, samples } from './callback-samples.js'

/** What cannot arise here. `docs/callbacks.md` has the reasons, with their evidence. */
export const cannotArise: ReadonlySet<string> = new Set(['CALL_RECEIVED', 'CALL_MISSED'])

/** The payload or notification that tells a documented callback from the others. */
export function kindOf({ notification, shape }: Documented): string {
  if (notification !== undefined) return notification
  const kinds = [...cannotArise, ...Object.keys(samples), ...Object.keys(events)]
  const everywhere = new Set(['text', 'isStatusReply'])
  const telling = kinds.find((kind) => kind in shape && !everywhere.has(kind))
  if (telling !== undefined) return telling
  // Of a status that was a text nothing is repeated.
  return 'messageExpirationSeconds' in shape ? 'isStatusReply' : 'text'
}
