/** What the console says of a session that another gateway linked. */

import { type Static, Type } from 'typebox'
import { explanation } from './answer-shapes.js'

const importedKinds = [
  'pre-keys',
  'sessions',
  'sender-keys',
  'app-state-keys',
  'lid-mappings',
  'privacy-tokens',
  'identity-keys',
] as const

const droppedKinds = [
  'sessions',
  'sender-keys',
  'sender-key-memories',
  'device-lists',
  'app-state-versions',
  'identity-keys',
  'unknown-keys',
  'unreadable-keys',
  'other-files',
] as const

const dropReasons = [
  'may-be-old',
  'other-encoding',
  'fetched-again',
  'not-known',
  'unreadable',
] as const

/** What there is not is left out, or undefined on the way there. */
const maybe = Type.Optional(Type.Union([Type.String(), Type.Undefined()]))

const findings = Type.Object({
  source: Type.Enum(['baileys', 'evolution', 'whatsmeow']),
  phone: Type.String(),
  device: Type.Integer(),
  lid: maybe,
  name: maybe,
  platform: maybe,
  taken: Type.Record(Type.Enum([...importedKinds]), Type.Integer()),
  dropped: Type.Array(
    Type.Object({
      kind: Type.Enum([...droppedKinds]),
      count: Type.Integer(),
      reason: Type.Enum([...dropReasons]),
    }),
  ),
})

const device = Type.Object({ jid: Type.String(), name: maybe, platform: maybe })

export const importAnswer = Type.Object({
  /** Missing where the files hold several and none was named. */
  findings: Type.Optional(findings),
  devices: Type.Optional(Type.Array(device)),
  /** Only of an import that was applied. */
  connected: Type.Optional(Type.Boolean()),
  disconnection: Type.Optional(explanation),
})

export type ImportAnswer = Static<typeof importAnswer>
export type ImportFindingsAnswer = Static<typeof findings>
