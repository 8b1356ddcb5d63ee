/** The same path on PostgreSQL, with a death in the middle, and no code in clear in any table. */

import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { Journey, shown } from '../support/journey.js'

const name = `journey_${randomUUID().replaceAll('-', '')}`
let admin: Client
let url: string

beforeAll(async () => {
  admin = new Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const own = new URL(inject('postgresUrl'))
  own.pathname = `/${name}`
  url = own.href
})

afterAll(async () => {
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
})

describe('on PostgreSQL', () => {
  test('a message accepted before a kill arrives after the restart, once', async () => {
    const journey = await Journey.start({ settings: { RECADO_DATABASE_URL: url } })
    const { instance } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const code = journey.newCode()
    const { messageId, zaapId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'No PostgreSQL',
      code,
    })
    await journey.killGateway()
    await journey.restartGateway()
    await shown(person, messageId)
    await journey.delivery(zaapId)
    await person.read(messageId)
    await journey.status(messageId, 'READ')
    expect(person.messages.filter(({ id }) => id === messageId)).toHaveLength(1)
    expect(await tablesThatHold(url, code)).toEqual([])
    expect(await tablesThatHold(url, messageId)).toContain('message')
    await journey[Symbol.asyncDispose]()
  })
})

/** The tables in whose rows the text stands in clear. */
async function tablesThatHold(connectionString: string, text: string): Promise<string[]> {
  const client = new Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = 'public'`,
  )
  const holding: string[] = []
  const hex = Buffer.from(text).toString('hex')
  for (const { table_name } of rows) {
    const found = await client.query(
      `select 1 from "${table_name}" as row where row::text ilike $1 or row::text ilike $2 limit 1`,
      [`%${text}%`, `%${hex}%`],
    )
    if (found.rowCount !== 0) holding.push(table_name)
  }
  await client.end()
  return holding
}
