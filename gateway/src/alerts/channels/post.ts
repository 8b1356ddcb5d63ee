/** The channels that are a POST of JSON: a webhook of the operator, Slack and what copies it, Telegram. */

import type { AlertNotice, NoticedAlert } from '../../domain/alert.js'
import { innermostCode } from '../../runtime/network-failure.js'
import type { AlertSettings } from '../alert-settings.js'
import { explanationOf, textOf, titleOf } from '../alert-texts.js'
import type { ChannelPorts, Tell, TellProblem } from './channel.js'

const timeoutMs = 15_000
const maxResponseBytes = 16_384

export function webhook(
  { url, secret }: NonNullable<AlertSettings['webhook']>,
  ports: ChannelPorts,
): Tell {
  return async (notice, signal) => {
    const body = JSON.stringify(webhookBody(notice))
    const signed = ports.sign([secret], notice.id, ports.now(), body)
    return post({ url, body, headers: signed }, ports, signal)
  }
}

export function slack(
  { url }: NonNullable<AlertSettings['slack']>,
  language: AlertSettings['language'],
  ports: ChannelPorts,
): Tell {
  return async (notice, signal) => {
    // Slack takes these three for its own marks.
    const text = textOf(notice, language)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
    return post({ url, body: JSON.stringify({ text }), headers: {} }, ports, signal)
  }
}

export function telegram(
  { url, chatId }: NonNullable<AlertSettings['telegram']>,
  language: AlertSettings['language'],
  ports: ChannelPorts,
): Tell {
  return async (notice, signal) => {
    const body = { chat_id: chatId, text: textOf(notice, language), disable_web_page_preview: true }
    return post({ url, body: JSON.stringify(body), headers: {} }, ports, signal)
  }
}

/** What the operator's webhook gets; docs/alerts.md shows it. */
function webhookBody(notice: AlertNotice): object {
  return {
    type: notice.isTest ? 'alerts.test' : 'alerts',
    id: notice.id,
    at: notice.at,
    opened: notice.opened.map(describe),
    repeated: notice.repeated.map(describe),
    recovered: notice.recovered.map(describe),
    text: { en: textOf(notice, 'en'), pt: textOf(notice, 'pt') },
  }
}

function describe(alert: NoticedAlert): object {
  const { cause, cure } = explanationOf(alert)
  return { ...alert, title: titleOf(alert), cause, cure }
}

async function post(
  request: {
    readonly url: string
    readonly body: string
    readonly headers: Readonly<Record<string, string>>
  },
  { fetch, version }: ChannelPorts,
  signal: AbortSignal,
): Promise<TellProblem> {
  try {
    const { status } = await fetch(request.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': `Recado/${version}`,
        ...request.headers,
      },
      body: request.body,
      maxRedirects: 0,
      maxResponseBytes,
      ignoresBody: true,
      timeoutMs,
      signal,
    })
    return status >= 200 && status < 300 ? undefined : `HTTP ${status}`
  } catch (cause) {
    // Its message may quote the URL, which is a secret.
    return innermostCode(cause)
  }
}
