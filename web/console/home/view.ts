/** Which instances the home shows, and in which order: from what was read and what stands in the address. */

import type { HomeInstance } from '../../../gateway/src/console/home-answers.js'

export type Standing = 'connected' | 'restricted' | 'down' | 'unlinked' | 'out'

export const standings = ['connected', 'restricted', 'down', 'unlinked', 'out'] as const

export const orders = ['problems', 'name', 'activity', 'waiting', 'sent'] as const
export type Order = (typeof orders)[number]

export const homeFilters = ['text', 'show', 'tag', 'sort'] as const
export type HomeFilter = (typeof homeFilters)[number]

const wanted = new Set(['closed-by-us', 'pairing-timed-out', 'passkey-failed'])

export function standingOf(instance: HomeInstance): Standing {
  const { state, disconnection, cancelledAt, restrictedUntil } = instance
  if (cancelledAt !== undefined) return 'out'
  if (state === 'open') return restrictedUntil === undefined ? 'connected' : 'restricted'
  if (state === 'pairing') return 'unlinked'
  if (state === 'idle' && disconnection === undefined) return 'unlinked'
  return disconnection !== undefined && wanted.has(disconnection.reason) ? 'unlinked' : 'down'
}

/** With one filter changed; an empty one is left out. */
export function filtered(
  search: URLSearchParams,
  name: HomeFilter,
  value: string,
): URLSearchParams {
  const next = new URLSearchParams(search)
  if (value === '') next.delete(name)
  else next.set(name, value)
  return next
}

export function tagsOf(instances: readonly HomeInstance[]): readonly string[] {
  return [...new Set(instances.flatMap(({ tags }) => tags))].toSorted((one, other) =>
    one.localeCompare(other),
  )
}

export function shownOf(
  instances: readonly HomeInstance[],
  search: URLSearchParams,
): readonly HomeInstance[] {
  const [text, show, tag] = ['text', 'show', 'tag'].map((name) => search.get(name) ?? '')
  const shown = instances.filter(
    (instance) =>
      holds(instance, text ?? '') &&
      (show === '' || isShown(instance, show ?? '')) &&
      (tag === '' || instance.tags.includes(tag ?? '')),
  )
  return shown.toSorted(comparing(orderIn(search)))
}

export function orderIn(search: URLSearchParams): Order {
  return orders.find((each) => each === search.get('sort')) ?? 'problems'
}

function isShown(instance: HomeInstance, show: string): boolean {
  return show === 'problems' ? instance.troubles.length > 0 : standingOf(instance) === show
}

/** By a part of the name, of a tag or of the id, in any case and without accents, or by digits of the number. */
function holds({ id, name, phone = '', tags }: HomeInstance, text: string): boolean {
  const sought = plain(text.trim())
  if (sought === '') return true
  const digits = sought.replaceAll(/[\s()+.-]/gu, '')
  if (/^\d{3,}$/u.test(digits) && phone.includes(digits)) return true
  return [name, id, ...tags].some((each) => plain(each).includes(sought))
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** The worst first. */
const kinds = [
  'number-banned',
  'number-down',
  'number-restricted',
  'receiver-failing',
  'queue-late',
] as const

export function severityOf({ troubles }: HomeInstance): number {
  const places = troubles.map(({ kind }) => kinds.findIndex((each) => each === kind))
  return Math.min(kinds.length, ...places.map((place) => (place === -1 ? kinds.length : place)))
}

type Comparing = (one: HomeInstance, other: HomeInstance) => number

function byName(one: HomeInstance, other: HomeInstance): number {
  return one.name.localeCompare(other.name, undefined, { numeric: true })
}

function falling(of: (instance: HomeInstance) => number): Comparing {
  return (one, other) => of(other) - of(one) || byName(one, other)
}

function comparing(order: Order): Comparing {
  switch (order) {
    case 'problems':
      return falling((instance) => -severityOf(instance))
    case 'name':
      return byName
    case 'activity':
      return falling(({ lastMessageAt = 0 }) => lastMessageAt)
    case 'waiting':
      return falling(({ waiting }) => waiting)
    case 'sent':
      return falling(({ today }) => today.sent)
  }
}
