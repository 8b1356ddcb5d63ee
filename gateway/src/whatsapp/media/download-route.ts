/**
 * The way of the files that are fetched from WhatsApp's media host for a connection: history, and
 * snapshots of the app state. They go through the proxy of the instance. Of a snapshot WhatsApp tells
 * the path alone: it lies on the usual host, or on that of a simulator on this machine.
 */

import { callbackify } from 'node:util'
import { Agent, buildConnector } from 'undici'
import { isLoopbackHost } from '../../runtime/loopback.js'
import type { ProxyAgent } from '../connection/proxy-agent.js'

export interface DownloadRouteOptions {
  readonly whatsappUrl: string
  readonly agent: Pick<ProxyAgent, 'reach'> | undefined
  /** Asked at each connection. Not given where each file names its host. */
  readonly mediaHost: (() => Promise<string>) | undefined
}

/** The name in the certificate of the simulator's media host. */
const servername = 'localhost'

/** Options for `fetch`, ours and that of Baileys. */
export function downloadRoute({
  whatsappUrl,
  agent,
  mediaHost,
}: DownloadRouteOptions): RequestInit {
  const hostHere = isLoopbackHost(whatsappUrl) ? mediaHost : undefined
  if (hostHere === undefined && agent === undefined) return {}
  const connect = buildConnector({})
  const wayTo = async (asked: buildConnector.Options): Promise<buildConnector.Options> => {
    const end = hostHere ? onThisMachine(asked, await hostHere()) : asked
    const { hostname: host, port, protocol } = end
    if (agent === undefined || protocol !== 'https:') return end
    return { ...end, httpSocket: await agent.reach({ host, port: Number(port || 443) }) }
  }
  const wayFound = callbackify(wayTo)
  const dispatcher = new Agent({
    connect: (asked, callback) => {
      wayFound(asked, (error, options) => {
        if (error === null) connect(options, callback)
        else callback(error, null)
      })
    },
  })
  // The types of Node's fetch and of this package differ in what does not matter here.
  const options: object = { dispatcher }
  return options
}

function onThisMachine(asked: buildConnector.Options, mediaHost: string): buildConnector.Options {
  const { href, hostname, port } = new URL(`https://${mediaHost}`)
  return isLoopbackHost(href) ? { ...asked, hostname, port, servername } : asked
}
