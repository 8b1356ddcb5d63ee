/** `xmlns=w:biz`: what businesses show of themselves, and what they change of it. */

import type { BinaryNode } from 'baileys'
import type { DayHours, StoreProfile } from '../storefront.js'
import { bytesOf, childOf, childrenOf, stanza, textOf } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'

const mostWebsites = 2
const mostCategories = 3
const longest = { address: 256, email: 128, description: 512 } as const
const modes = ['specific_hours', 'open_24h', 'appointment_only'] as const
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

export function describeBusiness({ request, network }: IqCall): BinaryNode[] {
  const profiles = childrenOf(request, 'profile').map(({ attrs }) => {
    const account = network.accountOf(attrs['jid'])
    const content = account?.business ? contentOf(account.storefront.profile) : undefined
    return stanza('profile', { jid: attrs['jid'] }, content)
  })
  return [stanza('business_profile', {}, profiles)]
}

/** Takes the whole change or nothing of it. */
export function changeBusiness({ request, device }: IqCall): BinaryNode[] {
  const { account } = device
  if (!account.business) throw new IqError(403, 'forbidden')
  if (request?.attrs['mutation_type'] !== 'delta') throw new IqError(400, 'bad-request')
  account.storefront.profile = changed(account.storefront.profile, request)
  return []
}

/** The certificate of the name is made by the phone; the server keeps it as it is. */
export function setVerifiedName({ request, device }: IqCall): BinaryNode[] {
  const { account } = device
  if (!account.business || device.number !== 0) throw new IqError(403, 'forbidden')
  const certificate = bytesOf(request)
  if (certificate === undefined || certificate.length === 0) throw notAcceptable()
  account.storefront.verifiedName = certificate
  return [stanza('verified_name', {})]
}

export function describeVerifiedName({ request, network }: IqCall): BinaryNode[] {
  const jid = request?.attrs['jid']
  const certificate = network.accountOf(jid)?.storefront.verifiedName
  if (certificate === undefined) throw new IqError(404, 'item-not-found')
  return [stanza('verified_name', { jid }, certificate)]
}

function changed(before: StoreProfile, request: BinaryNode): StoreProfile {
  const texts = (['address', 'email', 'description'] as const).flatMap((tag) => {
    const child = childOf(request, tag)
    if (child === undefined) return []
    const text = textOf(child) ?? ''
    if (text.length > longest[tag]) throw notAcceptable()
    return [[tag, text]]
  })
  const websites = childrenOf(request, 'website').map((each) => textOf(each) ?? '')
  if (websites.length > mostWebsites) throw notAcceptable()
  const categories = childOf(request, 'categories')
  const hours = childOf(request, 'business_hours')
  return {
    ...before,
    ...Object.fromEntries(texts),
    ...(websites.length > 0 && { websites: websites.filter((each) => each !== '') }),
    ...(categories && { categories: categoriesIn(categories) }),
    ...(hours && {
      hours: {
        timezone: hours.attrs['timezone'] ?? '',
        days: childrenOf(hours, 'business_hours_config').map(dayIn),
      },
    }),
  }
}

function categoriesIn(node: BinaryNode): StoreProfile['categories'] {
  const ids = childrenOf(node, 'category').map(({ attrs }) => attrs['id'] ?? '')
  if (ids.length > mostCategories || ids.some((id) => !/^\d+$/.test(id))) throw notAcceptable()
  return ids.map((id) => ({ id, name: `Category ${id}` }))
}

function dayIn({ attrs }: BinaryNode): DayHours {
  const mode = modes.find((each) => each === attrs['mode'])
  const day = days.find((each) => each === attrs['day_of_week'])
  const times = [attrs['open_time'], attrs['close_time']]
  if (mode === undefined || day === undefined) throw notAcceptable()
  if (mode !== 'specific_hours') {
    if (times.some((each) => each !== undefined)) throw notAcceptable()
    return { day, mode }
  }
  const [opensAt, closesAt] = times.map(Number)
  if (![opensAt, closesAt].every((each) => each !== undefined && each >= 0 && each < 1440))
    throw notAcceptable()
  return { day, mode, opensAt, closesAt }
}

function contentOf(profile: StoreProfile): BinaryNode[] {
  const { hours } = profile
  return [
    ...(['address', 'description', 'email'] as const).map((tag) =>
      stanza(tag, {}, Buffer.from(profile[tag])),
    ),
    ...profile.websites.map((website) => stanza('website', {}, Buffer.from(website))),
    stanza(
      'categories',
      {},
      profile.categories.map(({ id, name }) => stanza('category', { id }, Buffer.from(name))),
    ),
    ...(hours === undefined
      ? []
      : [stanza('business_hours', { timezone: hours.timezone }, hours.days.map(dayNode))]),
    ...(profile.hasCoverPhoto ? [stanza('cover_photo', { id: '1' })] : []),
    stanza('profile_options', {}, [
      stanza('cart_enabled', {}, Buffer.from(String(profile.cartEnabled))),
    ]),
  ]
}

function dayNode({ day, mode, opensAt, closesAt }: DayHours): BinaryNode {
  return stanza('business_hours_config', {
    day_of_week: day,
    mode,
    open_time: opensAt?.toString(),
    close_time: closesAt?.toString(),
  })
}

function notAcceptable(): IqError {
  return new IqError(406, 'not-acceptable')
}
