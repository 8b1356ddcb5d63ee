import type { BinaryNode } from 'baileys'
import { expect, it } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { WhatsappSilentError } from '../../domain/errors.js'
import { GroupAdmins } from './group-admins.js'

const member = (attrs: BinaryNode['attrs']): BinaryNode => ({ tag: 'participant', attrs })
const metadata = (members: BinaryNode[]): BinaryNode => ({
  tag: 'iq',
  attrs: {},
  content: [{ tag: 'group', attrs: { id: '12' }, content: members }],
})

function groupThat(query: () => Promise<unknown>) {
  const clock = new ManualClock(1_000)
  const admins = new GroupAdmins({ query }, clock)
  return { clock, admins }
}

it('knows only admins, by either name', async () => {
  const { admins } = groupThat(async () =>
    metadata([
      member({ jid: '1@lid', phone_number: '5511@s.whatsapp.net', type: 'admin' }),
      member({ jid: '2@lid', type: 'superadmin' }),
      member({ jid: '3@lid', phone_number: '5533@s.whatsapp.net' }),
    ]),
  )
  expect(await admins.isAdmin('12', { phone: '5511' })).toBe(true)
  expect(await admins.isAdmin('12', { lid: '2' })).toBe(true)
  expect(await admins.isAdmin('12', { lid: '3', phone: '5533' })).toBe(false)
  expect(await admins.isAdmin('12', {})).toBe(false)
})

it('asks once for those who come together, and again a little later', async () => {
  let questions = 0
  const { admins, clock } = groupThat(async () => {
    questions += 1
    return metadata([])
  })
  await Promise.all([admins.isAdmin('12', { lid: '1' }), admins.isAdmin('12', { lid: '2' })])
  expect(questions).toBe(1)
  await clock.advance(10_000)
  await admins.isAdmin('12', { lid: '1' })
  expect(questions).toBe(2)
})

it('a group that refuses the query has no admins; without an answer they are unknown, and it is asked again', async () => {
  const refused = Object.assign(new Error('forbidden'), { data: 403 })
  expect(await groupThat(() => Promise.reject(refused)).admins.isAdmin('12', { lid: '1' })).toBe(
    false,
  )
  const answers: unknown[] = [undefined, metadata([member({ jid: '1@lid', type: 'admin' })])]
  const { admins } = groupThat(async () => answers.shift())
  await expect(admins.isAdmin('12', { lid: '1' })).rejects.toBeInstanceOf(WhatsappSilentError)
  expect(await admins.isAdmin('12', { lid: '1' })).toBe(true)
})
