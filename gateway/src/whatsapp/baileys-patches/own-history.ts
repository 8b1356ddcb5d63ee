/**
 * Keeps Baileys from reading the history.
 *
 * Baileys downloads a part, decodes it in one go and holds all of it in memory, while incoming messages
 * wait (`Socket/messages-recv.js` does it within their mutex); a part of 50,000 messages stops the
 * process for a second. `receive/history-sync.ts` reads it beside the traffic, so Baileys is shown an
 * empty one: it only has to notice that there is a history, and then fetches the settings.
 * Checked with 7.0.0-rc14 (`Utils/history.js`, `Utils/process-message.js`).
 */

import { deflateSync } from 'node:zlib'
import { proto } from 'baileys'

type Notice = proto.Message.IHistorySyncNotification

const { FULL, ON_DEMAND, INITIAL_STATUS_V3 } = proto.Message.HistorySyncType
const { INITIAL_BOOTSTRAP } = proto.HistorySync.HistorySyncType
const empty = deflateSync(proto.HistorySync.encode({ syncType: INITIAL_BOOTSTRAP }).finish())
/** Baileys waits for none of these. */
const later: readonly unknown[] = [FULL, ON_DEMAND, INITIAL_STATUS_V3]

/** For Baileys' options. Read the notice itself before this drops it. */
export function withoutHistory(notice: Notice): boolean {
  const isNotice = Boolean(notice.directPath ?? notice.initialHistBootstrapInlinePayload)
  // Baileys asks about a notice that it made up, too.
  if (isNotice) notice.initialHistBootstrapInlinePayload = empty
  return !later.includes(notice.syncType)
}
