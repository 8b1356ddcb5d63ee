/** Which statuses of a row count as waiting, and as what. */

import { type SqlBool, sql } from 'kysely'
import type { MessageStatus } from '../../domain/message-status.js'

// Literals and no parameters: with them both databases see that the partial indexes serve.
export const waiting = sql<SqlBool>`status in ('queued', 'sending', 'unknown')`

/** Statuses of a row that surely never reached WhatsApp, or was refused there. */
export const notGone: readonly MessageStatus[] = ['queued']
/** Statuses of a row that is not being sent. */
export const atRest: readonly MessageStatus[] = ['queued', 'unknown']
export const inTheAir: readonly MessageStatus[] = ['sending']
