import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { address, ana, openAdministrators } from '../../test/support/administrators.js'
import { eachDatabase } from '../../test/support/databases.js'
import { add } from './administrator-store.js'

const tooLate = { kind: 'too-late' }

eachDatabase('the setup of administrators', (openDatabase) => {
  const open = async () => openAdministrators(await openDatabase())
  const wrongCode = 'aaaaa-aaaaa-aaaaa-aaaaa'

  it('is closed until a code is given out', async () => {
    const { administrators } = await open()
    expect(await administrators.setUp(wrongCode, ana, address)).toEqual(tooLate)
  })

  it('is closed as soon as an administrator exists, however that one was made', async () => {
    const { administrators, database } = await open()
    const code = (await administrators.open()) ?? ''
    const secrets = { password_hash: 'x', totp_sealed: null, totp_last_step: null }
    await add(database.query, { id: 'bia', name: 'bia', ...secrets, created_at: 0 })
    expect(await administrators.setUp(code, ana, address)).toEqual(tooLate)
  })

  it('holds up an address that guesses the code, and no other address', async () => {
    const { administrators } = await open()
    const code = (await administrators.open()) ?? ''
    for (let count = 0; count < 5; count += 1)
      expect(await administrators.setUp(wrongCode, ana, address)).toEqual({ kind: 'wrong' })
    const heldUp = { kind: 'held-up', retryAfterSeconds: 5 }
    expect(await administrators.setUp(code, ana, address)).toEqual(heldUp)
    expect(await administrators.setUp(code, ana, '192.0.2.1')).toMatchObject({ kind: 'made' })
  })

  it('takes the code again where the store failed', async () => {
    const { administrators, database } = await open()
    const code = (await administrators.open()) ?? ''
    await sql`alter table audit rename to audit_away`.execute(database.query)
    await expect(administrators.setUp(code, ana, address)).rejects.toThrow('audit')
    await sql`alter table audit_away rename to audit`.execute(database.query)
    expect(await administrators.exist()).toBe(false)
    expect(await administrators.setUp(code, ana, address)).toMatchObject({ kind: 'made' })
  })

  it('takes no earlier code where no other node may have given it out', async () => {
    const { administrators, again } = await open()
    const earlier = (await administrators.open()) ?? ''
    const code = (await again().open()) ?? ''
    expect(await administrators.setUp(earlier, ana, address)).toEqual({ kind: 'wrong' })
    expect(await administrators.setUp(code, ana, address)).toMatchObject({ kind: 'made' })
  })

  it('makes one administrator where two use the code at the same moment', async () => {
    const { administrators, again } = await open()
    const code = (await administrators.open()) ?? ''
    const results = await Promise.all([
      administrators.setUp(code, ana, address),
      again().setUp(code, { ...ana, name: 'Bia' }, address),
    ])
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['made', 'too-late'])
  })

  it('every node of a database gives out the same code, and takes it', async () => {
    const { database, administrators, again } = openAdministrators(await openDatabase())
    database.fence.begin('one', () => false)
    const code = await administrators.open()
    const other = again()
    expect(await other.open()).toBe(code)
    expect(await other.setUp(code ?? '', ana, address)).toMatchObject({ kind: 'made' })
    expect(await administrators.setUp(code ?? '', ana, address)).toEqual(tooLate)
  })
})
