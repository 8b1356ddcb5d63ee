import { afterEach, beforeEach, expect, test } from 'vitest'
import { CourierStage, connected, instanceId, sentEvent } from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'

eachDatabase('how many callbacks a URL gets at once', (open) => {
  let stage: CourierStage

  beforeEach(async () => {
    stage = await CourierStage.open(open)
    const each = { untried: 1, prompt: 3, slow: 1 }
    stage.courier = stage.newCourier({ limits: { all: 10, allSlow: 5, each } })
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  /** What is refused waits, so the URL is not forgotten. Then come three that it never answers. */
  const refusesFirstIn = async (ms: number) => {
    stage.endpoint.answer = () => {
      stage.clock.jump(ms)
      return 500
    }
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    stage.endpoint.answer = () => 'hang'
    for (const n of [2, 3, 4]) await stage.publish(sentEvent(`552${n}`, n))
  }

  test('as many as are set for a prompt one, if it answers within three seconds', async () => {
    await refusesFirstIn(3_000)
    await stage.endpoint.hit(4)
    await stage.endpoint[Symbol.asyncDispose]()
    expect(stage.endpoint.hits).toHaveLength(4)
  })

  test('one, if it takes longer', async () => {
    await refusesFirstIn(3_001)
    await stage.endpoint.hit(2)
    // What is published last to another URL arrives after all that may go to this one.
    stage.endpoint.answer = ({ path }) => (path === '/other' ? 200 : 'hang')
    const other = stage.endpoint.url('/other')
    await stage.webhooks.setEndpoint(instanceId, ['instance.connected'], other)
    await stage.publish(connected)
    await stage.log.until('delivery-done')
    stage.endpoint.hits.pop()
    await stage.endpoint[Symbol.asyncDispose]()
    expect(stage.endpoint.hits).toHaveLength(2)
  })
})
