import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import { writeEndpoint } from './endpoint-store.js'
import { pauseReceiver } from './paused-receivers.js'
import { ReceiverPlaces } from './receiver-places.js'

const url = 'https://example.com/hook'

eachDatabase('receivers of all instances', (open) => {
  it('are those that are set, with those that are paused, also where none is set any more', async () => {
    const database = await open()
    const [running, paused, former] = [
      await addInstance(database),
      await addInstance(database),
      await addInstance(database),
      await addInstance(database),
    ]
    await database.transaction(async (transaction) => {
      const kinds = ['message.sent', 'message.failed'] as const
      await writeEndpoint(transaction, running, kinds, url)
      await writeEndpoint(transaction, paused, kinds, url)
      await pauseReceiver(transaction, paused, url, 7)
      await pauseReceiver(transaction, former, url, 7)
    })
    expect(Object.fromEntries(await new ReceiverPlaces({ database }).all())).toEqual({
      [running]: { isPaused: false },
      [paused]: { isPaused: true },
      [former]: { isPaused: true },
    })
  })
})
