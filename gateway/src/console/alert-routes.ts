/** Alerts: what is wrong now, where the operator is told, and a test of it. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { type Alerts, newAlertSecret } from '../alerts/alerts.js'
import type { AlertSettings, EmailSettings } from '../alerts/alert-settings.js'
import { explanationOf, titleOf } from '../alerts/alert-texts.js'
import type { Alert } from '../alerts/rules.js'
import { ForbiddenUrlError } from '../domain/errors.js'
import { checkUrl, type UrlRule } from '../runtime/check-url.js'
import {
  alertsAnswer,
  alertSecretAnswer,
  type AlertSettingsAnswer,
  alertTestAnswer,
} from './alert-answers.js'
import { alertSettingsBody } from './alert-requests.js'
import { done } from './answer-shapes.js'
import { described } from './described.js'
import { RefusedError } from './refusals.js'
import { withoutAbsent } from './words.js'

export interface AlertRoutesOptions {
  readonly alerts: Alerts
  /** Which URLs alerts may go to: those of callbacks. */
  readonly callbackRule: UrlRule
}

export function alertRoutes({
  alerts,
  callbackRule,
}: AlertRoutesOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/alerts', {
      ...described('What is wrong now, and where it is told.', alertsAnswer),
      handler: async () => {
        const { open, closed } = await alerts.list()
        const channels = await alerts.channels()
        return {
          open: open.map(shownAlert),
          closed: closed.slice(0, mostClosed).map(shownAlert),
          settings: shownSettings(await alerts.settings()),
          channels: channels.map((each) => withoutAbsent(each)),
        }
      },
    })

    app.put('/alerts/settings', {
      ...described('Sets what is told, and where.', done, { body: alertSettingsBody }),
      handler: async ({ body }) => {
        await alerts.save(merged(body, await alerts.settings(), callbackRule))
        return { done: true } as const
      },
    })

    app.post('/alerts/test', {
      ...described('Tells each channel that this is a test.', alertTestAnswer),
      handler: async () => {
        const results = await alerts.test(new AbortController().signal)
        if (results.length === 0)
          throw new RefusedError(409, 'No channel is set: fill one in, and save it first.')
        return { results: results.map((each) => withoutAbsent(each)) }
      },
    })

    app.post('/alerts/secret', {
      ...described('The secret that the webhook is signed with.', alertSecretAnswer),
      handler: async () => {
        const { webhook } = await alerts.settings()
        if (webhook === undefined) throw new RefusedError(409, 'No webhook is set.')
        return { secret: webhook.secret }
      },
    })
  }
}

const mostClosed = 20

function shownAlert({ subject, since, closedAt }: Alert) {
  const { kind, instanceId, until } = subject
  return withoutAbsent({
    kind,
    title: titleOf(subject),
    // The page knows the clock of the person, so the moment goes beside the text.
    ...explanationOf({ ...subject, until: undefined }),
    until,
    instanceId,
    since,
    closedAt,
  })
}

function shownSettings(settings: AlertSettings): AlertSettingsAnswer {
  const { language, rules, repeatAfterMinutes, webhook, email, slack, telegram } = settings
  return {
    language,
    rules: withoutAbsent(rules),
    repeatAfterMinutes,
    ...(webhook && { webhook: { url: webhook.url } }),
    ...(email && { email: shownEmail(email) }),
    ...(slack && { slack: { host: hostOf(slack.url) } }),
    ...(telegram && { telegram: { host: hostOf(telegram.url), chatId: telegram.chatId } }),
  }
}

function shownEmail({ password, to, ...email }: EmailSettings) {
  return withoutAbsent({ ...email, to: [...to], hasPassword: password !== undefined })
}

type Body = Static<typeof alertSettingsBody>

/** What is sent, with the secrets of before where none is. Throws `RefusedError`, which names the attribute. */
function merged(body: Body, before: AlertSettings, rule: UrlRule): AlertSettings {
  const { language, rules, repeatAfterMinutes, webhook, email, slack, telegram } = body
  return {
    language,
    rules,
    repeatAfterMinutes,
    webhook: webhook
      ? {
          url: urlIn(webhook.url, 'webhook.url', rule),
          secret: before.webhook?.secret ?? newAlertSecret(),
        }
      : undefined,
    email: email ? emailIn(email, before.email) : undefined,
    slack: slack ? { url: urlIn(slack.url ?? before.slack?.url, 'slack.url', rule) } : undefined,
    telegram: telegram
      ? {
          url: urlIn(telegram.url ?? before.telegram?.url, 'telegram.url', rule),
          chatId: telegram.chatId,
        }
      : undefined,
  }
}

/** The password goes with the server and the user that it was set for, and to no other. */
function emailIn(
  { user, password, ...email }: NonNullable<Body['email']>,
  before: EmailSettings | undefined,
): EmailSettings {
  if (user === undefined || user === '') return email
  const isSame = before?.host === email.host && before.user === user
  const kept = password ?? (isSame ? before.password : undefined)
  if (kept === undefined)
    throw new RefusedError(400, 'email.password: type it again, the server or the user is new')
  return { ...email, user, password: kept }
}

function urlIn(text: string | undefined, attribute: string, rule: UrlRule): string {
  const url = text?.trim() ?? ''
  if (url === '') throw new RefusedError(400, `${attribute}: give the URL`)
  try {
    return checkUrl(url, rule).href
  } catch (cause) {
    if (cause instanceof ForbiddenUrlError)
      throw new RefusedError(400, `${attribute}: ${cause.message}`)
    throw cause
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
