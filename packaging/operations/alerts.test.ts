import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFile(resolve(root, path), 'utf8')
const metricsIn = (text: string) => new Set(text.match(/\brecado_[a-z_]+/gu))

test('the alerts ask for metrics that there are, and each has its test', async () => {
  const rules = await read('packaging/prometheus/alerts.yml')
  const told = metricsIn(await read('docs/operator-reference.md'))
  const asked = [...metricsIn(rules)].map((name) => name.replace(/_bucket$/u, ''))
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.filter((name) => !told.has(name))).toEqual([])

  const tests = await read('packaging/prometheus/alerts.test.yml')
  const alerts = [...rules.matchAll(/- alert: (\w+)/gu)].map(([, name = '']) => name)
  expect(alerts.filter((name) => !tests.includes(`alertname: ${name}`))).toEqual([])
})
