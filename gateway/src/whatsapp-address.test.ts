/** Where the phones of a simulator are, and that WhatsApp's own are never looked for. */

import { expect, it } from 'vitest'
import { virtualPhonesUrl } from './whatsapp-address.js'

it.each([
  ['ws://127.0.0.1:4001/ws/chat', 'http://127.0.0.1:4001/phones'],
  ['wss://localhost:4001/ws/chat?ED=1', 'https://localhost:4001/phones'],
  ['WS://[::1]:4001', 'http://[::1]:4001/phones'],
  ['ws://user:secret@127.0.0.1/ws/chat', 'http://127.0.0.1/phones'],
])('a simulator at %s shows its phones at %s', (url, phones) => {
  expect(virtualPhonesUrl(url)).toBe(phones)
})

it.each([undefined, 'wss://web.whatsapp.com/ws/chat', 'wss://127.0.0.1.example/ws', 'nonsense'])(
  'there are none behind %s',
  (url) => {
    expect(virtualPhonesUrl(url)).toBeUndefined()
  },
)
