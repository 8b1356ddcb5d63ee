/** The table of what public programs call is what the data and a real gateway say. */

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { contract, type Shape } from '../zapi/contract.js'
import {
  type Difference,
  differences,
  documentedCalls,
  otherCalls,
  programs,
} from '../zapi/programs.js'

const root = resolve(import.meta.dirname, '../../..')

test('docs/appendix/programs.md is what the data and the gateway say', async () => {
  const tool = ['--import', 'tsx', 'gateway/tool/programs.ts', '--check']
  const run = await promisify(execFile)(process.execPath, tool, { cwd: root }).then(
    ({ stdout }) => ({ failed: false, stdout }),
    (error: { stdout?: string; stderr?: string }) => ({
      failed: true,
      stdout: [error.stdout, error.stderr].join('\n'),
    }),
  )
  // If not: npm run programs
  expect(run).toEqual({ failed: false, stdout: '' })
})

test('a program has its number, and names each call once', () => {
  expect(programs.map(({ id }) => id)).toEqual(programs.map((_program, index) => index + 1))
  expect(programs.filter(({ calls }) => new Set(calls).size < calls.length)).toEqual([])
  expect(programs.filter(({ calls }) => calls.length === 0)).toEqual([])
})

test('a difference is one of a documented call that a program with it makes', () => {
  expect(differences.filter(({ call }) => !documentedCalls.has(call))).toEqual([])
  const unused = differences.filter(({ name, call }) => {
    const having = programs.filter(({ differences: own = [] }) => own.includes(name))
    return having.length === 0 || having.some(({ calls }) => !calls.includes(call))
  })
  expect(unused).toEqual([])
  const names = new Set(differences.map(({ name }) => name))
  expect(
    programs.flatMap(({ differences: own = [] }) => own).filter((each) => !names.has(each)),
  ).toEqual([])
})

test('an attribute that makes a difference is not documented', () => {
  const withField = differences.filter(({ field }) => field !== undefined)
  expect(withField.length).toBeGreaterThan(5)
  expect(withField.filter(isDocumented)).toEqual([])
  expect(isDocumented({ name: '', what: '', call: 'POST /send-text', field: 'mentioned' })).toBe(
    true,
  )
})

test('calls that are said to be undocumented differ from documented ones in more than a parameter', () => {
  const shapes = new Set([...documentedCalls].map(withoutNames))
  expect(otherCalls.filter((call) => shapes.has(withoutNames(call)))).toEqual([])
})

test('the data holds nothing that could be a token or name its owner', async () => {
  const text = await readFile(resolve(root, 'docs/appendix/programs.json'), 'utf8')
  expect(text).not.toMatch(/[0-9a-f]{24}|github|z-api\.io|secret/iu)
  const numbers = text.match(/\d{8,}/gu) ?? []
  expect(numbers.filter((one) => !['5511999999999', '120363019502650977'].includes(one))).toEqual(
    [],
  )
})

function withoutNames(call: string): string {
  return call.replaceAll(/\{\w+\}/gu, '{}')
}

function isDocumented({ call, field = '' }: Difference): boolean {
  const pages = contract.filter(({ method, paths }) =>
    paths.some((path) => `${method} ${path}` === call),
  )
  return pages.some(({ body, query }) => hasName(body, field.split('.')) || hasName(query, [field]))
}

function hasName(shape: Shape | undefined, [name = '', ...deeper]: readonly string[]): boolean {
  if (typeof shape !== 'object') return false
  if (Array.isArray(shape)) return hasName(shape[0], [name, ...deeper])
  const found = Object.entries(shape).find(([key]) => key.replace(/\?$/u, '') === name)
  return found !== undefined && (deeper.length === 0 || hasName(found[1], deeper))
}
