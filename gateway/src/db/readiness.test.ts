import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { eachDatabase, temporaryPostgres } from '../../test/support/databases.js'
import { DiskNearlyFullError, StoreUnavailableError } from '../domain/errors.js'
import { openDatabase } from './open-database.js'
import { Readiness } from './readiness.js'

const checkDisk = async () => {}
const full = async () => {
  throw new DiskNearlyFullError(false)
}

eachDatabase('The gateway', (open) => {
  it('is ready while its database takes a write', async () => {
    const readiness = new Readiness({ database: await open(), checkDisk })
    await expect(readiness.check()).resolves.toBeUndefined()
  })

  it('is not ready while the disk is nearly full, and says so', async () => {
    const readiness = new Readiness({ database: await open(), checkDisk: full })
    await expect(readiness.check()).rejects.toThrow('The disk of the gateway is nearly full')
  })

  it('asks once for many who ask at the same moment', async () => {
    let asked = 0
    const count = async () => void (asked += 1)
    const readiness = new Readiness({ database: await open(), checkDisk: count })
    await Promise.all(Array.from({ length: 50 }, () => readiness.check()))
    expect(asked).toBe(1)
  })

  it('tells within a second that the disk is full now, and that it has room again', async () => {
    let isFull = false
    let passedMs = 0
    const readiness = new Readiness({
      database: await open(),
      checkDisk: () => (isFull ? full() : checkDisk()),
      passedMs: () => passedMs,
    })
    await readiness.check()
    isFull = true
    passedMs = 999
    await readiness.check()
    passedMs = 1_000
    await expect(readiness.check()).rejects.toThrow(DiskNearlyFullError)
    isFull = false
    passedMs = 2_000
    await readiness.check()
  })
})

it('is not ready while PostgreSQL only reads', async () => {
  const url = await temporaryPostgres()
  const name = new URL(url).pathname.slice(1)
  const before = await openDatabase({ url })
  await sql`alter database ${sql.id(name)} set default_transaction_read_only = on`.execute(
    before.query,
  )
  await before[Symbol.asyncDispose]()
  const database = await openDatabase({ url })
  onTestFinished(() => database[Symbol.asyncDispose]())
  await expect(new Readiness({ database, checkDisk }).check()).rejects.toThrow(
    StoreUnavailableError,
  )
})
