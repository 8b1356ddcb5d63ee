import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { replyAttributes } from '../message-context.js'
import { send } from '../send.js'

const degrees = (what: string) =>
  // Z-API documents strings; many programs have numbers.
  Type.Unsafe<string | number>({
    type: ['string', 'number'],
    maxLength: 40,
    description: `${what} in degrees, as a text or a number.`,
  })

export const sendLocation = send({
  path: '/send-location',
  summary: 'Sends a place on the map.',
  description: 'Phones show a pin with the title and the address.',
  body: {
    title: Type.String({ minLength: 1, maxLength: 1_000, description: 'The name of the place.' }),
    address: Type.String({ minLength: 1, maxLength: 1_000, description: 'Below the title.' }),
    latitude: degrees('-90 to 90'),
    longitude: degrees('-180 to 180'),
    ...replyAttributes,
  },
  example: {
    phone: '5511999999999',
    title: 'Google Brasil',
    address: 'Av. Brg. Faria Lima, 3477 - Itaim Bibi, São Paulo - SP, 04538-133',
    latitude: '-23.0696347',
    longitude: '-50.4357913',
  },
  content: ({ title, address, latitude, longitude }) => ({
    kind: 'location',
    title,
    address,
    latitude: degreesOf(latitude, 'latitude', 90),
    longitude: degreesOf(longitude, 'longitude', 180),
  }),
})

/** Throws `InvalidRequestError`. */
function degreesOf(value: string | number, attribute: string, most: number): number {
  const text = String(value).trim()
  const number = text === '' ? Number.NaN : Number(text)
  if (Math.abs(number) <= most) return number
  throw new InvalidRequestError(
    `${attribute} must be a number from -${most} to ${most}, with a point: -23.0696347`,
  )
}
