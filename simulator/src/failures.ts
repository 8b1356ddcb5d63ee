/**
 * What goes wrong with one phone's number, by name: what the developer panel plays.
 *
 * Each is faults of `fault-schema.ts` and stands in `GET /faults` like any other, so
 * `DELETE /faults` ends them too. docs/simulator-faults.md says what a gateway makes of each.
 */

import type { ConnectionFault, FaultState } from './fault-schema.js'
import type { Faults } from './faults.js'

export const failureKinds = [
  'restricted',
  'not-on-whatsapp',
  'button-refused',
  'link-cut',
  'banned',
  'replaced',
] as const
export type FailureKind = (typeof failureKinds)[number]

type Rules = Partial<Pick<FaultState, 'acks' | 'logins' | 'notOnWhatsApp' | 'newChatLocks'>>

interface Failure {
  readonly rules: Rules
  /** Also hits the connections that are open. */
  readonly strikes?: ConnectionFault['action']
}

/** Short, so that a number in a sandbox is free again soon after the failure is undone. */
const lockSeconds = 300

/** Adds the rules and gives what is to hit the live connections. Played twice, it is there once. */
export function play(
  kind: FailureKind,
  phone: string,
  { faults, now }: { readonly faults: Faults; readonly now: number },
): readonly ConnectionFault[] {
  undo(kind, phone, faults)
  const { rules, strikes } = failureOf(kind, phone, Math.floor(now / 1_000) + lockSeconds)
  const { acks, logins, notOnWhatsApp, newChatLocks } = faults.state
  faults.set({
    // First, because the first rule that fits decides.
    acks: [...(rules.acks ?? []), ...acks],
    logins: [...(rules.logins ?? []), ...logins],
    notOnWhatsApp: [...(rules.notOnWhatsApp ?? []), ...notOnWhatsApp],
    newChatLocks: [...(rules.newChatLocks ?? []), ...newChatLocks],
  })
  return strikes === undefined ? [] : [{ phone, action: strikes }]
}

/** Takes the rules away. What a gateway has made of them stays: docs/simulator-faults.md says how it comes back. */
export function undo(kind: FailureKind, phone: string, faults: Faults): void {
  const { rules } = failureOf(kind, phone, 0)
  const { acks, logins, notOnWhatsApp, newChatLocks } = faults.state
  faults.set({
    acks: without(acks, rules.acks),
    logins: without(logins, rules.logins),
    notOnWhatsApp: without(notOnWhatsApp, rules.notOnWhatsApp),
    newChatLocks: without(newChatLocks, rules.newChatLocks),
  })
}

/** Those that hold for the phone now. One that only hits open connections is over at once. */
export function playing(phone: string, { state }: Pick<Faults, 'state'>): readonly FailureKind[] {
  return failureKinds.filter((kind) => {
    const { rules } = failureOf(kind, phone, 0)
    return (
      Object.keys(rules).length > 0 &&
      holds(state.acks, rules.acks) &&
      holds(state.logins, rules.logins) &&
      holds(state.notOnWhatsApp, rules.notOnWhatsApp) &&
      holds(state.newChatLocks, rules.newChatLocks)
    )
  })
}

function failureOf(kind: FailureKind, phone: string, until: number): Failure {
  switch (kind) {
    case 'restricted':
      return {
        rules: {
          acks: [{ kind: 'error', code: 463, from: phone, strangers: true }],
          newChatLocks: [{ phone, until }],
        },
      }
    case 'not-on-whatsapp':
      return { rules: { notOnWhatsApp: [phone] } }
    case 'button-refused':
      return { rules: { acks: [{ kind: 'error', code: 473, to: phone, buttons: true }] } }
    case 'link-cut':
      return { rules: { logins: [{ code: 503, phone }] }, strikes: 'drop' }
    case 'banned':
      return { rules: { logins: [{ code: 406, phone }] }, strikes: 'drop' }
    case 'replaced':
      return { rules: {}, strikes: 'replace' }
  }
}

function without<Rule>(there: readonly Rule[], rules: readonly Rule[] = []): Rule[] {
  return there.filter((each) => !rules.some((rule) => isSame(rule, each)))
}

function holds<Rule>(there: readonly Rule[], rules: readonly Rule[] = []): boolean {
  return rules.every((rule) => there.some((each) => isSame(rule, each)))
}

/** Whatever its end: that is counted from when it was played. */
function isSame(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other)
}

function textOf(rule: unknown): string {
  return JSON.stringify(rule, withoutUntil)
}

function withoutUntil(name: string, value: unknown): unknown {
  return name === 'until' ? undefined : value
}
