import { expect, test } from 'vitest'
import { drawnOf } from '../../test/support/drawn.js'

test('a place has its coordinates, its name and its address', () => {
  const { view } = drawnOf({
    locationMessage: {
      degreesLatitude: -23.5614,
      degreesLongitude: -46.656,
      name: 'MASP',
      address: 'Av. Paulista, 1578',
    },
  })
  expect(view).toEqual({
    kind: 'location',
    parts: [
      {
        type: 'location',
        latitude: -23.5614,
        longitude: -46.656,
        name: 'MASP',
        address: 'Av. Paulista, 1578',
      },
    ],
  })
})

test('a place that moves says so', () => {
  const { view } = drawnOf({
    liveLocationMessage: { degreesLatitude: 1, degreesLongitude: 2, caption: 'A caminho' },
  })
  expect(view.parts).toEqual([
    { type: 'location', latitude: 1, longitude: 2, live: true },
    { type: 'text', text: 'A caminho' },
  ])
})
