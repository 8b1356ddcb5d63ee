import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.js'
import type { LookedUpPhone } from '../../domain/profile.js'
import { PhoneAnswers } from './phone-answers.js'

const signal = new AbortController().signal
const numbers = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => `55119${10_000_000 + first + index}`)

function stage(answerTo = (asked: string): LookedUpPhone => ({ asked, phone: asked })) {
  const clock = new ManualClock()
  const questions: (readonly string[])[] = []
  const answers = new PhoneAnswers({
    clock,
    ask: async (phones) => {
      questions.push(phones)
      return phones.map(answerTo)
    },
  })
  return { clock, questions, answers }
}

describe('many numbers', () => {
  test('are asked about in portions, with rests between them', async () => {
    const { clock, questions, answers } = stage()
    const phones = numbers(450)
    const found = answers.of(phones, signal)
    for (const asked of [200, 400]) {
      await clock.sleepers()
      expect(questions.flat()).toHaveLength(asked)
      expect(clock.sleepingMs).toEqual([100])
      await clock.advance(100)
    }
    expect((await found).map(({ phone }) => phone)).toEqual(phones)
  })

  test('of two callers wait for each other', async () => {
    const { clock, questions, answers } = stage()
    await answers.of(numbers(200), signal)
    const second = answers.of(numbers(1, 500), signal)
    await clock.sleepers()
    expect(questions).toHaveLength(1)
    await clock.advance(100)
    await second
    expect(questions).toHaveLength(2)
  })

  test('are asked about no more once their caller is gone, and what was answered is kept', async () => {
    const { clock, questions, answers } = stage()
    const gone = new AbortController()
    const found = answers.of(numbers(400), gone.signal)
    await clock.sleepers()
    gone.abort(new Error('gone'))
    await expect(found).rejects.toThrow('gone')
    await clock.advance(1_000)
    await answers.of(numbers(400), signal)
    expect(questions.map((phones) => phones.length)).toEqual([200, 200])
  })
})

describe('an answer', () => {
  test('is given again for ten minutes, in the order of the questions', async () => {
    const { clock, questions, answers } = stage()
    const [one = '', other = ''] = numbers(2)
    await answers.of([one], signal)
    await clock.advance(599_999)
    const found = await answers.of([other, one, other], signal)
    expect(found.map(({ asked }) => asked)).toEqual([other, one, other])
    expect(questions).toEqual([[one], [other]])
    await clock.advance(1)
    await answers.of([one], signal)
    expect(questions).toEqual([[one], [other], [one]])
  })

  test('that did not come is asked for again', async () => {
    const { clock, questions, answers } = stage((asked) => ({ asked, isUnanswered: true }))
    const phones = numbers(1)
    await answers.of(phones, signal)
    await clock.advance(1_000)
    expect(await answers.of(phones, signal)).toEqual([{ asked: phones[0], isUnanswered: true }])
    expect(questions).toHaveLength(2)
  })
})
