/** Tells a notice by e-mail, over the operator's SMTP server. */

import { isIP } from 'node:net'
import { innermostCode } from '../../runtime/network-failure.js'
import type { AlertSettings, EmailSettings } from '../alert-settings.js'
import { headingOf, textOf } from '../alert-texts.js'
import type { ChannelPorts, Tell } from './channel.js'

const timeoutMs = 15_000

export function email(
  settings: EmailSettings,
  language: AlertSettings['language'],
  { resolve }: ChannelPorts,
): Tell {
  return async (notice) => {
    try {
      // Loaded when there is something to tell: few gateways send e-mail, and each start would pay for it.
      const { createTransport } = await import('nodemailer')
      const transport = createTransport(await connectionOf(settings, resolve))
      try {
        await transport.sendMail({
          from: settings.from,
          to: [...settings.to],
          subject: headingOf(notice)[language],
          text: textOf(notice, language),
          // The same at each attempt, so that mail programs see one message.
          messageId: `<${notice.id}@recado.invalid>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return undefined
      } finally {
        transport.close()
      }
    } catch (cause) {
      return problemOf(cause)
    }
  }
}

async function connectionOf(
  { host, port, tls, user, password }: EmailSettings,
  resolve: ChannelPorts['resolve'],
) {
  return {
    // The address that was judged; the certificate is that of the name.
    host: await resolve(host),
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'start',
    ignoreTLS: tls === 'none',
    tls: isIP(host) === 0 ? { servername: host } : {},
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** The server's own words may quote the password or an address. */
function problemOf(cause: unknown): string {
  const code = innermostCode(cause)
  if (cause instanceof Error && 'responseCode' in cause && typeof cause.responseCode === 'number')
    return `${code} ${cause.responseCode}`
  return code
}
