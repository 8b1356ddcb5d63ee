import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { keepSignalQuiet } from './quiet-signal.js'

const require = createRequire(import.meta.url)

/** The console calls of libsignal's files about sessions: method and how the text begins. */
function remarksOfLibsignal(): { method: 'info' | 'warn' | 'error'; text: string }[] {
  return ['session_record', 'session_cipher', 'session_builder'].flatMap((file) => {
    const source = readFileSync(require.resolve(`libsignal/src/${file}.js`), 'utf8')
    const calls = source.matchAll(/^\s*console\.(info|warn|error)\(['"]([^'"]+)['"]/gm)
    return [...calls].map(([, method, text]) => ({
      method: method as 'info' | 'warn' | 'error',
      text: text ?? '',
    }))
  })
}

function quietConsole(): { target: Console; printed: unknown[][] } {
  const printed: unknown[][] = []
  const print = (...values: unknown[]): void => void printed.push(values)
  const target: Console = Object.assign(Object.create(console), {
    info: print,
    warn: print,
    error: print,
  })
  keepSignalQuiet(target)
  return { target, printed }
}

describe('the console of a simulator', () => {
  test('gets none of what libsignal has to say about sessions', () => {
    const remarks = remarksOfLibsignal()
    expect(remarks.length).toBeGreaterThan(8)
    const { target, printed } = quietConsole()
    for (const { method, text } of remarks) target[method](text, { privKey: 1 })
    // A migration of stores from before 2017 tells of itself; it holds no key.
    expect(printed.flat().filter((text) => typeof text === 'string')).toEqual([
      'V1 session storage migration error: registrationId',
    ])
  })

  test('keeps what others print', () => {
    const { target, printed } = quietConsole()
    target.info('Closing the shop')
    expect(printed).toEqual([['Closing the shop']])
  })
})
