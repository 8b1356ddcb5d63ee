import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createConfirm } from './confirm.js'

function terminal(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY })
  return { input, confirm: createConfirm({ input, output: new PassThrough() }) }
}

it.each([
  ['y', true],
  ['Yes', true],
  ['n', false],
  ['', false],
  ['yesterday', false],
])('%j at the terminal means %s', async (typed, meant) => {
  const { input, confirm } = terminal(true)
  const answer = confirm('Is it?')
  input.write(`${typed}\n`)
  expect(await answer).toBe(meant)
})

it('asks no question where there is no terminal', async () => {
  expect(await terminal(false).confirm('Is it?')).toBeUndefined()
})
