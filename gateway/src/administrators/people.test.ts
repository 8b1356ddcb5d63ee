import { expect, it } from 'vitest'
import { address, ana, openAdministrators, setUpAna } from '../../test/support/administrators.js'
import { eachDatabase } from '../../test/support/databases.js'
import { add, setTotp } from './administrator-store.js'
import { People } from './people.js'

const hourMs = 3_600_000
const by = { role: 'administrator', name: 'ana', address } as const
const bia = { name: ' Bia ', password: 'another long password' }
const wish = { role: 'viewer', note: 'Bia', hours: 24 } as const

eachDatabase('people and invitations', (openDatabase) => {
  async function made() {
    const stage = await setUpAna(openAdministrators(await openDatabase()))
    const people = new People(stage)
    const recorded = async () =>
      (await stage.audit.list({ limit: 9 })).map(({ act, by: { role, name }, detail }) => [
        act,
        role,
        name,
        detail,
      ])
    return { ...stage, people, recorded, anaId: stage.administrator.id }
  }

  it('an invitation makes one person, with its role, a name and a password', async () => {
    const { people, administrators, recorded, anaId } = await made()
    const { token, expiresAt } = await people.invite(wish, by, anaId)
    expect(await people.look(token)).toEqual({ role: 'viewer', expiresAt })
    expect(await people.invitations()).toMatchObject([
      { role: 'viewer', note: 'Bia', invitedBy: 'ana', expiresAt },
    ])
    const person = await people.accept(token, bia, address)
    expect(person).toMatchObject({ name: 'bia', role: 'viewer', hasSecondFactor: false })
    expect(await administrators.logIn(bia, address)).toMatchObject({
      kind: 'right',
      administrator: { name: 'bia', role: 'viewer' },
    })
    expect(await people.list()).toMatchObject([
      { name: 'ana', role: 'administrator' },
      { name: 'bia', role: 'viewer', lastSeenAt: undefined },
    ])
    expect(await people.invitations()).toEqual([])
    await expect(people.accept(token, { ...bia, name: 'Caio' }, address)).rejects.toThrow(
      'not valid any more',
    )
    expect((await recorded()).slice(0, 2)).toEqual([
      ['person-joined', 'viewer', 'bia', 'viewer'],
      ['invitation-made', 'administrator', 'ana', 'viewer'],
    ])
  })

  it('of two who accept one invitation at once, one joins', async () => {
    const { people } = await made()
    const { token } = await people.invite(wish, by)
    const ends = await Promise.allSettled([
      people.accept(token, bia, address),
      people.accept(token, { ...bia, name: 'Caio' }, address),
    ])
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = ends.find(({ status }) => status === 'rejected')
    expect(refused).toMatchObject({ reason: { code: 'invitation-gone' } })
    expect(await people.list()).toHaveLength(2)
  })

  it('a name that is taken leaves the invitation as it was', async () => {
    const { people } = await made()
    const { token } = await people.invite(wish, by)
    await expect(people.accept(token, ana, address)).rejects.toThrow('Another person has this name')
    expect(await people.accept(token, bia, address)).toMatchObject({ name: 'bia' })
  })

  it('an invitation ends with its time, or when it is withdrawn', async () => {
    const { people, clock } = await made()
    const late = await people.invite(wish, by)
    await clock.advance(24 * hourMs)
    await expect(people.look(late.token)).rejects.toThrow('not valid any more')
    await expect(people.accept(late.token, bia, address)).rejects.toThrow('not valid any more')
    expect(await people.purge()).toBe(1)
    const second = await people.invite(wish, by)
    await people.withdraw(second.id, by)
    await expect(people.withdraw(second.id, by)).rejects.toThrow('no such invitation')
    await expect(people.look(second.token)).rejects.toThrow('not valid any more')
  })

  it('the token of an invitation is stored nowhere', async () => {
    const { people, database, audit } = await made()
    const { token } = await people.invite(wish, by)
    const rows = await database.query.selectFrom('invitation').selectAll().execute()
    expect(JSON.stringify([rows, await audit.list({ limit: 9 })])).not.toContain(token)
  })

  it('invitations of a person end with the rights of that person', async () => {
    const { people } = await made()
    const second = await people.accept(
      (await people.invite({ ...wish, role: 'administrator' }, by)).token,
      bia,
      address,
    )
    const { token } = await people.invite({ ...wish, role: 'administrator' }, by, second.id)
    const third = await people.invite(wish, by)
    await people.changeRole(second.id, 'operator', by)
    await expect(people.look(token)).rejects.toThrow('not valid any more')
    const fourth = await people.invite(wish, by, second.id)
    await people.remove(second.id, by)
    await expect(people.look(fourth.token)).rejects.toThrow('not valid any more')
    expect(await people.look(third.token)).toMatchObject({ role: 'viewer' })
  })

  it('are at most fifty open invitations, and expired ones do not count', async () => {
    const { people, clock, recorded } = await made()
    for (let count = 0; count < 50; count += 1) await people.invite(wish, by)
    await expect(people.invite(wish, by)).rejects.toThrow('At most 50')
    await clock.advance(24 * hourMs)
    await people.invite(wish, by)
    expect(await people.invitations()).toHaveLength(1)
    expect((await recorded())[0]).toEqual(['invitation-made', 'administrator', 'ana', 'viewer'])
    expect(await people.purge()).toBe(0)
  })

  it('are listed with what they are, the newest first, without those that have expired', async () => {
    const { people, clock, anaId } = await made()
    const ofCommand = await people.invite({ ...wish, note: '  Caio ', hours: 1 }, by)
    const createdAt = clock.now()
    await clock.advance(hourMs - 1)
    const ofAna = await people.invite({ ...wish, role: 'operator' }, by, anaId)
    expect(await people.invitations()).toEqual([
      {
        id: ofAna.id,
        role: 'operator',
        note: 'Bia',
        invitedBy: 'ana',
        createdAt: clock.now(),
        expiresAt: clock.now() + 24 * hourMs,
      },
      {
        id: ofCommand.id,
        role: 'viewer',
        note: 'Caio',
        invitedBy: undefined,
        createdAt,
        expiresAt: createdAt + hourMs,
      },
    ])
    await clock.advance(1)
    expect((await people.invitations()).map(({ id }) => id)).toEqual([ofAna.id])
    expect(await people.purge()).toBe(1)
    expect(await people.look(ofAna.token)).toMatchObject({ role: 'operator' })
  })

  it('a withdrawal ends one invitation and is recorded', async () => {
    const { people, recorded } = await made()
    const [one, other] = [await people.invite(wish, by), await people.invite(wish, by)]
    await people.withdraw(one.id, by)
    expect((await people.invitations()).map(({ id }) => id)).toEqual([other.id])
    expect((await recorded())[0]).toEqual([
      'invitation-withdrawn',
      'administrator',
      'ana',
      'viewer',
    ])
  })

  it('a guessed link costs no hash of a password', async () => {
    const stage = await made()
    let hashes = 0
    const hashOf = async () => String((hashes += 1))
    const people = new People({ ...stage, administrators: { hashOf } })
    await expect(people.accept('guess', bia, address)).rejects.toThrow('not valid any more')
    expect(hashes).toBe(0)
    await people.accept((await people.invite(wish, by)).token, bia, address)
    expect(hashes).toBe(1)
  })
})

eachDatabase('roles', (openDatabase) => {
  async function made() {
    const stage = await setUpAna(openAdministrators(await openDatabase()))
    const people = new People(stage)
    const anaId = stage.administrator.id
    const join = async (name: string, role: 'administrator' | 'operator' | 'viewer') => {
      const { token } = await people.invite({ ...wish, role }, by, anaId)
      return people.accept(token, { ...bia, name }, address)
    }
    return { ...stage, people, join, anaId }
  }

  it('a changed role counts at once and ends every login of the person', async () => {
    const { people, join, logins, administrators, audit } = await made()
    const second = await join('bia', 'operator')
    const { token, session } = await logins.begin(second, { address, browser: '' })
    const told: string[] = []
    logins.onRevoked((ids) => told.push(...ids))
    await people.changeRole(second.id, 'operator', by)
    expect(await logins.find(token)).toBeDefined()
    await people.changeRole(second.id, 'viewer', by)
    expect(await logins.find(token)).toBeUndefined()
    expect(told).toEqual([session.id])
    expect(await administrators.find(second.id)).toMatchObject({ role: 'viewer' })
    expect(await audit.list({ limit: 1 })).toMatchObject([
      { act: 'person-role-changed', by, detail: 'bia: operator → viewer, 1 logins ended' },
    ])
    await expect(people.changeRole('missing', 'viewer', by)).rejects.toThrow('no such person')
  })

  it('a person who gains rights keeps the open invitations, and other people keep theirs', async () => {
    const { people, join, anaId } = await made()
    const second = await join('bia', 'operator')
    const own = await people.invite(wish, by, second.id)
    const ofAna = await people.invite(wish, by, anaId)
    await people.changeRole(second.id, 'administrator', by)
    expect(await people.look(own.token)).toMatchObject({ role: 'viewer' })
    await people.changeRole(second.id, 'viewer', by)
    await expect(people.look(own.token)).rejects.toThrow('not valid any more')
    expect(await people.look(ofAna.token)).toMatchObject({ role: 'viewer' })
  })

  it('a change of one person ends no login of another one, and changes no other role', async () => {
    const { people, join, logins, token } = await made()
    const [second, third] = [await join('bia', 'operator'), await join('caio', 'operator')]
    await people.changeRole(second.id, 'viewer', by)
    await people.remove(second.id, by)
    expect(await logins.find(token)).toBeDefined()
    expect(await people.list()).toMatchObject([
      { name: 'ana', role: 'administrator' },
      { id: third.id, name: 'caio', role: 'operator' },
    ])
  })

  it('lists people with their last login and whether they have a second factor', async () => {
    const { people, join, logins, clock, database, anaId } = await made()
    const createdAt = clock.now()
    await clock.advance(hourMs)
    const second = await join('bia', 'viewer')
    await logins.begin(second, { address, browser: '' })
    await clock.advance(hourMs)
    await logins.begin(second, { address, browser: '' })
    const sealed = new Uint8Array([1])
    await setTotp(database.query, second.id, sealed, [])
    expect(await people.list()).toEqual([
      {
        id: anaId,
        name: 'ana',
        role: 'administrator',
        hasSecondFactor: false,
        createdAt,
        lastSeenAt: createdAt,
      },
      {
        id: second.id,
        name: 'bia',
        role: 'viewer',
        hasSecondFactor: true,
        createdAt: createdAt + hourMs,
        lastSeenAt: clock.now(),
      },
    ])
  })

  it('a person who is removed has no login any more', async () => {
    const { people, join, logins, administrators, audit } = await made()
    const second = await join('bia', 'operator')
    const { token } = await logins.begin(second, { address, browser: '' })
    await people.remove(second.id, by)
    expect(await logins.find(token)).toBeUndefined()
    expect(await administrators.find(second.id)).toBeUndefined()
    expect(await administrators.logIn(bia, address)).toEqual({ kind: 'wrong' })
    await expect(people.remove(second.id, by)).rejects.toThrow('no such person')
    const [refused, removed] = await audit.list({ limit: 2 })
    expect(refused).toMatchObject({ act: 'login-refused' })
    expect(removed).toMatchObject({ act: 'person-removed', detail: 'bia, 1 logins ended' })
  })

  it('one administrator always remains', async () => {
    const { people, join, anaId, logins, token } = await made()
    await expect(people.changeRole(anaId, 'operator', by)).rejects.toThrow('last administrator')
    await expect(people.remove(anaId, by)).rejects.toThrow('last administrator')
    expect(await logins.find(token)).toBeDefined()
    const second = await join('bia', 'administrator')
    const ends = await Promise.allSettled([
      people.changeRole(anaId, 'viewer', by),
      people.remove(second.id, by),
    ])
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const left = (await people.list()).filter(({ role }) => role === 'administrator')
    expect(left).toHaveLength(1)
  })

  it('who was there before there were roles is an administrator', async () => {
    const { people, database, anaId } = await made()
    await add(database.query, { id: 'old', name: 'old', password_hash: 'x', created_at: 0 })
    expect(await people.list()).toMatchObject([{ name: 'old', role: 'administrator' }, {}])
    await people.remove(anaId, by)
    await expect(people.remove('old', by)).rejects.toThrow('last administrator')
  })
})
