import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { forServer, readSteps, stepsOf } from './page.js'

const root = resolve(import.meta.dirname, '../..')

test('the page has the steps that are tried on a fresh server, in this order', async () => {
  const steps = await readSteps(root)
  expect(steps.map(({ section }) => section.slice(0, 2))).toEqual(['1.', '2.', '3.', '4.', '4.'])
  const [install, , , upgrade, back] = steps.map(({ commands }) => commands)
  expect(install).toContain('systemctl enable --now recado')
  expect(upgrade).toContain('recado-0.2.0-linux-x64')
  expect(back).toContain('restore --force')
})

test('blocks outside the numbered sections are not steps', () => {
  const page = '# A\n```sh\na\n```\n## 1. B\n```sh\nb\n```\n```nginx\nc\n```\n## D\n```sh\nd\n```\n'
  expect(stepsOf(page)).toEqual([{ section: '1. B', commands: 'b\n' }])
})

test('the name and the versions are the reader’s, an address stays as it is', () => {
  const step = { section: '1. A', commands: 'x YOUR-NAME recado-0.1.0-linux 0.2.0 127.0.0.1\n' }
  const server = { name: 'a.example', before: '1.4.0', after: '2.0.0' }
  expect(forServer(step, server)).toBe('x a.example recado-1.4.0-linux 2.0.0 127.0.0.1\n')
})
