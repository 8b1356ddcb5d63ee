import type { Database, Transaction } from '../db/database.js'
import type { AuditEntry } from '../domain/audit.js'

/** The audit log. Hand in the transaction of the act, if it has one. */
export interface AuditPort {
  record(
    entry: AuditEntry,
    within?: Pick<Transaction, 'query'> | Pick<Database, 'query'>,
  ): Promise<void>
}
