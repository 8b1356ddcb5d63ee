import { makeEventBuffer, processSyncAction } from 'baileys'
import { expect, test } from 'vitest'
import type { InstanceId } from '../../domain/instance.js'
import { silentLog } from '../../runtime/telemetry.js'
import { baileysLogger } from '../connection/baileys-logger.js'
import { hearingSyncActions, type SyncAction } from './sync-actions.js'

const me = { id: '5511999999999@s.whatsapp.net' }
const index = ['clearChat', '164354629388413@lid', '1', '0']
const value = { clearChatAction: { messageRange: { lastMessageTimestamp: 1_700_000_000 } } }

test.each([
  ['as it happens', undefined],
  ['from a snapshot', { accountSettings: { unarchiveChats: false } }],
])('a chat that was cleared is heard of %s', (_, initial) => {
  const heard: SyncAction[] = []
  const quiet = baileysLogger(silentLog, '3A' as InstanceId)
  const logger = hearingSyncActions(
    quiet,
    () => false,
    (action) => heard.push(action),
  )
  const bytes = Buffer.from(JSON.stringify(index))
  const syncAction = { index: bytes, value, padding: new Uint8Array(), version: 6 }
  const ev = makeEventBuffer(quiet)
  processSyncAction({ syncAction, index }, ev, me, initial, logger.child({ class: 'socket' }))
  expect(heard).toEqual([{ index, value, isRemoval: false }])
})
