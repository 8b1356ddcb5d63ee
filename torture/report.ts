/** The outcomes of all worlds as one table, and whether every promise held. */

import type { Outcome } from './run.js'
import { isClean, type Verdict } from './verdict.js'

export interface RunFacts {
  readonly kills: number
  /** Which, as it was asked for. */
  readonly database: string
  /** How often PostgreSQL itself was killed. */
  readonly serverKills: number
  readonly seed: number
  readonly seconds: number
}

const lists = ['lost', 'doubled', 'late', 'spoilt', 'untold', 'unreceipted', 'toldWrong'] as const
const mostIds = 20

export function isAllClean(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(
    ({ verdict, complaints, unreadable }) =>
      isClean(verdict) && complaints.length === 0 && unreadable === 0,
  )
}

export function report(outcomes: readonly Outcome[], facts: RunFacts): string {
  const sum = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((all, outcome) => all + of(outcome), 0)
  const count = (name: (typeof lists)[number]): number => idsOf(outcomes, name).length
  const complaints = outcomes.flatMap((outcome) => outcome.complaints)
  const ofServer = facts.serverKills > 0 ? `, PostgreSQL itself ${facts.serverKills}` : ''
  const lines = [
    ['kills', `${facts.kills} (${together(outcomes, ({ byKind }) => byKind)})${ofServer}`],
    ['bans', sum(({ bans }) => bans)],
    ['accepted', `${sum(accepted)}, after ${sum(({ repeats }) => repeats)} repeated requests`],
    ['sent by', together(outcomes, ({ verdict }) => verdict.acceptedBy)],
    ['on the phones', `${sum(({ verdict }) => verdict.shown)}, and on a companion of each`],
    ['expired or failed', `${sum(({ verdict }) => verdict.ended)}, each with its callback`],
    ['unconfirmed', sum(({ verdict }) => verdict.unconfirmed)],
    ['lost', count('lost')],
    ['doubled', count('doubled')],
    ['late', count('late')],
    ['files wrong', count('spoilt')],
    ['callbacks missing', count('untold')],
    ['RECEIVED missing', count('unreceipted')],
    ['callbacks wrong', count('toldWrong')],
    ['unreadable', sum(({ unreadable }) => unreadable)],
    ['database', complaints.length === 0 ? `${facts.database}, intact` : complaints.join('; ')],
    ['took', `${facts.seconds} s, seed ${facts.seed}`],
  ]
  const table = lines.map(([name, value]) => `${String(name).padEnd(18)}${value}`)
  const found = lists.flatMap((name) => {
    const ids = idsOf(outcomes, name)
    return ids.length === 0 ? [] : [`${name}: ${ids.slice(0, mostIds).join(' ')}`]
  })
  return ['', ...table, ...found].join('\n')
}

function accepted({ verdict }: Outcome): number {
  return verdict.accepted
}

function idsOf(outcomes: readonly Outcome[], name: (typeof lists)[number]): readonly string[] {
  return outcomes.flatMap(({ verdict }: { verdict: Verdict }) => verdict[name])
}

/** What each outcome counts, added up. */
function together(
  outcomes: readonly Outcome[],
  of: (outcome: Outcome) => ReadonlyMap<string, number>,
): string {
  const all = new Map<string, number>()
  for (const [name, count] of outcomes.flatMap((outcome) => [...of(outcome)]))
    all.set(name, (all.get(name) ?? 0) + count)
  return [...all].map(([name, count]) => `${name} ${count}`).join(', ')
}
