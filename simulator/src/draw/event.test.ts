import { expect, test } from 'vitest'
import { changeOf, drawnOf, throughWire } from '../../test/support/drawn.js'
import { hindrancesOf } from './rules.js'

const eventMessage = {
  name: 'Festa',
  description: 'Traga um prato',
  startTime: 1_795_600_000,
  endTime: 1_795_607_200,
  location: { name: 'Casa da Ana' },
  joinLink: 'https://call.whatsapp.com/video/x',
}
const stanza = { tag: 'message', attrs: {}, content: [] }

test('an event has its time in milliseconds, its place and its call', () => {
  expect(drawnOf({ eventMessage }).view).toEqual({
    kind: 'event',
    parts: [
      {
        type: 'event',
        name: 'Festa',
        description: 'Traga um prato',
        startsAt: 1_795_600_000_000,
        endsAt: 1_795_607_200_000,
        place: 'Casa da Ana',
        callUrl: 'https://call.whatsapp.com/video/x',
      },
    ],
  })
  const canceled = drawnOf({ eventMessage: { ...eventMessage, isCanceled: true } })
  expect(canceled.view.parts).toMatchObject([{ canceled: true }])
})

test('an event without its secret shows nowhere', () => {
  const messageContextInfo = { messageSecret: new Uint8Array(32).fill(1) }
  expect(hindrancesOf(throughWire({ eventMessage, messageContextInfo }), stanza)).toEqual([])
  expect(hindrancesOf(throughWire({ eventMessage }), stanza)).toMatchObject([
    { draws: { android: 'nothing', ios: 'nothing', web: 'nothing' } },
  ])
})

test.each([
  ['event-response', { encEventResponseMessage: { eventCreationMessageKey: { id: 'E' } } }],
  ['encrypted-edit', { secretEncryptedMessage: { targetMessageKey: { id: 'E' } } }],
])('%s changes the event that it names', (change, message) => {
  expect(changeOf(message)).toMatchObject({ changes: 'E', by: { change } })
})
