import { expect, test } from 'vitest'
import { addInstance } from '../../test/support/stored-instance.js'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { RegistrationStore } from './registration-store.js'

eachDatabase('registrations', (open) => {
  test('keep what WhatsApp said about a number, and when', async () => {
    const clock = new ManualClock()
    const database = await open()
    const instanceId = await addInstance(database)
    const store = new RegistrationStore({ database, clock })
    expect(await store.find(instanceId, '5511987654321')).toBeUndefined()

    await store.remember(instanceId, '5511987654321', '551187654321')
    const checkedAt = clock.now()
    await clock.advance(60_000)
    expect(await store.find(instanceId, '5511987654321')).toEqual({
      registeredPhone: '551187654321',
      checkedAt,
    })

    await store.remember(instanceId, '5511987654321', undefined)
    expect(await store.find(instanceId, '5511987654321')).toEqual({
      registeredPhone: undefined,
      checkedAt: checkedAt + 60_000,
    })
  })

  test('of many numbers are kept and found at once', async () => {
    const clock = new ManualClock()
    const database = await open()
    const instanceId = await addInstance(database)
    const store = new RegistrationStore({ database, clock })
    await store.remember(instanceId, '5511', undefined)
    await clock.advance(1)
    await store.rememberAll(instanceId, [{ asked: '5511', phone: '5511' }, { asked: '5522' }])
    const checkedAt = clock.now()
    expect(await store.findAll(instanceId, ['5511', '5522', '5533'])).toEqual(
      new Map([
        ['5511', { registeredPhone: '5511', checkedAt }],
        ['5522', { registeredPhone: undefined, checkedAt }],
      ]),
    )
    await store.rememberAll(instanceId, [])
    expect(await store.findAll(instanceId, [])).toEqual(new Map())
  })

  test('of one instance are not those of another', async () => {
    const database = await open()
    const store = new RegistrationStore({ database, clock: new ManualClock() })
    const [one, other] = [await addInstance(database), await addInstance(database)]
    await store.remember(one, '551187654321', '551187654321')
    expect(await store.find(other, '551187654321')).toBeUndefined()
  })
  test('are forgotten after a month, unless WhatsApp was asked again', async () => {
    const clock = new ManualClock()
    const database = await open()
    const instanceId = await addInstance(database)
    const store = new RegistrationStore({ database, clock })
    await store.remember(instanceId, '551111111111', '551111111111')
    await store.remember(instanceId, '552222222222', '552222222222')
    await clock.advance(1)
    await store.remember(instanceId, '552222222222', '552222222222')
    await clock.advance(30 * 24 * 60 * 60 * 1_000 - 2)
    expect(await store.purge()).toBe(0)
    await clock.advance(1)
    expect(await store.purge()).toBe(1)
    expect(await store.find(instanceId, '551111111111')).toBeUndefined()
    expect(await store.find(instanceId, '552222222222')).toBeDefined()
  })
})
