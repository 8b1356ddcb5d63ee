/** What WhatsApp would say of chats, contacts and privacy, where there is no WhatsApp: all changes succeed. */

import type { AccountApi } from '../../src/domain/account.js'

export const standInAccount: AccountApi = {
  chats: { change: () => told(undefined), askForOlder: () => told(undefined) },
  contacts: {
    save: () => told([]),
    remove: () => told(undefined),
    setBlocked: () => told(undefined),
    report: () => told(undefined),
  },
  labels: {
    put: () => told(undefined),
    delete: () => told(undefined),
    assign: () => told(undefined),
    note: () => told(undefined),
  },
  privacy: {
    excluded: () => told([{ phone: '5511999999999' }]),
    setAudience: () => told(undefined),
    setOnline: () => told(undefined),
    setReadReceipts: () => told(undefined),
    setDefaultTimer: () => told(undefined),
  },
}

async function told<T>(answer: T): Promise<T> {
  return answer
}
