/**
 * Hears each change of the settings that the devices of a number share, from what Baileys logs of it.
 *
 * Baileys has no event for a chat that was cleared, and tells of a deleted one without the message up to
 * which it was meant. Its logger gets the whole change before it is looked at. Checked with 7.0.0-rc14
 * (`processSyncAction` in `Utils/chat-utils.js`).
 */

import type { proto, SocketConfig } from 'baileys'

type Logger = SocketConfig['logger']

export interface SyncAction {
  /** `clearChat`, the chat, and the like. */
  readonly index: readonly string[]
  readonly value: proto.ISyncActionValue
  /** The record is gone; `value` is what it was then. */
  readonly isRemoval: boolean
}

/**
 * The same logger, which also calls `listen`. That must not throw, and must not change what it gets.
 * `isRemoved` is asked once for each change.
 */
export function hearingSyncActions(
  logger: Logger,
  isRemoved: (index: readonly string[]) => boolean,
  listen: (action: SyncAction) => void,
): Logger {
  const hearing: Logger = {
    ...logger,
    child: () => hearing,
    trace(told, text) {
      logger.trace(told, text)
      const action = text === 'processing sync action' ? actionIn(told) : undefined
      if (action !== undefined) listen({ ...action, isRemoval: isRemoved(action.index) })
    },
  }
  return hearing
}

interface LoggedAction {
  readonly syncAction?: {
    readonly index?: readonly string[]
    readonly syncAction?: { readonly value?: proto.ISyncActionValue | null }
  }
}

function actionIn(told: unknown): Omit<SyncAction, 'isRemoval'> | undefined {
  // The shape is that of the line which the text above names.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { index, syncAction } = (told as LoggedAction).syncAction ?? {}
  return index && { index, value: syncAction?.value ?? {} }
}
