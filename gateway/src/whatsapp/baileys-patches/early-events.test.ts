import { type ChatUpdate, makeEventBuffer } from 'baileys'
import { expect, test } from 'vitest'
import { baileysLogger } from '../connection/baileys-logger.js'
import { silentLog } from '../../runtime/telemetry.js'
import type { InstanceId } from '../../domain/instance.js'
import { hearEarly } from './early-events.js'

test('an event is heard while Baileys holds it back, once, and still by its own listeners', () => {
  const ev = makeEventBuffer(baileysLogger(silentLog, 'early' as InstanceId))
  const [early, late]: [ChatUpdate[], ChatUpdate[]] = [[], []]
  hearEarly({ ev }, { 'chats.update': (updates) => early.push(...updates) })
  ev.on('chats.update', (updates) => late.push(...updates))
  ev.buffer()
  ev.emit('messaging-history.set', { chats: [], contacts: [], messages: [], isLatest: true })
  ev.emit('chats.update', [{ id: '5511999999999@s.whatsapp.net', archived: true }])
  expect([early.length, late.length]).toEqual([1, 0])
  ev.flush()
  expect([early.length, late.length]).toEqual([1, 1])
})
