/** Many idle sockets of unmodified Baileys in one process, their keys in memory. */

import { readFileSync } from 'node:fs'
import { BufferJSON, makeWASocket, WA_CERT_DETAILS } from 'baileys'
import { keepSignalQuiet } from '../gateway/src/whatsapp/baileys-patches/quiet-signal.js'
import type { LinkedDevice } from './linked-devices.js'

const [url = '', rootKey = '', path = ''] = process.argv.slice(2)
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'base64')
keepSignalQuiet()

const silent = {
  level: 'silent',
  child: () => silent,
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
}
const all: readonly LinkedDevice[] = JSON.parse(readFileSync(path, 'utf8'), BufferJSON.reviver)

/** Resolves when it is open. */
function open({ creds, preKeys }: LinkedDevice): Promise<void> {
  const kept = new Map<string, unknown>(
    Object.entries(preKeys).map(([id, key]) => [`pre-key ${id}`, key]),
  )
  const sock = makeWASocket({
    auth: {
      creds,
      keys: {
        get: (type, ids) =>
          Object.fromEntries(
            ids
              .map((id) => [id, kept.get(`${type} ${id}`)])
              .filter(([, value]) => value !== undefined),
          ),
        set: (changes) => {
          for (const [type, values] of Object.entries(changes))
            for (const [id, value] of Object.entries(values)) kept.set(`${type} ${id}`, value)
        },
      },
    },
    waWebSocketUrl: url,
    logger: silent,
    markOnlineOnConnect: false,
  })
  return new Promise((resolve, reject) => {
    sock.ev.on('connection.update', ({ connection, lastDisconnect }) => {
      if (connection === 'open') resolve()
      if (connection === 'close') reject(new Error('closed', { cause: lastDisconnect?.error }))
    })
  })
}

/** As many at the same time as the gateway connects. */
const atOnce = 8
const left = all.values()
const openSome = async (): Promise<void> => {
  for (const device of left) await open(device)
}
void Promise.all(Array.from({ length: atOnce }, openSome)).then(() => process.send?.('open'))
