/**
 * The gateway, with a death planted in it.
 *
 * `TORTURE_GATEWAY` is its built program; `TORTURE_DEATH` one of `any-moment:MS`,
 * `before-write:N`, `after-write:N`, `after-commit:N`. SIGKILL to oneself leaves no
 * time for a last word: nothing is flushed, closed or finished.
 */

import { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { WebSocket } from 'ws'

const [kind = '', number = ''] = (process.env['TORTURE_DEATH'] ?? '').split(':')
let left = Number(number)

if (kind === 'any-moment') {
  // A thread of its own, because the main one is busy for whole seconds while modules load.
  const ending = `setTimeout(() => process.kill(${process.pid}, 'SIGKILL'), ${left})`
  new Worker(ending, { eval: true }).unref()
}

if (kind === 'before-write' || kind === 'after-write') {
  // The proxy hands `this` on.
  // oxlint-disable-next-line typescript/unbound-method
  WebSocket.prototype.send = new Proxy(WebSocket.prototype.send, {
    apply(send, socket, args) {
      left -= 1
      if (left === 0 && kind === 'before-write') die()
      Reflect.apply(send, socket, args)
      if (left === 0) die()
    },
  })
}

if (kind === 'after-commit') {
  // oxlint-disable-next-line typescript/unbound-method
  Sqlite.prototype.prepare = new Proxy(Sqlite.prototype.prepare, {
    apply(prepare, database, args) {
      const statement: Sqlite.Statement = Reflect.apply(prepare, database, args)
      if (!/^\s*commit/iu.test(String(args[0]))) return statement
      const run = statement.run.bind(statement)
      statement.run = (...values) => {
        const result = run(...values)
        left -= 1
        if (left === 0) die()
        return result
      }
      return statement
    },
  })
}

await import(process.env['TORTURE_GATEWAY'] ?? '')

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}
