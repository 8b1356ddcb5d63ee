/** `recado instance import`: takes over a number that another gateway linked. */

import { donorBody } from './donor-files.js'
import type { FoundSession } from './gateway-answers.js'
import { CommandError, type GatewayClient } from './gateway-client.js'
import type { Print } from './instance-commands.js'

export interface ImportOptions {
  readonly id: string
  readonly paths: readonly string[]
  readonly apply?: boolean | undefined
  readonly keepSessions?: boolean | undefined
  readonly device?: string | undefined
  readonly json?: boolean | undefined
}

const warning = `Before you import it: stop the other gateway for good. Do not log out or delete the instance there: that unlinks the
device, and nothing is left to import. A device has one connection; if both run, they take it from each other.`

/** Changes nothing without `apply`. Throws `CommandError` when the session cannot be taken over, or is not connected. */
export async function importSession(
  client: GatewayClient,
  { id, paths, apply = false, keepSessions = false, device, json = false }: ImportOptions,
  print: Print,
): Promise<void> {
  const body = await donorBody(paths, keepSessions)
  const answer = await client.importSession(id, body, { apply, keepSessions, device })
  if (json) print(JSON.stringify(answer))
  else for (const line of describe(answer.findings)) print(line)
  if (!apply) {
    if (!json) print(`\n${warning}\n\nNothing was changed. To import it, add --apply.`)
    return
  }
  if (answer.connected === true) {
    if (!json) print('\nConnected. The other gateway must not start again with this session.')
    return
  }
  const { disconnection } = answer
  throw new CommandError(
    disconnection === undefined
      ? `The session is stored, and is not connected yet. Look again: recado instance status ${id}`
      : `The session is stored, and is not connected: ${disconnection.cause.en} ${disconnection.cure.en}`,
  )
}

function describe(found: FoundSession): string[] {
  const facts = [
    ['Source', sources[found.source] ?? found.source],
    ['Number', found.phone],
    ['Device', String(found.device)],
    ['LID', found.lid],
    ['Name', found.name],
    ['Phone app', found.platform],
  ]
  const taken = Object.entries(found.taken).filter(([, count]) => count > 0)
  return [
    ...facts.flatMap(([label = '', value]) =>
      value === undefined ? [] : [`${label.padEnd(10)} ${value}`],
    ),
    `Taken over ${taken.length === 0 ? 'the identity alone' : taken.map(([kind, count]) => `${words[kind] ?? kind} ${count}`).join(', ')}`,
    ...found.dropped.map(
      ({ kind, count, reason }) =>
        `Left out   ${words[kind] ?? kind} ${count}: ${reasons[reason] ?? reason}`,
    ),
    ...(found.taken['pre-keys'] === 0
      ? ['Note       without pre-keys, first messages of new people come after a repetition']
      : []),
  ]
}

const sources: Readonly<Record<string, string>> = {
  baileys: 'a folder of Baileys or of WAHA (NOWEB)',
  evolution: 'Evolution API',
  whatsmeow: 'a database of whatsmeow',
}

const words: Readonly<Record<string, string>> = {
  'pre-keys': 'pre-keys',
  sessions: 'Signal sessions',
  'sender-keys': 'sender keys of groups',
  'app-state-keys': 'app state keys',
  'lid-mappings': 'LID mappings',
  'privacy-tokens': 'privacy tokens',
  'identity-keys': 'identity keys of others',
  'sender-key-memories': 'lists of who has our sender keys',
  'device-lists': 'lists of devices',
  'app-state-versions': 'app state versions',
  'unknown-keys': 'keys of a kind that is not known',
  'unreadable-keys': 'keys that are not what their name says',
  'other-files': 'other files',
}

const reasons: Readonly<Record<string, string>> = {
  'may-be-old':
    'if the other gateway has sent anything since, they would lose messages. New ones are made at the next message; --keep-sessions keeps them',
  'other-encoding': 'only the other gateway reads them. New ones are made at the next message',
  'fetched-again': 'WhatsApp gives them again',
  'not-known': 'not part of a session',
  unreadable: 'damaged',
}
