/**
 * What a phone sends a freshly linked companion: app-state keys and an empty
 * history. A client waits for it (20 s) before it tells its user anything.
 */

import { deflateSync } from 'node:zlib'
import { proto } from 'baileys'
import type { AppStateKey } from './app-state.js'

const { Type } = proto.Message.ProtocolMessage

/** WhatsApp's schema has the same list twice: once for the notice, once for the history itself. */
const NOTICE = proto.Message.HistorySyncType
const HISTORY = proto.HistorySync.HistorySyncType

/** The contents in the order in which they have to be sent. */
export function companionSetup(key: AppStateKey): readonly proto.IMessage[] {
  return [
    keyShare(key),
    emptyHistory(NOTICE.INITIAL_BOOTSTRAP, HISTORY.INITIAL_BOOTSTRAP, 1),
    emptyHistory(NOTICE.RECENT, HISTORY.RECENT, 2),
  ]
}

function keyShare({ id, data }: AppStateKey): proto.IMessage {
  return {
    protocolMessage: {
      type: Type.APP_STATE_SYNC_KEY_SHARE,
      appStateSyncKeyShare: { keys: [{ keyId: { keyId: id }, keyData: data }] },
    },
  }
}

function emptyHistory(
  notice: proto.Message.HistorySyncType,
  syncType: proto.HistorySync.HistorySyncType,
  chunkOrder: number,
): proto.IMessage {
  const history = { syncType, conversations: [], progress: 100, chunkOrder }
  const payload = deflateSync(proto.HistorySync.encode(history).finish())
  return {
    protocolMessage: {
      type: Type.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: {
        syncType: notice,
        progress: 100,
        chunkOrder,
        initialHistBootstrapInlinePayload: payload,
      },
    },
  }
}
