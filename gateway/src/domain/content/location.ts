import type { Traits } from './traits.js'

export interface LocationContent {
  readonly kind: 'location'
  /** Above the address. */
  readonly title: string
  readonly address: string
  /** In degrees. */
  readonly latitude: number
  readonly longitude: number
}

export const locationTraits: Traits<LocationContent> = {
  text: ({ title, address }) => [title, address].filter(Boolean).join('\n'),
  asReceived: ({ title, address, latitude, longitude }) => ({
    kind: 'location',
    name: title,
    address,
    latitude,
    longitude,
    url: '',
  }),
}
