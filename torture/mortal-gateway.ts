/**
 * Runs before the gateway, and plants a death in it.
 *
 * `TORTURE_DEATH` is one of `before-write:N`, `after-write:N`, `after-commit:N`, or
 * empty. SIGKILL to oneself leaves no time for a last word: nothing is flushed,
 * closed or finished. `TORTURE_SQLITE` names the library of the database.
 *
 * On SIGUSR2 it collects garbage, so that a heap snapshot shows what it holds.
 */

import { createRequire } from 'node:module'
import type BetterSqlite from 'better-sqlite3'
import { Client } from 'pg'
import { WebSocket } from 'ws'

const [kind = '', number = ''] = (process.env['TORTURE_DEATH'] ?? '').split(':')
let left = Number(number)

process.on('SIGUSR2', () => globalThis.gc?.())

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
  const Sqlite = createRequire(import.meta.url)(
    process.env['TORTURE_SQLITE'] ?? '',
  ) as typeof BetterSqlite
  // oxlint-disable-next-line typescript/unbound-method
  Sqlite.prototype.prepare = new Proxy(Sqlite.prototype.prepare, {
    apply(prepare, database, args) {
      const statement: BetterSqlite.Statement = Reflect.apply(prepare, database, args)
      if (!isCommit(args[0])) return statement
      const run = statement.run.bind(statement)
      statement.run = (...values) => {
        const result = run(...values)
        committed()
        return result
      }
      return statement
    },
  })
  // Its many signatures say nothing about what it is here.
  const query: unknown = Reflect.get(Client.prototype, 'query')
  Reflect.set(Client.prototype, 'query', function tellingCommits(this: Client, ...args: unknown[]) {
    const answer: unknown = Reflect.apply(query as () => unknown, this, args)
    const [asked] = args
    const text = typeof asked === 'object' && asked !== null && 'text' in asked ? asked.text : ''
    if (isCommit(text) && answer instanceof Promise) void answer.then(committed, () => undefined)
    return answer
  })
}

function isCommit(text: unknown): boolean {
  return typeof text === 'string' && /^\s*commit/iu.test(text)
}

function committed(): void {
  left -= 1
  if (left === 0) die()
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}
