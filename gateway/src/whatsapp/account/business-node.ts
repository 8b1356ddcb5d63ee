/**
 * Business profiles on the wire: `<iq xmlns=w:biz>` with `<business_profile>`.
 *
 * The shape is that of rc14's `getBusinessProfile` and `updateBussinesProfile`, which read one
 * category and one website, and write no categories. Options of the profile as whatsmeow reads them.
 */

import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from 'baileys'
import {
  type BusinessChange,
  type BusinessHours,
  type BusinessProfile,
  type Opening,
  weekdays,
} from '../../domain/business.js'
import { textIn, textNode, textOf } from './wire-text.js'

const mostMinutes = 1_439

const modeOnWire = {
  hours: 'specific_hours',
  'all-day': 'open_24h',
  'by-appointment': 'appointment_only',
} as const

export function question(jid: string): BinaryNode {
  return node('business_profile', { v: '244' }, [node('profile', { jid })])
}

/** `undefined` where WhatsApp has nothing to say of the account. */
export function profileIn(answer: BinaryNode): BusinessProfile | undefined {
  const profile = getBinaryNodeChild(getBinaryNodeChild(answer, 'business_profile'), 'profile')
  if (profile === undefined || childrenOf(profile).length === 0) return undefined
  const options = getBinaryNodeChild(profile, 'profile_options')
  const categories = getBinaryNodeChildren(getBinaryNodeChild(profile, 'categories'), 'category')
  return {
    description: textIn(profile, 'description'),
    address: textIn(profile, 'address'),
    email: textIn(profile, 'email'),
    websites: getBinaryNodeChildren(profile, 'website').flatMap((each) => textOf(each) ?? []),
    categories: categories.flatMap((each) => {
      const { id } = each.attrs
      return id === undefined ? [] : [{ id, name: textOf(each) ?? '' }]
    }),
    hours: hoursIn(getBinaryNodeChild(profile, 'business_hours')),
    hasCoverPhoto: getBinaryNodeChild(profile, 'cover_photo')?.attrs['id'] !== undefined,
    cartEnabled: textIn(options, 'cart_enabled') === 'true',
  }
}

/** Names what changes alone: `mutation_type=delta`. One empty website clears them all. */
export function changeNode(change: BusinessChange): BinaryNode {
  const { websites, categories, hours } = change
  const texts = (['address', 'email', 'description'] as const).flatMap((tag) => {
    const text = change[tag]
    return text === undefined ? [] : [textNode(tag, text)]
  })
  const sites = websites?.length === 0 ? [''] : (websites ?? [])
  return node('business_profile', { v: '3', mutation_type: 'delta' }, [
    ...texts,
    ...sites.map((site) => textNode('website', site)),
    ...(categories === undefined
      ? []
      : [
          node(
            'categories',
            {},
            categories.map((id) => node('category', { id })),
          ),
        ]),
    ...(hours === undefined ? [] : [hoursNode(hours)]),
  ])
}

function hoursNode({ timezone, openings }: BusinessHours): BinaryNode {
  const days = openings.map((opening) =>
    node('business_hours_config', {
      day_of_week: opening.day,
      mode: modeOnWire[opening.mode],
      // WhatsApp refuses the whole change where times stand beside another mode.
      ...(opening.mode === 'hours' && {
        open_time: String(opening.opensAtMinute),
        close_time: String(opening.closesAtMinute),
      }),
    }),
  )
  return node('business_hours', { timezone }, days)
}

function hoursIn(hours: BinaryNode | undefined): BusinessHours | undefined {
  const { timezone } = hours?.attrs ?? {}
  if (timezone === undefined) return undefined
  const days = getBinaryNodeChildren(hours, 'business_hours_config')
  return { timezone, openings: days.flatMap((day) => openingIn(day) ?? []) }
}

function openingIn({ attrs }: BinaryNode): Opening | undefined {
  const day = weekdays.find((each) => each === attrs['day_of_week'])
  if (day === undefined) return undefined
  if (attrs['mode'] === modeOnWire['all-day']) return { day, mode: 'all-day' }
  if (attrs['mode'] === modeOnWire['by-appointment']) return { day, mode: 'by-appointment' }
  const [opensAtMinute, closesAtMinute] = [attrs['open_time'], attrs['close_time']].map(minuteOf)
  if (opensAtMinute === undefined || closesAtMinute === undefined) return undefined
  return { day, mode: 'hours', opensAtMinute, closesAtMinute }
}

function minuteOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,4}$/u.test(text)) return undefined
  return Number(text) > mostMinutes ? undefined : Number(text)
}

function childrenOf({ content }: BinaryNode): readonly BinaryNode[] {
  return Array.isArray(content) ? content : []
}

function node(
  tag: string,
  attrs: Readonly<Record<string, string>>,
  content?: BinaryNode['content'],
): BinaryNode {
  return { tag, attrs: { ...attrs }, ...(content === undefined ? {} : { content }) }
}
