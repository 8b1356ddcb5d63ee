/**
 * One context for the transactions of all sockets.
 *
 * Baileys makes an `AsyncLocalStorage` for each socket (`addTransactionCapability`) and never
 * gives it back. Up to Node 22 every promise of the process carries an entry for each that was
 * ever used, so with a hundred sockets, or after a hundred reconnects of one, an `await` takes
 * forty times as long: docs/decisions/0009. From Node 24 on it costs nothing.
 */

import asyncHooks, { AsyncLocalStorage } from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'

interface Entry {
  readonly owner: object
  readonly value: unknown
}

/** Transactions of two sockets are never inside each other, so the code that runs inside has the last entry. */
const running = new AsyncLocalStorage<Entry>()

/** As much of an `AsyncLocalStorage` as Baileys uses. */
class SharedStorage {
  run<T>(value: unknown, work: () => T): T {
    return running.run({ owner: this, value }, work)
  }

  getStore(): unknown {
    const entry = running.getStore()
    return entry?.owner === this ? entry.value : undefined
  }
}

/** What `make` makes with `AsyncLocalStorage` before it returns shares one. Throws what `make` throws. */
export function sharingContext<T>(make: () => T): T {
  const original = Object.getOwnPropertyDescriptor(asyncHooks, 'AsyncLocalStorage') ?? {}
  offer({ value: SharedStorage, configurable: true, enumerable: true })
  try {
    return make()
  } finally {
    offer(original)
  }
}

/** Every importer sees it at once. */
function offer(descriptor: PropertyDescriptor): void {
  Object.defineProperty(asyncHooks, 'AsyncLocalStorage', descriptor)
  syncBuiltinESMExports()
}
