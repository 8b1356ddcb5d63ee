import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { downloadAndProcessHistorySyncNotification, proto } from 'baileys'
import { expect, test } from 'vitest'
import { withoutHistory } from './own-history.js'

const { FULL, INITIAL_BOOTSTRAP, ON_DEMAND, RECENT } = proto.Message.HistorySyncType
const inline = deflateSync(
  proto.HistorySync.encode({
    syncType: proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP,
    conversations: [{ id: '5511999999999@s.whatsapp.net' }],
  }).finish(),
)

test.each([
  ['sent along', { initialHistBootstrapInlinePayload: inline }],
  ['that lies on the media host', { directPath: '/v/part', mediaKey: randomBytes(32) }],
])('Baileys reads nothing of a history %s, and goes on', async (_, part) => {
  const notice = { syncType: INITIAL_BOOTSTRAP, ...part }
  expect(withoutHistory(notice)).toBe(true)
  const read = await downloadAndProcessHistorySyncNotification(notice, {})
  expect(read).toMatchObject({ chats: [], messages: [] })
})

test.each([
  [RECENT, true],
  [FULL, false],
  [ON_DEMAND, false],
])('of type %i Baileys is shown one: %s', (syncType, isShown) => {
  expect(withoutHistory({ syncType, directPath: '/v/part' })).toBe(isShown)
})
