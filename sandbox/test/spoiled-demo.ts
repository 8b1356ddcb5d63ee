/** The demo on a day when something goes wrong: the first argument is the faults as JSON, as `PUT /faults` takes them. */

import { Simulator } from '@recado/simulator'

const [spoiledBy = '{}'] = process.argv.splice(2, 1)
const faults: unknown = JSON.parse(spoiledBy)

// The proxy hands `this` on.
// oxlint-disable-next-line typescript/unbound-method
Simulator.prototype.addPhone = new Proxy(Simulator.prototype.addPhone, {
  apply(addPhone, simulator: Simulator, phone) {
    simulator.faults.set(faults as Parameters<Simulator['faults']['set']>[0])
    return Reflect.apply(addPhone, simulator, phone)
  },
})

await import('../src/demo.js')
