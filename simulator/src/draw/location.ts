import { kind } from './kind.js'
import { filled } from './plain.js'

export const location = kind('locationMessage', (message) => ({
  kind: 'location',
  parts: [
    filled({
      type: 'location',
      latitude: message.degreesLatitude ?? 0,
      longitude: message.degreesLongitude ?? 0,
      name: message.name,
      address: message.address,
      url: message.url,
      live: message.isLive ? true : undefined,
    }),
    ...(message.comment ? [{ type: 'text' as const, text: message.comment }] : []),
  ],
}))

export const liveLocation = kind('liveLocationMessage', (message) => ({
  kind: 'location',
  parts: [
    {
      type: 'location',
      latitude: message.degreesLatitude ?? 0,
      longitude: message.degreesLongitude ?? 0,
      live: true,
    },
    ...(message.caption ? [{ type: 'text' as const, text: message.caption }] : []),
  ],
}))
