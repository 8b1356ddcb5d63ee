/**
 * Unmodified Baileys with its keys in memory: what the gateway is measured against.
 *
 * A program of its own, told by its parent over IPC what to do.
 */

import {
  type AnyMessageContent,
  DisconnectReason,
  initAuthCreds,
  makeWASocket,
  type SignalKeyStore,
  WA_CERT_DETAILS,
  type WASocket,
} from 'baileys'
import { keepSignalQuiet } from '../gateway/src/whatsapp/baileys-patches/quiet-signal.js'
import { toWire } from '../gateway/src/whatsapp/content/index.js'
import type { BareAnswer, BareOrder } from './bare-process.js'

const [url = '', rootKey = ''] = process.argv.slice(2)
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'base64')
// libsignal prints keys when it renews a session.
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
const auth = { creds: initAuthCreds(), keys: keysInMemory() }
const acks = new Map<string, () => void>()
let sock: WASocket

function open(): void {
  sock = makeWASocket({ auth, waWebSocketUrl: url, logger: silent, markOnlineOnConnect: false })
  sock.ev.on('creds.update', (update) => Object.assign(auth.creds, update))
  sock.ev.on('connection.update', ({ connection, qr, lastDisconnect }) => {
    if (qr !== undefined) tell({ kind: 'qr', text: qr })
    if (connection === 'open') tell({ kind: 'open' })
    if (connection !== 'close') return
    const error = lastDisconnect?.error as { output?: { statusCode?: number } } | undefined
    if (error?.output?.statusCode === DisconnectReason.restartRequired) open()
    else throw new Error('the connection was lost', { cause: error })
  })
  sock.ws.on('CB:ack,class:message', ({ attrs }: { attrs: { id: string } }) => {
    acks.get(attrs.id)?.()
    acks.delete(attrs.id)
  })
}

async function sendOne(burst: BareOrder, index: number, id: string): Promise<void> {
  const chat = burst.chats[index] ?? ''
  const jid = chat.includes('@') ? chat : `${chat}@s.whatsapp.net`
  const ack = new Promise<void>((resolve) => acks.set(id, resolve))
  if (burst.kind === 'code') await sendCode(jid, id)
  else await sock.sendMessage(jid, contentOf(burst, index), { messageId: id })
  await ack
}

const text = 'Seu código de acesso'

function contentOf({ kind, images = [] }: BareOrder, index: number): AnyMessageContent {
  if (kind === 'text') return { text }
  return { image: { url: images[index % images.length] ?? '' }, caption: text }
}

/** The button that the gateway sends. */
async function sendCode(jid: string, id: string): Promise<void> {
  const content = {
    kind: 'otp-button',
    text,
    code: '845201',
    buttonText: 'Copiar código',
  } as const
  const files = { prepared: new Map(), uploaded: new Map() }
  const wire = toWire(content, files, { shape: 'full', at: Date.now() })
  await sock.relayMessage(jid, wire.message, {
    messageId: id,
    additionalNodes: [...wire.additionalNodes],
  })
}

let sent = 0

async function sendAll(burst: BareOrder): Promise<void> {
  for (const index of burst.chats.keys()) {
    sent += 1
    await sendOne(burst, index, `BARE${sent}`)
  }
}

process.on('message', (order: BareOrder) => {
  void sendAll(order).then(() => tell({ kind: 'sent' }))
})

/** The cheapest store there is: nothing is copied, nothing written. */
function keysInMemory(): SignalKeyStore {
  const kept = new Map()
  return {
    get: (type, ids) => {
      const found = ids.map((id) => [id, kept.get(`${type} ${id}`)])
      return Object.fromEntries(found.filter(([, value]) => value !== undefined))
    },
    set: (changes) => {
      for (const [type, values] of Object.entries(changes))
        for (const [id, value] of Object.entries(values)) {
          if (value === null) kept.delete(`${type} ${id}`)
          else kept.set(`${type} ${id}`, value)
        }
    },
  }
}

function tell(answer: BareAnswer): void {
  process.send?.(answer)
}

open()
