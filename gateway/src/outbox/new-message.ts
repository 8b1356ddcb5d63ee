/** A message as it is accepted, and how long it is worth sending. */

import type { InstanceId } from '../domain/instance.js'
import type { OutgoingMessage } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import { newMessageId, newWhatsappId } from '../runtime/ids.js'
import type { SettingsPort } from './limits/queue-limits.js'
import { expiresAt, isLoginCode, priorityOf } from './queue/expiry.js'
import { usualUndeliverableMs } from './queue/undeliverable.js'
import type { Submission } from './submission.js'

export interface TimesOptions {
  readonly settings: SettingsPort
  /** How long a login code is worth sending whose caller does not say it. As its kind says if unset. */
  readonly codeLifeMs?: number | undefined
  /** If a code is not sent within this time, its caller gets an UndeliverableCallback. 0: never. 20 s if unset. */
  readonly undeliverableAfterMs?: number | undefined
}

export interface Times {
  /** `undefined`: the kind of content decides. */
  readonly expiresInSeconds: number | undefined
  /** How long after its acceptance it is told that it is not sent yet. 0: never. */
  readonly toldAfterMs: number
}

/** As the caller says, else the instance or pool that it is `addressed` to, else the gateway. */
export async function timesOf(
  { settings, codeLifeMs, undeliverableAfterMs = usualUndeliverableMs }: TimesOptions,
  addressed: InstanceId,
  { content, expiresInSeconds }: Submission,
): Promise<Times> {
  const own = await settings.settingsOf(addressed)
  const codeLife =
    own.codeLifeSeconds ?? (codeLifeMs === undefined ? undefined : codeLifeMs / 1_000)
  const after = own.undeliverableAfterSeconds
  return {
    expiresInSeconds: expiresInSeconds ?? (isLoginCode(content) ? codeLife : undefined),
    toldAfterMs: after === null ? undeliverableAfterMs : after * 1_000,
  }
}

export function newMessage(
  instanceId: InstanceId,
  { recipient, content, gapAfterMs, typingMs = 0, expiresInSeconds, priority, pool }: Submission,
  acceptedAt: EpochMs,
): OutgoingMessage {
  const until = expiresAt(acceptedAt, content, expiresInSeconds)
  return {
    id: newMessageId(),
    instanceId,
    whatsappId: newWhatsappId(),
    recipient,
    content,
    status: 'queued',
    acceptedAt,
    expiresAt: until,
    priority: priority ?? priorityOf({ expiresAt: until }),
    gapAfterMs,
    typingMs,
    attempts: 0,
    pool: pool && { ...pool, moves: [] },
  }
}
