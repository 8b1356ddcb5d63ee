/** What a person who is logged in is asked for again, and what a login without an answer is. */

import { hash } from '@node-rs/argon2'
import { expect, it } from 'vitest'
import { address, ana, openAdministrators, setUpAna } from '../../test/support/administrators.js'
import { oneTimeCode } from '../../test/support/console-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { setPassword } from './administrator-store.js'
import { Administrators } from './administrators.js'

const { password } = ana
const wrong = { kind: 'wrong' }
const right = { kind: 'right' }

eachDatabase('an administrator who is asked again', (openDatabase) => {
  async function made() {
    const stage = await setUpAna(openAdministrators(await openDatabase()))
    const { secret } = stage.administrators.offerSecondFactor(stage.administrator)
    const wish = { secret, code: oneTimeCode(secret, stage.clock.now()), password }
    return { ...stage, wish }
  }

  it('switches a second factor on with the right password alone', async () => {
    const { administrators, login, administrator, wish } = await made()
    expect(await administrators.enrol(login, { ...wish, password: 'x' })).toEqual(wrong)
    expect(await administrators.find(administrator.id)).toMatchObject({ hasSecondFactor: false })
    expect(await administrators.enrol(login, wish)).toMatchObject(right)
  })

  it('may switch a second factor off that is off already', async () => {
    const { administrators, login } = await made()
    const drop = (proof: string) =>
      administrators.dropSecondFactor(login, { password: proof, code: '000000' })
    expect(await drop('x')).toEqual(wrong)
    expect(await drop(password)).toEqual(right)
  })

  it('is asked for a code where blanks are all that was typed', async () => {
    const { administrators, login, wish } = await made()
    await administrators.enrol(login, wish)
    for (const code of [undefined, '', '  '])
      expect(await administrators.logIn({ ...ana, code }, address)).toEqual({ kind: 'code-needed' })
  })

  it('leaves no entry in the audit log where the account is removed in that moment', async () => {
    const { login, administrator, database, clock, vault, audit, logins } = await made()
    const administrators = new Administrators({
      database,
      clock,
      vault,
      audit,
      logins: {
        async endOthers(id, keptId, transaction) {
          const ended = await logins.endOthers(id, keptId, transaction)
          const { query } = transaction
          await query.deleteFrom('login_session').where('administrator_id', '=', id).execute()
          await query.deleteFrom('administrator').where('id', '=', id).execute()
          return ended
        },
      },
    })
    const change = { old: password, new: 'another long password' }
    expect(await administrators.changePassword(login, change)).toEqual(right)
    expect(await administrators.find(administrator.id)).toBeUndefined()
    const acts = (await audit.list({ limit: 9 })).map(({ act }) => act)
    expect(acts).toEqual(['logged-in', 'administrator-made'])
  })

  /** Strangers guess until Ana's account is held up for them. */
  async function attacked() {
    const stage = await made()
    const { administrators, administrator, database } = stage
    // Checking a password costs nothing here, so many tries are quick. An unknown name costs as much as ever.
    const quick = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const
    await setPassword(database.query, administrator.id, await hash(password, quick))
    for (let host = 0; host < 51; host += 1)
      await administrators.logIn({ ...ana, password: 'x' }, `198.51.100.${host}`)
    return stage
  }

  it('is held up by no stranger who guesses', async () => {
    const { administrators, login } = await attacked()
    const proof = { password, code: '' }
    expect(await administrators.dropSecondFactor(login, proof)).toEqual(right)
  })

  it('finds a place at an address of an earlier login while others keep the gateway busy', async () => {
    const { administrators } = await attacked()
    const over = new AbortController()
    const others = Array.from({ length: 4 }, async () => {
      while (!over.signal.aborted) await administrators.hashOf('another long password')
    })
    const stranger = administrators.logIn({ name: 'bia', password: 'x' }, '192.0.2.1')
    await expect(stranger).rejects.toMatchObject({ code: 'passwords-busy' })
    expect(await administrators.logIn(ana, address)).toMatchObject(right)
    over.abort()
    await Promise.all(others)
  })

  it('has no failed login that counts after an hour', async () => {
    const { administrators, clock } = await made()
    await administrators.logIn({ ...ana, password: 'x' }, address)
    expect(await administrators.purge()).toBe(0)
    await clock.advance(3_600_000)
    expect(await administrators.purge()).toBeGreaterThan(0)
    expect(await administrators.purge()).toBe(0)
  })
})
