import { expect, it } from 'vitest'
import { dayText, withLocalMoments } from './moments.js'

it.each(['en', 'pt'] as const)('writes the moments in a text as people of %s do', (language) => {
  const [first, second] = ['2026-11-30T12:05:09.123Z', '2026-12-01T00:00Z']
  const written = withLocalMoments({ language }, `until ${first}, or ${second}.`)
  const [one, other] = [first, second].map((moment) => dayText({ language }, Date.parse(moment)))
  expect(written).toBe(`until ${one}, or ${other}.`)
  expect(written).not.toContain('Z')
})

it('leaves a day and other numbers as they are', () => {
  const text = 'messages-2026-11-30.csv, 5511999990001'
  expect(withLocalMoments({ language: 'en' }, text)).toBe(text)
})
