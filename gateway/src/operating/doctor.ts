/** Examines everything that a gateway needs, beside it while it runs or before it starts. */

import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { createGuardedFetch } from '../runtime/guarded-fetch.js'
import { ownVersion, whatsappUrl } from '../whatsapp/connection/own-version.js'
import { checkCallbacks } from './check-callbacks.js'
import { checkPlace } from './check-place.js'
import { checkStore, type Report, type StorePlace } from './check-store.js'
import { checkWhatsapp } from './check-whatsapp.js'
import type { Finding } from './finding.js'
import { judgeNodes } from './judge-nodes.js'

export interface DoctorOptions extends StorePlace {
  /** A simulator; WhatsApp's own without it. */
  readonly simulatorUrl: string | undefined
  readonly allowedNetworks: readonly string[]
  readonly clientTokenRequired: boolean
  readonly clock: Clock
}

/** Changes nothing. Throws only for a bug: what is wrong is a finding. */
export async function examine(options: DoctorOptions): Promise<readonly Finding[]> {
  const { dataDir, simulatorUrl, allowedNetworks, clock } = options
  const place = await checkPlace(dataDir)
  const { findings, callbackUrls, report, ...store } = await checkStore(options)
  const configured = options.clientTokenRequired ? (store.clientTokenOptional ?? []) : 'all'
  const [whatsapp, callbacks] = await Promise.all([
    checkWhatsapp(
      {
        url: simulatorUrl ?? whatsappUrl,
        isSimulator: simulatorUrl !== undefined,
        ownVersion,
        revisionUrl: 'https://web.whatsapp.com/sw.js',
        openSessions: report?.figures.sessions['open'],
      },
      clock,
    ),
    checkCallbacks(callbackUrls, createGuardedFetch({ allowedNetworks })),
  ])
  return [
    ...place,
    ...findings,
    ...whatsapp,
    ...callbacks,
    ...judgeClientToken(report?.clientTokenOptional ?? configured),
    ...judgeReport(report, clock.now()),
    ...judgeNodes(report?.nodes ?? []),
  ]
}

/** `all`: no instance needs it. */
export function judgeClientToken(optional: readonly string[] | 'all'): readonly Finding[] {
  if (optional.length === 0) return []
  const name = 'client token'
  const risk = 'who has read its URL in a log or a history can send from it'
  if (optional === 'all') {
    const cure = 'Set RECADO_CLIENT_TOKEN_REQUIRED=true once every program sends the Client-Token.'
    return [{ name, verdict: 'warn', text: `no instance needs it: ${risk}`, cure }]
  }
  const named = optional.slice(0, mostNamed).join(', ')
  const more = optional.length > mostNamed ? ` and ${optional.length - mostNamed} more` : ''
  const cure = 'recado instance client-token ID required, once its programs send the Client-Token.'
  return [{ name, verdict: 'warn', text: `not needed for ${named}${more}: ${risk}`, cure }]
}

/** A message waits for minutes only where something is wrong, or where its instance is away. */
const longWaitMs = 300_000

export function judgeReport(
  report: Omit<Report, 'clientTokenOptional' | 'nodes'> | undefined,
  now: EpochMs,
): readonly Finding[] {
  if (report === undefined) return []
  const { sessions, deadCallbacks, oldestWaitingMs } = report.figures
  const states = Object.entries(sessions).filter(([, count]) => count > 0)
  const text = states.map(([state, count]) => `${count} ${state}`).join(', ') || 'none'
  const findings: Finding[] = [
    { name: 'sessions', verdict: 'ok', text },
    ...judgeDisconnections(report, now),
    ...judgeDisabled(report),
  ]
  if (oldestWaitingMs > longWaitMs)
    findings.push({
      name: 'outbox',
      verdict: 'warn',
      text: `a message has been waiting for ${Math.round(oldestWaitingMs / 60_000)} minutes`,
      cure: 'Connect the instances that are not: recado instance list shows them.',
    })
  if (deadCallbacks > 0)
    findings.push({
      name: 'callbacks',
      verdict: 'warn',
      text: `${deadCallbacks} failed in the last month`,
      cure: 'Their receiver was away for three days or answered 410: mend it or take it out.',
    })
  return findings
}

/** A thousand instances behind one network that is down need not be named one by one. */
const mostNamed = 20
/** A connection that breaks is mostly back within a second. */
const briefMs = 30_000

function judgeDisconnections(
  { disconnections }: Pick<Report, 'disconnections'>,
  now: EpochMs,
): readonly Finding[] {
  const away = disconnections.filter(
    ({ remedy, since }) => remedy !== 'wait' || now - since > briefMs,
  )
  const commands = { wait: '', pair: 'recado pair', reconnect: 'recado instance reconnect' }
  const findings = away.slice(0, mostNamed).map(
    ({ instanceId, remedy, cause, cure }): Finding => ({
      name: 'sessions',
      verdict: 'warn',
      text: `${instanceId} is not connected: ${cause}`,
      cure: remedy === 'wait' ? cure : `${cure} Then: ${commands[remedy]} ${instanceId}`,
    }),
  )
  if (away.length <= mostNamed) return findings
  const rest = `${away.length - mostNamed} more are not connected`
  return [
    ...findings,
    { name: 'sessions', verdict: 'warn', text: rest, cure: 'recado instance list shows them.' },
  ]
}

function judgeDisabled({
  disabledCallbacks,
}: Pick<Report, 'disabledCallbacks'>): readonly Finding[] {
  return disabledCallbacks.slice(0, mostNamed).map(({ instanceId, url }) => ({
    name: 'callbacks',
    verdict: 'warn',
    // The path may hold a secret of its receiver.
    text: `${instanceId} tells nothing to ${new URL(url).origin} any more: it answered 410`,
    cure: 'Ask its owner, then switch it on again in the console, or set it again.',
  }))
}
