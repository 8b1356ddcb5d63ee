import { expect, test } from 'vitest'
import type { InstanceId } from '../../domain/instance.js'
import { PairingMemories } from './pairing-memory.js'

const instanceId = '3A' as InstanceId
const memories = () => new PairingMemories({ now: () => 0 })

test('what was learned under an identity is there on its next connection', async () => {
  const known = memories()
  await known.of(instanceId, 'first').devices.set('100', ['phone'])
  expect(await known.of(instanceId, 'first').devices.get('100')).toEqual(['phone'])
})

test('a new identity knows nothing of the one before, nor the other way round', async () => {
  const known = memories()
  await known.of(instanceId, 'first').devices.set('100', ['phone'])
  expect(await known.of(instanceId, 'second').devices.get('100')).toBeUndefined()
  expect(await known.of(instanceId, 'first').devices.get('100')).toBeUndefined()
})

test('what is forgotten is gone for the same identity too, and for this instance alone', async () => {
  const known = memories()
  const other = '3B' as InstanceId
  for (const id of [instanceId, other]) await known.of(id, 'same').devices.set('100', ['phone'])
  known.forget(instanceId)
  expect(await known.of(instanceId, 'same').devices.get('100')).toBeUndefined()
  expect(await known.of(other, 'same').devices.get('100')).toEqual(['phone'])
})
