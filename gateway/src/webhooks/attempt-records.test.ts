import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  bodiesOf,
  CourierStage,
  instanceId,
  minuteMs,
  sentEvent,
} from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'

const answering = (status: number, body: string) => ({ status, headers: {}, body })

eachDatabase('attempts of a callback', (open) => {
  let stage: CourierStage

  beforeEach(async () => {
    stage = await CourierStage.open(open)
    stage.courier.start()
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  const only = async () => {
    const [row] = await stage.rows()
    const found = await stage.newDeadLetters().find(instanceId, row?.id ?? '')
    return found?.tries
  }

  it('are kept with their time, status and answer, also once it has arrived', async () => {
    stage.endpoint.answer = () => answering(500, 'no such column')
    const at = stage.clock.now()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    const first = { at, statusCode: 500, error: 'HTTP 500', answer: 'no such column' }
    expect(await only()).toMatchObject([first])
    stage.endpoint.answer = () => answering(201, 'taken')
    await stage.advanceToNextAttempt()
    await stage.log.until('delivery-done')
    const second = { at: stage.clock.now(), statusCode: 201, answer: 'taken' }
    expect(await only()).toMatchObject([first, second])
    expect((await only())?.[1]).not.toHaveProperty('error')
  })

  it('show at most 1,000 characters of an answer, and no code and no token in it', async () => {
    stage.endpoint.answer = ({ headers }) =>
      answering(500, `got ${headers['z-api-token']} and 845201 in ${'é'.repeat(2_000)}`)
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    const answer = (await only())?.[0]?.answer ?? ''
    expect(answer).toHaveLength(1_000)
    expect(answer).toMatch(/^got •••• and ••••01 in é+$/u)
    const stored = Buffer.from((await stage.rows())[0]?.attempts_sealed ?? []).toString('latin1')
    expect(stored).not.toContain('got')
    expect(JSON.stringify(stage.log.lines)).not.toContain('845201')
  })

  it('say what was wrong with the network, and have no answer then', async () => {
    await stage.endpoint[Symbol.asyncDispose]()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    expect(await only()).toMatchObject([{ error: 'ECONNREFUSED' }])
    expect((await only())?.[0]).not.toHaveProperty('answer')
  })

  it('show what is no text as such, and nothing of an empty answer', async () => {
    stage.endpoint.answer = () => answering(500, 'a\u0000b')
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    stage.endpoint.answer = () => answering(500, '')
    await stage.advanceToNextAttempt()
    await stage.log.until('delivery-failed', 2)
    const [first, second] = (await only()) ?? []
    expect(first?.answer).toBe('a\u{FFFD}b')
    expect(second).not.toHaveProperty('answer')
  })

  it('are made now by hand, in the order of the chat, and use up none of the ten', async () => {
    stage.endpoint.answer = () => 500
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    await stage.publish(sentEvent('5511', 2))
    stage.endpoint.answer = () => 503
    const letters = stage.newDeadLetters()
    const [, behind] = await stage.rows()
    expect(await letters.tryNow(instanceId, behind?.id ?? '')).toBe('tried')
    await stage.endpoint.hit(2)
    await stage.log.until('delivery-failed', 2)
    expect((await stage.rows()).map(({ attempts }) => attempts)).toEqual([1, 0])

    stage.endpoint.answer = () => 200
    expect(await letters.tryAll(instanceId, { url: 'https://elsewhere.example/' })).toBe(0)
    expect(await letters.tryAll(instanceId, {})).toBe(1)
    await stage.endpoint.hit(4)
    expect(bodiesOf(stage.endpoint.hits, '5511')).toEqual([1, 1, 1, 2])
    await stage.log.until('delivery-done', 2)
    expect(await letters.tryNow(instanceId, behind?.id ?? '')).toBe('done')
    expect(await letters.tryNow(instanceId, 'unknown')).toBe('unheard-of')
  })

  it('are made again of what failed since a moment', async () => {
    stage.endpoint.answer = () => 410
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-dead')
    stage.endpoint.answer = () => 200
    const letters = stage.newDeadLetters()
    const now = stage.clock.now()
    expect(await letters.tryAll(instanceId, { since: now + minuteMs })).toBe(0)
    expect(await letters.tryAll(instanceId, { since: now })).toBe(1)
    await stage.log.until('delivery-done')
  })
})
