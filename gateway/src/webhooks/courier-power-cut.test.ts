import { expect, onTestFinished, test } from 'vitest'
import { CourierStage, loopback, sentEvent } from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { watchDisk } from '../../test/support/watched-disk.js'

eachDatabase('the courier', (open, dialect) => {
  // PostgreSQL shows nothing that is not on its disk.
  test.runIf(dialect === 'sqlite')('posts no event that a power cut could undo', async () => {
    const stage = await CourierStage.open(open)
    onTestFinished(() => stage[Symbol.asyncDispose]())
    using disk = await watchDisk()
    const wasHeld: boolean[] = []
    stage.courier = stage.newCourier({
      fetch(url, options) {
        wasHeld.push(disk.isHeld)
        return loopback(url, options)
      },
    })
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.endpoint.hit(1)
    disk.hold()
    // The end of the first delivery waits for the disk, and the second event for the end.
    await disk.held()
    const published = stage.publish(sentEvent('5511', 2))
    // The first one's end is told while the second event is committed and not on the disk.
    disk.letGo()
    await disk.held()
    expect(await stage.rows()).toMatchObject([{ status: 'done' }, { status: 'pending' }])
    // Everything that waits for nothing but this process runs now.
    await stage.clock.advance(0)
    expect(wasHeld).toEqual([false])

    disk.release()
    await published
    await stage.log.until('delivery-done', 2)
    expect(wasHeld).toEqual([false, false])
  })
})
