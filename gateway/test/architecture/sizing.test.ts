/** The figures of docs/sizing.md, and of its Portuguese, are those of the rules. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.js'
import { noSendingLimits, recommendedLimits } from '../../src/domain/sending-limits.js'
import { mostMessages, warmUpDays } from '../../src/outbox/limits/sending-limits.js'
import { mostOvertaken } from '../../src/outbox/queue/turns.js'

const root = join(import.meta.dirname, '../../..')
const { pacing, undeliverableAfterMs } = readConfig({}, () => {
  throw new Error('no files here')
})
const meanSeconds = (pacing.minGapMs + pacing.maxGapMs) / 2_000

/** The rows of all tables, without their headings. */
async function rowsOf(page: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(join(root, 'docs', page), 'utf8')
  return text
    .split('\n')
    .filter((line) => /^\| (?:\d|Most|Máximo)/u.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const numbersFor = (aSecond: number, share: number): number =>
  Math.ceil(Number(((aSecond * meanSeconds * 1.5) / share).toFixed(6)))

test.each(['sizing.md', 'pt-BR/sizing.md'])('%s has the sums right', async (page) => {
  const rows = await rowsOf(page)
  const codes = rows.filter(([first = '']) => /^\d+$/u.test(first))
  expect(codes.length).toBeGreaterThan(3)
  const normalShare = 1 / (mostOvertaken.normal + 1)
  for (const [aMinute = '', , alone, withCampaigns, oneLost] of codes) {
    const aSecond = Number(aMinute) / 60
    const beside = numbersFor(aSecond, 1 - normalShare)
    expect([aMinute, alone, withCampaigns, oneLost]).toEqual([
      aMinute,
      `${numbersFor(aSecond, 1)}`,
      `${beside}`,
      `${beside + 1}`,
    ])
  }
  const limits = { ...noSendingLimits, ...recommendedLimits }
  const [, ...days] = rows.find(([first]) => first === 'Most' || first === 'Máximo') ?? []
  expect(days).toHaveLength(warmUpDays)
  const most = days.map((_, index) => mostMessages(limits, index + 1))
  expect(days.map(Number)).toEqual(most)
  expect(most.slice(0, -1).reduce((sum, each) => sum + each, 0)).toBe(2_787)
})

test('the sums count with the pacing and the turns that are usual', () => {
  expect([pacing.minGapMs, pacing.maxGapMs]).toEqual([1_000, 3_000])
  expect(mostOvertaken).toEqual({ normal: 9, low: 29 })
  expect(recommendedLimits).toMatchObject({ dailyMessages: 1_000, dailyNewPeople: 50 })
  expect(undeliverableAfterMs).toBe(20_000)
})
