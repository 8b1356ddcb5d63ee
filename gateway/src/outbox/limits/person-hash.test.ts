import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { addInstance } from '../../../test/support/stored-instance.js'
import { instanceIdOf } from '../../../test/support/outgoing-message.js'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import { createVault } from '../../db/encryption.js'
import { formsOf } from '../../domain/phone-forms.js'
import { PersonHash } from './person-hash.js'

eachDatabase('the hash of a person', (openDatabase) => {
  async function open() {
    const database = await openDatabase()
    const { people } = anOutboxWorld(database)
    const hash = new PersonHash({ vault: createVault(randomBytes(32)), people })
    const [one, other] = [await addInstance(database), instanceIdOf('3B')]
    const of = (person: { phone?: string; lid?: string }, instanceId = one) =>
      hash.of(instanceId, person, database.query)
    return { people, hash, one, other, of, database }
  }

  const digits = fc.stringMatching(/^[0-9]{5,15}$/u)
  const mobile = fc.stringMatching(
    /^(?:55[1-9]{2}9?[6-9][0-9]{7}|521?[2-9][0-9]{9}|549?[1-3][0-9]{9})$/u,
  )

  it('is the same for all forms of a number, and for nothing else', async () => {
    const { of } = await open()
    const phones = fc.oneof(digits, mobile)
    await fc.assert(
      fc.asyncProperty(phones, phones, async (phone, another) => {
        const [hash, [ofAnother]] = [await of({ phone }), await of({ phone: another })]
        expect(hash).toHaveLength(1)
        expect(hash[0] === ofAnother).toBe(formsOf(phone).includes(another))
        for (const form of formsOf(phone)) expect(await of({ phone: form })).toEqual(hash)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps instances, numbers and LIDs apart', async () => {
    const { of, other } = await open()
    const [lid] = await of({ lid: '5511999990001' })
    expect([lid]).not.toEqual(await of({ phone: '5511999990001' }))
    expect(await of({ lid: '5511999990001' }, other)).not.toEqual([lid])
  })

  it('is the same by number and by LID once they are known to be one person', async () => {
    const { of, people, one } = await open()
    const [[phone], [lid]] = [await of({ phone: '5511999990001' }), await of({ lid: '77' })]
    await people.learn(one, [{ phone: '551199990001', lid: '77' }])
    for (const person of [{ phone: '5511999990001' }, { phone: '551199990001' }, { lid: '77' }])
      expect(await of(person)).toEqual([phone, lid])
  })

  it('stays what earlier versions stored', async () => {
    const { people, database, one } = await open()
    const hash = new PersonHash({ vault: createVault(Buffer.alloc(32, 7)), people })
    const id = instanceIdOf('3A')
    expect(hash.ofPhone(id, '5511999990001')).toBe('5fATgS1uuUojVBgKb5vO0lomKZIbfMcWL5NjcB4NYRk')
    expect(await hash.of(id, { lid: '77' }, database.query)).toEqual([
      'eSLz5rNtbkg75ieWFW6ev5TVzgPRXOYHhq2zvz8cNs0',
    ])
    expect(hash.ofPhone(one, '5511999990001')).not.toBe(hash.ofPhone(id, '5511999990001'))
  })
})
