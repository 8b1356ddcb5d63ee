import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createAskSecret } from './ask-secret.js'

function terminal(isTTY: boolean) {
  const shown: string[] = []
  const input = Object.assign(new PassThrough(), { isTTY })
  const output = new PassThrough().on('data', (chunk: Buffer) => shown.push(chunk.toString()))
  return { input, output, shown, ask: createAskSecret({ input, output }, 'Set the variable.') }
}

test('what is typed is taken and not shown', async () => {
  const { input, shown, ask } = terminal(true)
  for (const secret of ['correct horse', 'battery staple']) {
    const answer = ask('Passphrase: ')
    input.write(`${secret}\r`)
    expect(await answer).toBe(secret)
  }
  expect(shown.join('')).toBe('Passphrase: \nPassphrase: \n')
})

test('asks no question without a terminal', async () => {
  const { shown, ask } = terminal(false)
  await expect(ask('Passphrase: ')).rejects.toThrow('Set the variable.')
  expect(shown).toEqual([])
})
