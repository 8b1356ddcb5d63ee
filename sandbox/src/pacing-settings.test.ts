import { expect, test } from 'vitest'
import { pacingSettings } from './pacing-settings.js'

test.each([
  ['1-3', '1000', '3000'],
  ['0-0', '0', '0'],
  ['0.5-1.25', '500', '1250'],
])('--pacing %s is a gap of %s to %s ms', (text, min, max) => {
  expect(pacingSettings(text)).toEqual({ RECADO_PACING_MIN_MS: min, RECADO_PACING_MAX_MS: max })
})

test.each(['', '3', '3-1', '1-', '-1', 'a-b', '1-3s'])('--pacing %o is refused', (text) => {
  expect(() => pacingSettings(text)).toThrow('Pacing is two numbers of seconds, such as 1-3.')
})
