/**
 * What a phone sends a freshly linked companion: app-state keys and an empty
 * history. A client waits for it (20 s) before it tells its user anything.
 */

import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { proto } from 'baileys'

const { Type } = proto.Message.ProtocolMessage
const { HistorySyncType } = proto.HistorySync

/** The contents in the order in which they have to be sent. */
export function companionSetup(now: number): readonly proto.IMessage[] {
  return [
    keyShare(now),
    history(HistorySyncType.INITIAL_BOOTSTRAP, 1),
    history(HistorySyncType.RECENT, 2),
  ]
}

function keyShare(now: number): proto.IMessage {
  const keyData = {
    keyData: randomBytes(32),
    fingerprint: { rawId: 1, currentIndex: 1, deviceIndexes: [0] },
    timestamp: now,
  }
  return {
    protocolMessage: {
      type: Type.APP_STATE_SYNC_KEY_SHARE,
      appStateSyncKeyShare: { keys: [{ keyId: { keyId: randomBytes(6) }, keyData }] },
    },
  }
}

function history(syncType: proto.HistorySync.HistorySyncType, chunkOrder: number): proto.IMessage {
  const empty = proto.HistorySync.encode({ syncType, conversations: [], progress: 100, chunkOrder })
  return {
    protocolMessage: {
      type: Type.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: {
        syncType: syncType as number,
        progress: 100,
        chunkOrder,
        initialHistBootstrapInlinePayload: deflateSync(empty.finish()),
      },
    },
  }
}
