import { expect, it } from 'vitest'
import type { HomeInstance } from '../../../gateway/src/console/home-answers.js'
import { shownOf, standingOf, tagsOf } from './view.js'

const text = { en: '', pt: '' }

function instance(name: string, more: Partial<HomeInstance> = {}): HomeInstance {
  const today = { sent: 0, failed: 0, late: 0 }
  const known = { id: `id ${name}`, name, createdAt: 0, waiting: 0, tags: [], troubles: [], today }
  return { ...known, state: 'open', receivers: 'good', ...more }
}

const trouble = (kind: HomeInstance['troubles'][number]['kind']) => {
  return { key: kind, kind, cause: text, cure: text }
}

const namesOf = (instances: readonly HomeInstance[], search: string) =>
  shownOf(instances, new URLSearchParams(search)).map(({ name }) => name)

it('puts problems first, the worst at the top, and the others by name', () => {
  const all = [
    instance('Loja 10'),
    instance('Loja 9'),
    instance('Callbacks', { troubles: [trouble('receiver-failing')] }),
    instance('Restrita', { troubles: [trouble('number-restricted')] }),
    instance('Banida', { troubles: [trouble('receiver-failing'), trouble('number-banned')] }),
  ]
  expect(namesOf(all, '')).toEqual(['Banida', 'Restrita', 'Callbacks', 'Loja 9', 'Loja 10'])
  expect(namesOf(all, 'show=problems')).toEqual(['Banida', 'Restrita', 'Callbacks'])
})

it('sorts by what is asked for', () => {
  const all = [
    instance('A', { lastMessageAt: 1, waiting: 2, today: { sent: 3, failed: 0, late: 0 } }),
    instance('B', { lastMessageAt: 2, waiting: 3, today: { sent: 1, failed: 0, late: 0 } }),
    instance('C', { waiting: 1, today: { sent: 2, failed: 0, late: 0 } }),
  ]
  expect(namesOf(all, 'sort=activity')).toEqual(['B', 'A', 'C'])
  expect(namesOf(all, 'sort=waiting')).toEqual(['B', 'A', 'C'])
  expect(namesOf(all, 'sort=sent')).toEqual(['A', 'C', 'B'])
  expect(namesOf(all.toReversed(), 'sort=name')).toEqual(['A', 'B', 'C'])
})

it('finds an instance by name without accents, by number in any form, by id and by tag', () => {
  const shop = instance('São Paulo', { phone: '5511999990001', tags: ['loja'] })
  const all = [shop, instance('Recife', { phone: '5581988887777' })]
  for (const asked of ['sao p', 'SÃO', '99999-0001', '+55 11 99999', 'id são', 'LOJ'])
    expect({ asked, found: namesOf(all, `text=${encodeURIComponent(asked)}`) }).toEqual({
      asked,
      found: ['São Paulo'],
    })
  expect(namesOf(all, 'tag=loja')).toEqual(['São Paulo'])
  expect(namesOf(all, 'text=nothing')).toEqual([])
  expect(tagsOf(all)).toEqual(['loja'])
})

function away(reason: 'network' | 'closed-by-us') {
  return { reason, since: 0, remedy: 'wait', cause: text, cure: text } as const
}

it('tells how each stands', () => {
  expect(standingOf(instance('A'))).toBe('connected')
  expect(standingOf(instance('A', { restrictedUntil: 1 }))).toBe('restricted')
  expect(standingOf(instance('A', { state: 'idle' }))).toBe('unlinked')
  expect(standingOf(instance('A', { state: 'pairing' }))).toBe('unlinked')
  expect(standingOf(instance('A', { state: 'ended', disconnection: away('closed-by-us') }))).toBe(
    'unlinked',
  )
  expect(standingOf(instance('A', { state: 'waiting', disconnection: away('network') }))).toBe(
    'down',
  )
  expect(standingOf(instance('A', { state: 'connecting' }))).toBe('down')
  expect(standingOf(instance('A', { cancelledAt: 1 }))).toBe('out')
  expect(namesOf([instance('A'), instance('B', { state: 'idle' })], 'show=unlinked')).toEqual(['B'])
})
