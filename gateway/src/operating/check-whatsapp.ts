/**
 * Looks at the way to WhatsApp: does its server take a connection, what time
 * does it say it is, and is our version one that it may still accept?
 */

import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Clock } from '../runtime/clock.js'
import { innermostCode, networkFailureOf } from '../runtime/network-failure.js'
import type { Finding } from './finding.js'

export interface WhatsappPlace {
  /** `wss://…`, or `ws://…` of a simulator. */
  readonly url: string
  /** Whether it is a simulator on this machine. */
  readonly isSimulator: boolean
  /** As which version of WhatsApp Web we come. */
  readonly ownVersion: string
  /** The page that names WhatsApp Web's newest revision. */
  readonly revisionUrl: string
  /** How many sessions of the running gateway are open; `undefined` where none runs. */
  readonly openSessions: number | undefined
}

const timeoutMs = 10_000

export async function checkWhatsapp(place: WhatsappPlace, clock: Clock): Promise<Finding[]> {
  const [reach, time, version] = await Promise.all([
    checkReach(place),
    checkClock(place.url, clock),
    checkVersion(place),
  ])
  return [reach, time, version]
}

async function checkReach({ url, isSimulator }: WhatsappPlace): Promise<Finding> {
  const { host } = new URL(url)
  const who = isSimulator ? `the simulator at ${host}` : host
  try {
    const status = await upgrade(url)
    if (status === 101) return said('ok', `${who} takes a WebSocket`)
    return said(
      'fail',
      `${who} answers ${status} to a WebSocket`,
      'A proxy or firewall in between may not let WebSockets through: allow them to this host.',
    )
  } catch (cause) {
    return said('fail', `${who} cannot be reached (${innermostCode(cause)})`, cureOfReach(cause))
  }
}

function cureOfReach(cause: unknown): string {
  const failure = networkFailureOf(cause)
  if (failure === 'name') return 'The name is not found: check the DNS of this machine.'
  if (failure === 'tls')
    return 'Something in between speaks TLS in its place: take it out for this host.'
  return 'Let this machine reach port 443 of this host.'
}

async function checkClock(url: string, clock: Clock): Promise<Finding> {
  const address = url.replace(/^ws/u, 'http')
  const before = clock.now()
  try {
    const { headers } = await answerTo(address, { method: 'GET' })
    const theirs = Date.parse(headers['date'] ?? '')
    if (Number.isNaN(theirs)) return skippedClock('the server told no time')
    return judgeClock(theirs, before, clock.now())
  } catch (cause) {
    return skippedClock(`nothing to compare with (${innermostCode(cause)})`)
  }
}

/** `theirs` is cut off to whole seconds and was true at some moment between the other two. */
export function judgeClock(theirs: number, askedAt: number, heardAt: number): Finding {
  const behindMs = theirs - heardAt
  const aheadMs = askedAt - (theirs + 999)
  const wrongMs = Math.max(0, behindMs, aheadMs)
  const seconds = Math.round(wrongMs / 1_000)
  if (wrongMs <= 2_000) return { name: 'clock', verdict: 'ok', text: 'it agrees with WhatsApp' }
  return {
    name: 'clock',
    verdict: wrongMs > 30_000 ? 'fail' : 'warn',
    text: `it is ${seconds} s ${behindMs > 0 ? 'behind' : 'ahead of'} WhatsApp's`,
    cure: 'Let it be set by NTP (timedatectl set-ntp true): codes expire by this clock.',
  }
}

function skippedClock(text: string): Finding {
  return { name: 'clock', verdict: 'skipped', text }
}

async function checkVersion(place: WhatsappPlace): Promise<Finding> {
  const { isSimulator, ownVersion, revisionUrl, openSessions = 0 } = place
  const name = 'version'
  if (isSimulator)
    return { name, verdict: 'skipped', text: `a simulator takes any; ours is ${ownVersion}` }
  if (openSessions > 0)
    return {
      name,
      verdict: 'ok',
      text: `${ownVersion} is accepted: ${openSessions} sessions are open`,
    }
  try {
    const page = await fetch(revisionUrl, {
      headers: { 'sec-fetch-site': 'none' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    const newest = /\\?"client_revision\\?":\s*(\d+)/u.exec(await page.text())?.[1]
    if (newest !== undefined) return judgeVersion(ownVersion, Number(newest))
    return { name, verdict: 'skipped', text: 'WhatsApp Web did not name its newest one' }
  } catch (cause) {
    return {
      name,
      verdict: 'skipped',
      text: `WhatsApp Web did not answer (${innermostCode(cause)})`,
    }
  }
}

/** Only a login proves that a version is accepted; how far it is behind is a hint. */
export function judgeVersion(ownVersion: string, newestRevision: number): Finding {
  const own = Number(ownVersion.split('.').at(-1))
  const name = 'version'
  if (own >= newestRevision) return { name, verdict: 'ok', text: `${ownVersion} is the newest` }
  return {
    name,
    verdict: 'warn',
    text: `we come as ${ownVersion}, and WhatsApp Web is at revision ${newestRevision}`,
    cure: 'Older ones are accepted for months. If logins fail with 405, upgrade Recado.',
  }
}

/** The status of the answer; 101 is a WebSocket, which is closed at once. */
function upgrade(url: string): Promise<number> {
  return answerTo(url.replace(/^ws/u, 'http'), {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      // Any 16 bytes will do.
      'sec-websocket-key': 'cmVjYWRvLWRvY3Rvci4uLg==',
      origin: 'https://web.whatsapp.com',
    },
  }).then(({ status }) => status)
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** `fetch` cannot ask for an upgrade. */
function answerTo(
  url: string,
  options: { readonly method?: string; readonly headers?: Record<string, string> },
): Promise<Answer> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, timeout: timeoutMs, agent: false })
    asked.on('upgrade', ({ statusCode = 0, headers }, socket) => {
      socket.destroy()
      resolve({ status: statusCode, headers: { date: headers.date } })
    })
    asked.on('response', (answer) => {
      answer.destroy()
      resolve({ status: answer.statusCode ?? 0, headers: { date: answer.headers.date } })
    })
    asked.on('timeout', () => asked.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })))
    asked.on('error', reject)
    asked.end()
  })
}

function said(verdict: Finding['verdict'], text: string, cure?: string): Finding {
  return { name: 'whatsapp', verdict, text, cure }
}
