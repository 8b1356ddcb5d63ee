/** People, invitations and keys, as the pages of the console use them. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  ana,
  type Browser,
  bodyOf,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'

const password = 'another long password'
const wish = { role: 'operator', note: 'Bia', hours: 72 }

let stage: ConsoleStage
let browser: Browser

beforeEach(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
})
afterEach(() => stage[Symbol.asyncDispose]())

const acts = async () =>
  (await stage.database.query.selectFrom('audit').selectAll().orderBy('sequence').execute()).map(
    ({ act, role, name }) => [act, role, name],
  )

async function invited() {
  const { url, expiresAt } = bodyOf(await browser.call('POST', 'invitations', wish))
  const [place, token] = url.split('#')
  expect(place).toBe('https://gateway.example/console/invitation')
  return { token, expiresAt }
}

async function bia(): Promise<Browser> {
  const { token } = await invited()
  const own = stage.newBrowser('198.51.100.9')
  bodyOf(await own.call('POST', 'invitation/accept', { token, name: 'Bia', password }))
  return own
}

it('an invited person chooses a name and a password, and is logged in', async () => {
  const { token, expiresAt } = await invited()
  const own = stage.newBrowser('198.51.100.9')
  const seen = bodyOf(await own.call('POST', 'invitation/look', { token }))
  expect(seen).toEqual({ role: 'operator', expiresAt })
  const short = { token, name: 'Bia', password: 'short' }
  expect((await own.call('POST', 'invitation/accept', short)).statusCode).toBe(400)
  const taken = await own.call('POST', 'invitation/accept', { token, name: ana.name, password })
  expect(taken.json()).toEqual({ error: 'Another person has this name. Choose another one.' })
  bodyOf(await own.call('POST', 'invitation/accept', { token, name: 'Bia', password }))
  expect(await own.get('visit')).toMatchObject({
    state: 'in',
    administrator: { name: 'bia', role: 'operator', hasSecondFactor: false },
  })
  const again = await own.call('POST', 'invitation/look', { token })
  expect(again.statusCode).toBe(404)
  expect((await acts()).slice(2)).toEqual([
    ['invitation-made', 'administrator', 'ana'],
    ['person-joined', 'console-operator', 'bia'],
    ['logged-in', 'console-operator', 'bia'],
  ])
  expect(stage.logged.join('\n')).not.toContain(token)
})

it('a person whose role is lowered is logged out, and has the lower rights at the next login', async () => {
  const own = await bia()
  const { people } = await browser.get('people')
  const id = people.find((each: { name: string }) => each.name === 'bia').id
  bodyOf(await browser.call('PUT', `people/${id}/role`, { role: 'viewer' }))
  expect((await own.call('GET', 'instances')).statusCode).toBe(401)
  bodyOf(await own.call('POST', 'log-in', { name: 'bia', password }))
  expect((await own.call('GET', 'instances')).statusCode).toBe(200)
  expect((await own.call('PATCH', 'instances/x', { name: 'y' })).statusCode).toBe(403)
  bodyOf(await browser.call('DELETE', `people/${id}`))
  expect((await own.call('GET', 'instances')).statusCode).toBe(401)
  expect((await acts()).slice(-3)).toEqual([
    ['person-role-changed', 'administrator', 'ana'],
    ['logged-in', 'viewer', 'bia'],
    ['person-removed', 'administrator', 'ana'],
  ])
})

it('the last administrator neither goes nor steps down', async () => {
  const { people } = await browser.get('people')
  expect(people).toMatchObject([{ name: 'ana', isYou: true, role: 'administrator' }])
  const path = `people/${people[0].id}`
  for (const answer of [
    await browser.call('DELETE', path),
    await browser.call('PUT', `${path}/role`, { role: 'viewer' }),
  ]) {
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('last administrator')
  }
})

it('an invitation is listed until it is withdrawn', async () => {
  const { token } = await invited()
  const { invitations } = await browser.get('people')
  expect(invitations).toMatchObject([{ role: 'operator', note: 'Bia', invitedBy: 'ana' }])
  bodyOf(await browser.call('DELETE', `invitations/${invitations[0].id}`))
  expect((await browser.get('people')).invitations).toEqual([])
  const answer = await stage.newBrowser().call('POST', 'invitation/look', { token })
  expect(answer.json()).toEqual({
    error: 'This invitation is not valid any more. Ask for a new one.',
  })
})

it('a key is shown once, listed without its token, and revoked', async () => {
  const { instance } = await stage.instances.create({ name: 'Loja' })
  const wished = { name: 'CRM', scopes: ['send'], instanceIds: [instance.id], days: 30 }
  const { id, token } = bodyOf(await browser.call('POST', 'keys', wished))
  const list = await browser.get('keys')
  expect(list).toMatchObject({
    keys: [
      {
        id,
        name: 'CRM',
        scopes: ['send'],
        instanceIds: [instance.id],
        isExpired: false,
        expiresAt: stage.clock.now() + 30 * 86_400_000,
      },
    ],
  })
  expect(JSON.stringify([list, stage.logged])).not.toContain(token)
  bodyOf(await browser.call('DELETE', `keys/${id}`))
  expect(await browser.get('keys')).toEqual({ keys: [] })
  const bad = await browser.call('POST', 'keys', { ...wished, instanceIds: ['nowhere'] })
  expect(bad.json()).toEqual({ error: 'instanceIds: there is no instance nowhere' })
  expect((await acts()).slice(-2)).toEqual([
    ['api-key-made', 'administrator', 'ana'],
    ['api-key-revoked', 'administrator', 'ana'],
  ])
})
