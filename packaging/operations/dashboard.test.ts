import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { dashboardPath, dashboardRules, readPanels } from './dashboard.js'

const root = resolve(import.meta.dirname, '../..')
const metricsIn = (text: string) => [...new Set(text.match(/\brecado_[a-z_]+/gu))]

test('the dashboard asks for metrics that are documented', async () => {
  const told = metricsIn(await readFile(resolve(root, 'docs/operator-reference.md'), 'utf8'))
  const asked = metricsIn(await readFile(dashboardPath, 'utf8'))
  expect(asked.length).toBeGreaterThan(15)
  const names = asked.map((name) => name.replace(/_(?:bucket|count)$/u, ''))
  expect(names.filter((name) => !told.includes(name))).toEqual([])
})

test('no two panels of the dashboard stand in one place, and each has a query', async () => {
  const panels = await readPanels()
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  const { groups } = JSON.parse(await dashboardRules())
  expect(groups[0].rules.length).toBeGreaterThanOrEqual(panels.length)
})
