/**
 * What a phone sends a freshly linked companion: app-state keys and the history, which may be
 * empty. A client waits for it (20 s) before it tells its user anything.
 */

import { proto } from 'baileys'
import type { Past } from '../past.js'
import type { AppStateKey } from './app-state.js'
import { historyOf, type PastParts } from './past.js'

const { Type } = proto.Message.ProtocolMessage

/** The contents in the order in which they have to be sent. */
export async function companionSetup(
  key: AppStateKey,
  past: Past,
  parts: PastParts,
): Promise<readonly proto.IMessage[]> {
  return [keyShare(key), ...(await historyOf(past, parts))]
}

function keyShare({ id, data }: AppStateKey): proto.IMessage {
  return {
    protocolMessage: {
      type: Type.APP_STATE_SYNC_KEY_SHARE,
      appStateSyncKeyShare: { keys: [{ keyId: { keyId: id }, keyData: data }] },
    },
  }
}
