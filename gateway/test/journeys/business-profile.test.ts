/** A business account's profile: what calls set, as WhatsApp shows it to others. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance({ business: true }))
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const call = (method: 'GET' | 'POST', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body) as Promise<Record<string, unknown>>
const set = (what: string, body: object) => call('POST', `business/${what}`, body)
const profileOf = ({ phone }: Phone) => call('GET', `business/profile?phone=${phone}`)
const done = { success: true }

/** What the simulator's WhatsApp keeps of the account. */
async function keptOf({ phone }: Phone): Promise<unknown> {
  return (await fetch(`${journey.simulator.controlUrl}/phones/${phone}/business`)).json()
}

test('texts, websites and categories are what was set, and empty ones clear', async () => {
  expect(await set('company-address', { value: 'Rua das Flores, 1' })).toEqual(done)
  expect(await set('company-description', { value: 'Flores' })).toEqual(done)
  expect(await set('company-email', { value: 'loja@example.com' })).toEqual(done)
  const websites = ['https://example.com', 'http://example.org']
  expect(await set('company-websites', { websites })).toEqual(done)
  expect(await set('categories', { categories: ['RESTAURANT', '2250'] })).toEqual(done)
  expect(await profileOf(own)).toMatchObject({
    address: 'Rua das Flores, 1',
    description: 'Flores',
    email: 'loja@example.com',
    websites,
    categories: [
      { id: '273819889375819', label: 'RESTAURANT' },
      { id: '2250', label: 'EDU' },
    ],
    businessHours: null,
    hasCoverPhoto: false,
  })
  await set('company-address', {})
  await set('company-email', { value: '' })
  await set('company-websites', {})
  expect(await keptOf(own)).toMatchObject({
    address: '',
    description: 'Flores',
    email: '',
    websites: [],
  })
})

test('opening hours are what was set, twice a day and around the clock', async () => {
  const days = [
    { dayOfWeek: 'MONDAY', openTime: '08:00', closeTime: '12:30' },
    { dayOfWeek: 'MONDAY', openTime: '14:00', closeTime: '23:59' },
    { dayOfWeek: 'SATURDAY', openTime: '00:00', closeTime: '09:05' },
  ]
  const timezone = 'America/Sao_Paulo'
  expect(await set('hours', { timezone, days })).toEqual(done)
  expect(await profileOf(own)).toMatchObject({
    businessHours: { timezone, days, mode: 'specificHours' },
  })
  expect(await set('hours', { timezone, mode: 'open24h' })).toEqual(done)
  const { businessHours } = await profileOf(own)
  expect(businessHours).toMatchObject({ mode: 'open24h' })
  expect(Object(businessHours).days).toHaveLength(7)
  await set('hours', { timezone, mode: 'appointmentOnly', days: [{ dayOfWeek: 'SUNDAY' }] })
  expect(await profileOf(own)).toMatchObject({
    businessHours: {
      mode: 'appointmentOnly',
      days: [{ dayOfWeek: 'SUNDAY', openTime: null, closeTime: null }],
    },
  })
})

test('what WhatsApp would refuse is refused before, by the name of the attribute', async () => {
  const before = await keptOf(own)
  const timezone = 'America/Sao_Paulo'
  const day = { dayOfWeek: 'MONDAY', openTime: '08:00', closeTime: '12:00' }
  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['company-email', { value: 'loja' }, /value/u],
    ['company-address', { value: 'x'.repeat(257) }, /value/u],
    ['company-websites', { websites: ['example.com'] }, /websites\[0\]/u],
    [
      'company-websites',
      { websites: ['https://a.example', 'https://b.example', 'https://c.example'] },
      /websites/u,
    ],
    ['categories', { categories: ['FLORIST_OR_SO'] }, /categories\[0\]/u],
    ['categories', { categories: [] }, /categories/u],
    ['hours', { timezone: 'Brazil/Somewhere', days: [day] }, /timezone/u],
    ['hours', { timezone }, /days/u],
    ['hours', { timezone, days: [{ dayOfWeek: 'MONDAY', openTime: '08:00' }] }, /closeTime/u],
    ['hours', { timezone, days: [{ ...day, closeTime: '24:00' }] }, /closeTime/u],
    ['hours', { timezone, days: [day, day, day] }, /days\[0\]/u],
  ]
  for (const [what, body, named] of refused) {
    const answer = set(what, body)
    await expect(answer).rejects.toThrow(/400/u)
    await expect(answer).rejects.toThrow(named)
  }
  expect(await keptOf(own)).toEqual(before)
})

test('a number without a business profile is told apart', async () => {
  const person = await journey.newPhone()
  await expect(profileOf(person)).rejects.toThrow(/400.*phone has no business profile/u)
  const missing = call('GET', 'business/profile?phone=5511900009999')
  await expect(missing).rejects.toThrow(/400.*phone has no business profile/u)
  const { instance: ordinary } = await journey.pairedInstance()
  const change = journey.client.onInstance(ordinary, 'POST', 'business/company-address', {
    value: 'Rua das Flores, 1',
  })
  await expect(change).rejects.toThrow(/400.*no WhatsApp Business account/u)
})

test('while the instance is disconnected it says so', async () => {
  const other = await journey.newInstance()
  const asked: readonly (readonly ['GET' | 'POST', string, object?])[] = [
    ['GET', `business/profile?phone=${own.phone}`],
    ['POST', 'business/company-email', { value: 'a@example.com' }],
    ['GET', 'catalogs'],
    ['GET', `catalogs/collection-products/${own.phone}?collectionId=1`],
  ]
  for (const [method, path, body] of asked) {
    const answer = journey.client.onInstance(other, method, path, body)
    await expect(answer).rejects.toThrow(/400.*You are not connected/u)
  }
})
