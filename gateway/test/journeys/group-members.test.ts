/** A group whose members come and go, the number of the instance among them. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { arrivedFrom, atOnceSeconds, codeOn, endOfCode } from '../support/codes.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let ana: Phone
let group: { readonly jid: string; readonly phone: string }

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  const admin = await journey.newPhone()
  ana = await journey.newPhone()
  const members = [admin.phone, own.phone, ana.phone]
  const { id } = journey.simulator.addGroup({ subject: 'Turma', members })
  group = { jid: id, phone: id.replace('@g.us', '-group') }
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const change = (what: 'add' | 'remove', phone: Phone) =>
  journey.simulator.changeMember(what, phone.phone, group.jid)
const codeInGroup = (phone: Phone) => codeOn(phone, journey, instance, group.phone)

describe('a group', () => {
  test('that the number was removed from ends a code at once, and takes codes again after it was added', async () => {
    expect(await codeInGroup(ana)).toMatchObject(arrivedFrom(own.phone))
    change('remove', own)
    const { error, seconds } = await endOfCode(group.phone, journey, instance)
    expect(error).toMatch(/not a member of the group/u)
    expect(seconds).toBeLessThan(await atOnceSeconds(journey, instance))
    change('add', own)
    expect(await codeInGroup(ana)).toMatchObject(arrivedFrom(own.phone))
  })

  test('shows a code to a member who left and came back, on another phone too', async () => {
    expect(await codeInGroup(ana)).toMatchObject(arrivedFrom(own.phone))
    change('remove', ana)
    change('add', ana)
    expect(await codeInGroup(ana)).toMatchObject(arrivedFrom(own.phone))
    change('remove', ana)
    ana = await journey.simulator.changePhone(ana.phone, { announced: false })
    change('add', ana)
    expect(await codeInGroup(ana)).toMatchObject(arrivedFrom(own.phone))
  })

  test('shows a code although a device of a member is gone in silence', async () => {
    await journey.companionOf(ana)
    journey.simulator.network.byPhone(ana.phone)?.devices.delete(1)
    expect(await codeInGroup(ana)).toMatchObject(arrivedFrom(own.phone))
  })

  test('that is none ends a code at once', async () => {
    const { error, seconds } = await endOfCode('120363123456789012-group', journey, instance)
    expect(error).toMatch(/does not know the group/u)
    expect(seconds).toBeLessThan(await atOnceSeconds(journey, instance))
  })
})
