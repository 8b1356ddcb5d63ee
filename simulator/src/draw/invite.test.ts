import { expect, test } from 'vitest'
import { drawnOf } from '../../test/support/drawn.js'

test.each([
  [
    'channel',
    {
      newsletterAdminInviteMessage: {
        newsletterJid: '1@newsletter',
        newsletterName: 'Ofertas',
        caption: 'Venha',
        inviteExpiration: 1_795_600_000,
      },
    },
    '1@newsletter',
  ],
  [
    'group',
    {
      groupInviteMessage: {
        groupJid: '1@g.us',
        groupName: 'Ofertas',
        caption: 'Venha',
        inviteExpiration: 1_795_600_000,
      },
    },
    '1@g.us',
  ],
])('an invitation to a %s has its name, its end and its words', (to, message, id) => {
  expect(drawnOf(message).view).toEqual({
    kind: `${to}-invite`,
    parts: [
      { type: 'invite', to, id, name: 'Ofertas', expiresAt: 1_795_600_000_000 },
      { type: 'text', text: 'Venha' },
    ],
  })
})
