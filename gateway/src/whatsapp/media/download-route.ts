/**
 * The way of the files that Baileys fetches by itself: history, and snapshots of the app state. WhatsApp
 * tells their path alone. They lie on the usual host, or on that of a simulator on this machine.
 */

import { callbackify } from 'node:util'
import { Agent, buildConnector } from 'undici'
import { isLoopbackHost } from '../../runtime/loopback.js'

/** The name in the certificate of the simulator's media host. */
const servername = 'localhost'

/** Options for Baileys' requests. `mediaHost` is asked at each connection. */
export function downloadRoute(whatsappUrl: string, mediaHost: () => Promise<string>): RequestInit {
  if (!isLoopbackHost(whatsappUrl)) return {}
  const connect = buildConnector({})
  const ask = callbackify(mediaHost)
  const dispatcher = new Agent({
    connect: (options, callback) => {
      ask((error, host) => {
        if (error !== null) return callback(error, null)
        const { href, hostname, port } = new URL(`https://${host}`)
        if (isLoopbackHost(href)) connect({ ...options, hostname, port, servername }, callback)
        else connect(options, callback)
      })
    },
  })
  // The types of Node's fetch and of this package differ in what does not matter here.
  const options: object = { dispatcher }
  return options
}
