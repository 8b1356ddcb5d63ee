/**
 * Asks every receiver of callbacks whether it is there, the way the courier
 * would, but with a GET: nothing is told, and any answer at all is a good one.
 */

import { ForbiddenUrlError } from '../domain/errors.js'
import type { GuardedFetch } from '../runtime/guarded-fetch.js'
import { innermostCode, networkFailureOf } from '../runtime/network-failure.js'
import type { Finding } from './finding.js'

const timeoutMs = 10_000
/** Enough for any account; a thousand receivers are not the doctor's business. */
const mostUrls = 50

export async function checkCallbacks(
  urls: readonly string[] | undefined,
  fetch: GuardedFetch,
): Promise<readonly Finding[]> {
  if (urls === undefined) return [said('skipped', 'where they go is not known')]
  if (urls.length === 0) return [said('ok', 'none is set')]
  const asked = urls.slice(0, mostUrls)
  const findings = await Promise.all(asked.map((url) => checkOne(url, fetch)))
  if (asked.length === urls.length) return findings
  return [...findings, said('skipped', `${urls.length - asked.length} more were not asked`)]
}

async function checkOne(url: string, fetch: GuardedFetch): Promise<Finding> {
  // The path may hold a secret of its receiver.
  const place = URL.canParse(url) ? new URL(url).origin : 'what is no URL'
  try {
    const { status } = await fetch(url, {
      maxRedirects: 0,
      maxResponseBytes: 1_024,
      timeoutMs,
      ignoresBody: true,
    })
    if (status >= 300 && status < 400)
      return said(
        'warn',
        `${place} redirects (${status})`,
        'Set the address that it redirects to: callbacks do not follow.',
      )
    return said('ok', `${place} answers (${status} to a GET)`)
  } catch (cause) {
    if (cause instanceof ForbiddenUrlError)
      return said(
        'fail',
        `${place} leads to an address that is not on the public internet`,
        'Use a public one, or allow its network with RECADO_ALLOWED_NETWORKS.',
      )
    return said('fail', `${place} does not answer (${innermostCode(cause)})`, cureOf(cause))
  }
}

function cureOf(cause: unknown): string {
  const failure = networkFailureOf(cause)
  if (failure === 'name') return 'Check its name, and the DNS of this machine.'
  if (failure === 'tls')
    return 'Its certificate is not accepted: renew it, or add its authority with NODE_EXTRA_CA_CERTS.'
  return 'Check that the receiver runs and that its firewall lets this machine in.'
}

function said(verdict: Finding['verdict'], text: string, cure?: string): Finding {
  return { name: 'callbacks', verdict, text, cure }
}
