import { expect, it } from 'vitest'
import { openAdministrators, setUpAna } from '../../test/support/administrators.js'
import { eachDatabase } from '../../test/support/databases.js'

const hourMs = 3_600_000

eachDatabase('the life of a login session', (openDatabase) => {
  const made = async () => setUpAna(openAdministrators(await openDatabase()))

  it('notes a sight once a minute at the most', async () => {
    const { logins, clock, token, administrator } = await made()
    const startedAt = clock.now()
    await clock.advance(59_999)
    expect((await logins.find(token))?.lastSeenAt).toBe(startedAt)
    expect(await logins.list(administrator.id)).toMatchObject([{ lastSeenAt: startedAt }])
    await clock.advance(1)
    expect((await logins.find(token))?.lastSeenAt).toBe(startedAt + 60_000)
    expect(await logins.list(administrator.id)).toMatchObject([{ lastSeenAt: startedAt + 60_000 }])
  })

  it('goes on as long as it is seen, and looking at it is no sight', async () => {
    const { logins, clock, login, administrator } = await made()
    const other = await logins.begin(administrator, { address: '', browser: '' })
    await clock.advance(8 * hourMs - 1)
    expect(await logins.isAlive(login.sessionId)).toBe(true)
    await logins.find(other.token)
    await clock.advance(1)
    expect(await logins.isAlive(login.sessionId)).toBe(false)
    expect(await logins.isAlive(other.session.id)).toBe(true)
    expect(await logins.isAlive('unknown')).toBe(false)
  })

  it('is forgotten once it has ended, and not before', async () => {
    const { logins, clock, login, administrator } = await made()
    await clock.advance(hourMs)
    const later = await logins.begin(administrator, { address: '', browser: '' })
    await clock.advance(7 * hourMs - 1)
    expect(await logins.purge()).toBe(0)
    await clock.advance(1)
    expect(await logins.isAlive(login.sessionId)).toBe(false)
    expect(await logins.purge()).toBe(1)
    expect(await logins.isAlive(later.session.id)).toBe(true)
  })

  it('keeps two hundred letters of what the browser calls itself', async () => {
    const { logins, administrator } = await made()
    const from = { address: '', browser: `${'x'.repeat(199)}yz` }
    const { session } = await logins.begin(administrator, from)
    expect(session.browser).toBe(`${'x'.repeat(199)}y`)
  })
})
