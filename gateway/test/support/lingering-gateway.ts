/**
 * Runs before the gateway, and holds it still for a moment after each write to WhatsApp's socket.
 *
 * Baileys writes a message to the socket before it stores the ratchet that
 * encrypted it. A process that is killed in this moment has the old ratchet
 * stored and the new one on the wire: the worst case of a crash, which is too
 * short to hit by chance. The variable names a file; while it exists, writes linger.
 *
 * While the file of the other variable exists, the process dies instead, by
 * its own hand and before the write: what it stored is stored, and WhatsApp
 * does not know.
 */

import { existsSync } from 'node:fs'
import { WebSocket } from 'ws'

const lingerMs = 1_500
const armedFile = process.env['LINGER_WHILE_EXISTS'] ?? ''
const deadlyFile = process.env['DIE_WHILE_EXISTS'] ?? ''
const cell = new Int32Array(new SharedArrayBuffer(4))

// The proxy hands `this` on.
// oxlint-disable-next-line typescript/unbound-method
WebSocket.prototype.send = new Proxy(WebSocket.prototype.send, {
  apply(send, socket, args) {
    if (existsSync(deadlyFile)) process.kill(process.pid, 'SIGKILL')
    Reflect.apply(send, socket, args)
    if (existsSync(armedFile)) Atomics.wait(cell, 0, 0, lingerMs)
  },
})
