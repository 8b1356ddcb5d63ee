/** Which of the waiting messages a person looks for. */

import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Schema } from '../../db/schema.js'
import { chatKeysOf } from './message-search.js'

/** A number, a part of one, or the beginning of an id: ours, or the one that WhatsApp knows. */
export function namedBy(text: string) {
  const sought = text.trim()
  const number = sought.replaceAll(/[\s().+-]/gu, '')
  const isNumber = /^\d+$/u.test(number)
  return (row: ExpressionBuilder<Schema, 'message'>) =>
    row.or(isNumber ? ofNumber(row, number) : ofId(row, sought))
}

function ofNumber(row: ExpressionBuilder<Schema, 'message'>, digits: string) {
  // The number may be known with or without its ninth digit.
  return [
    sql<SqlBool>`recipient like ${`%${digits}%`}`,
    row('chat_key', 'in', chatKeysOf(digits)),
    ...ofId(row, digits),
  ]
}

function ofId(row: ExpressionBuilder<Schema, 'message'>, sought: string) {
  const beginning = `${sought.toUpperCase().replaceAll(/[\\%_]/gu, '\\$&')}%`
  return [
    sql<SqlBool>`id like ${beginning} escape '\\'`,
    sql<SqlBool>`whatsapp_id like ${beginning} escape '\\'`,
  ]
}
