/** What the operator is told of an alert: what is wrong, why, and what helps; in both languages. */

import type { AlertNotice, AlertSubject, NoticedAlert } from '../domain/alert.js'
import { isDisconnectionReason } from '../domain/disconnection.js'
import { type Bilingual, type Explanation, explain } from '../domain/disconnection-texts.js'
import { withLocalMoments } from './local-moments.js'

type Language = keyof Bilingual

/** A text of a channel stays below 4,096 characters, which is as much as Telegram takes. */
const mostLines = 20
const longestName = 60

/** One line: what is wrong, and with what. */
export function titleOf(alert: AlertSubject): Bilingual {
  const name = shortened(alert.instanceName ?? alert.instanceId ?? '')
  switch (alert.kind) {
    case 'number-down':
      return { en: `${name} is not connected`, pt: `${name} está sem conexão` }
    case 'number-banned':
      return { en: `${name} is blocked by WhatsApp`, pt: `${name} foi bloqueado pelo WhatsApp` }
    case 'number-restricted':
      return {
        en: `${name} may start no new conversations`,
        pt: `${name} não pode iniciar conversas novas`,
      }
    case 'receiver-failing':
      return {
        en: `${name}: the callback receiver at ${alert.host} does not take callbacks`,
        pt: `${name}: o receptor de callbacks em ${alert.host} não aceita callbacks`,
      }
    case 'queue-late':
      return { en: `${name}: messages leave late`, pt: `${name}: mensagens saem com atraso` }
    case 'disk-low':
      return { en: 'The disk is almost full', pt: 'O disco está quase cheio' }
    case 'database-away':
      return { en: 'The database does not answer', pt: 'O banco de dados não responde' }
  }
}

export function explanationOf(alert: AlertSubject): Explanation {
  switch (alert.kind) {
    case 'number-down':
    case 'number-banned':
      return disconnectionOf(alert.reason ?? '')
    case 'number-restricted':
      return restriction(alert.until)
    case 'receiver-failing':
      return receiver(alert.reason ?? '')
    case 'queue-late':
      return lateQueue
    case 'disk-low':
      return disk(alert.freeMegabytes ?? 0)
    case 'database-away':
      return databaseAway
  }
}

/** The whole notice for people, with its heading on the first line. */
export function textOf(notice: AlertNotice, language: Language): string {
  const heading = headingOf(notice)[language]
  if (notice.isTest) return `${heading}\n${testLine[language]}`
  const parts: readonly (readonly [Bilingual, readonly NoticedAlert[]])[] = [
    [{ en: 'Wrong:', pt: 'Problemas:' }, notice.opened],
    [{ en: 'Still wrong:', pt: 'Ainda com problema:' }, notice.repeated],
  ]
  const lines = [heading]
  let left = mostLines
  for (const [title, alerts] of parts) {
    if (alerts.length === 0) continue
    if (notice.repeated.length > 0) lines.push(title[language])
    const shown = alerts.slice(0, left)
    lines.push(...groupsOf(shown).map((group) => groupText(group, language)))
    left -= shown.length
    if (shown.length < alerts.length) lines.push(more(alerts.length - shown.length)[language])
  }
  if (notice.recovered.length === 0) return lines.join('\n')
  const shown = notice.recovered.slice(0, Math.max(left, 1))
  lines.push(recoveredTitle[language])
  lines.push(...shown.map((alert) => `✓ ${titleOf(alert)[language]} (${ended[language]})`))
  if (shown.length < notice.recovered.length)
    lines.push(more(notice.recovered.length - shown.length)[language])
  return lines.join('\n')
}

/** One line, for the subject of an e-mail. */
export function headingOf(notice: AlertNotice): Bilingual {
  if (notice.isTest) return { en: 'Recado: test alert', pt: 'Recado: alerta de teste' }
  const wrong = [...notice.opened, ...notice.repeated]
  const [first] = wrong
  const [recovered] = notice.recovered
  if (first !== undefined && wrong.length === 1) return prefixed(titleOf(first))
  if (first !== undefined)
    return { en: `Recado: ${wrong.length} alerts`, pt: `Recado: ${wrong.length} alertas` }
  if (recovered !== undefined && notice.recovered.length === 1)
    return {
      en: `Recado: recovered – ${titleOf(recovered).en}`,
      pt: `Recado: resolvido – ${titleOf(recovered).pt}`,
    }
  const count = notice.recovered.length
  return { en: `Recado: ${count} recovered`, pt: `Recado: ${count} resolvidos` }
}

function prefixed({ en, pt }: Bilingual): Bilingual {
  return { en: `Recado: ${en}`, pt: `Recado: ${pt}` }
}

/** Alerts with the same cause and cure need them once. */
function groupsOf(alerts: readonly NoticedAlert[]): readonly (readonly NoticedAlert[])[] {
  const groups = new Map<string, NoticedAlert[]>()
  for (const alert of alerts) {
    const { cause, cure } = explanationOf(alert)
    const key = JSON.stringify([alert.kind, cause.en, cure.en])
    groups.set(key, [...(groups.get(key) ?? []), alert])
  }
  return [...groups.values()]
}

function groupText(group: readonly NoticedAlert[], language: Language): string {
  const [first] = group
  if (first === undefined) return ''
  const { cause, cure } = explanationOf(first)
  const titles = group.map((alert) => `• ${titleOf(alert)[language]}`)
  const why = withLocalMoments(`${cause[language]} ${cure[language]}`, language)
  return [...titles, `  ${why}`].join('\n')
}

const testLine: Bilingual = {
  en: 'This is a test. Alerts arrive here.',
  pt: 'Isto é um teste. Os alertas chegam aqui.',
}
const recoveredTitle: Bilingual = { en: 'Recovered:', pt: 'Resolvido:' }
const ended: Bilingual = { en: 'no longer', pt: 'não mais' }
const more = (count: number): Bilingual => ({ en: `… and ${count} more`, pt: `… e mais ${count}` })

function shortened(name: string): string {
  const line = name.replaceAll(/\s+/gu, ' ')
  return line.length <= longestName ? line : `${line.slice(0, longestName - 1)}…`
}

function disconnectionOf(reason: string): Explanation {
  if (isDisconnectionReason(reason)) return explain({ reason, detail: undefined })
  return {
    cause: { en: 'The connection is lost.', pt: 'A conexão caiu.' },
    cure: { en: 'Open the number in the console.', pt: 'Abra o número no console.' },
  }
}

function restriction(until: number | undefined): Explanation {
  const moment = until && `${new Date(until).toISOString().slice(0, 16)}Z`
  return {
    cause: {
      en: `WhatsApp refuses new conversations of this number${moment === undefined ? '' : ` until ${moment}`}.`,
      pt: `O WhatsApp recusa conversas novas deste número${moment === undefined ? '' : ` até ${moment}`}.`,
    },
    cure: {
      en: 'Send only to people who know the number, and let it rest. New numbers restrict again sooner.',
      pt: 'Envie só a quem já conhece o número e deixe-o descansar. Números novos são restritos de novo mais cedo.',
    },
  }
}

function receiver(reason: string): Explanation {
  if (reason === 'HTTP 410')
    return {
      cause: {
        en: 'It answered 410, so nothing is sent there any more.',
        pt: 'Ele respondeu 410, e nada mais é enviado para lá.',
      },
      cure: {
        en: 'Repair the receiver, then switch the URL on again under Callbacks.',
        pt: 'Conserte o receptor e religue a URL em Callbacks.',
      },
    }
  return {
    cause: {
      en: `At least three attempts failed (${reason}).`,
      pt: `Pelo menos três tentativas falharam (${reason}).`,
    },
    cure: {
      en: 'Look at the receiver. What it is owed is tried again for three days.',
      pt: 'Verifique o receptor. O que lhe é devido é tentado de novo por três dias.',
    },
  }
}

const lateQueue: Explanation = {
  cause: {
    en: 'The oldest waiting message waits longer than the rule allows.',
    pt: 'A mensagem mais antiga da fila espera mais do que a regra permite.',
  },
  cure: {
    en: 'Look at the queue: fewer messages, a shorter gap or another number helps.',
    pt: 'Veja a fila: menos mensagens, um intervalo menor ou outro número ajuda.',
  },
}

function disk(freeMegabytes: number): Explanation {
  return {
    cause: {
      en: `About ${freeMegabytes} MB are free where the database is.`,
      pt: `Restam cerca de ${freeMegabytes} MB livres onde fica o banco de dados.`,
    },
    cure: {
      en: 'Make room on that disk: below the limit of the gateway it takes no messages.',
      pt: 'Libere espaço nesse disco: abaixo do limite o gateway não aceita mensagens.',
    },
  }
}

const databaseAway: Explanation = {
  cause: {
    en: 'The gateway cannot read or write, so it takes no messages.',
    pt: 'O gateway não consegue ler nem gravar, e não aceita mensagens.',
  },
  cure: {
    en: 'Look at the database server and the network between. The gateway goes on by itself.',
    pt: 'Verifique o servidor do banco de dados e a rede até ele. O gateway continua sozinho.',
  },
}
