import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostGivenUp, nextStep, type NodeLoad, targets } from './fair-share.js'

const node = (id: string, owned: number, isLeaving = false): NodeLoad => ({ id, owned, isLeaving })

test('what three nodes run differs by one at most, and the fullest keep the remainder', () => {
  const found = targets([node('a', 0), node('b', 5), node('c', 5)], 10)
  expect(Object.fromEntries(found)).toEqual({ a: 3, b: 4, c: 3 })
})

test('a node alone takes everything at once', () => {
  expect(nextStep('a', [node('a', 0)], 10_000)).toEqual({ take: 10_000, giveUp: 0 })
})

test('a node that ends takes none, and the others share what it gives up', () => {
  const nodes = [node('a', 3, true), node('b', 3), node('c', 3)]
  expect(nextStep('a', nodes, 9)).toEqual({ take: 0, giveUp: 3 })
  expect(nextStep('b', [node('a', 0, true), node('b', 3), node('c', 3)], 9).take).toBe(2)
})

test('a node above its share gives up a few at a time', () => {
  expect(nextStep('a', [node('a', 100), node('b', 0)], 100)).toEqual({
    take: 0,
    giveUp: mostGivenUp,
  })
})

const anyNodes = fc
  .array(fc.record({ owned: fc.nat(40), isLeaving: fc.boolean() }), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((each, index) => ({ ...each, id: `n${index}` })))

test('from any distribution the nodes come to fair shares, and then nothing moves', () => {
  fc.assert(
    fc.property(anyNodes, fc.nat(40), (begun, unowned) => {
      const total = begun.reduce((sum, { owned }) => sum + owned, 0) + unowned
      let nodes: readonly NodeLoad[] = begun
      for (let round = 0; round < 60; round += 1)
        nodes = nodes.map((each) => {
          // Each acts alone, on what it sees then.
          const { take, giveUp } = nextStep(each.id, nodes, total)
          return { ...each, owned: each.owned + take - giveUp }
        })
      const staying = nodes.filter(({ isLeaving }) => !isLeaving)
      if (staying.length === 0) return
      const counts = staying.map(({ owned }) => owned)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      for (const { id } of nodes) expect(nextStep(id, nodes, total)).toEqual({ take: 0, giveUp: 0 })
    }),
  )
})

test('shares sum up to all instances, and no instance moves without need', () => {
  fc.assert(
    fc.property(anyNodes, (nodes) => {
      const total = nodes.reduce((sum, { owned }) => sum + owned, 0)
      const found = targets(nodes, total)
      const staying = nodes.filter(({ isLeaving }) => !isLeaving)
      if (staying.length === 0) return
      expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(total)
      // Fewer could move only if a share were above the fair one.
      const most = Math.ceil(total / staying.length)
      for (const { id, owned } of staying)
        expect(found.get(id)).toBeGreaterThanOrEqual(Math.min(owned, most - 1))
    }),
  )
})
