/**
 * A database of whatsmeow. Keys are private halves of 32 bytes. Signal sessions and sender keys are in an encoding of
 * libsignal in Go, so they stay behind; the numbers of the app state keys are bytes there and base64 here.
 */

import { proto } from 'baileys'
import { ImportChoiceError, ImportRefusedError } from '../../domain/errors.js'
import type { ForeignTables, ImportWish } from '../../domain/session-import.js'
import { whatsmeowTables } from '../../domain/whatsmeow-tables.js'
import { deviceOf, publicOf } from './complete.js'
import type { Donor, DonorKey } from './donor.js'
import { some } from './multi-file.js'

type Row = Readonly<Record<string, unknown>>
type Table = keyof typeof whatsmeowTables

export function readWhatsmeow(tables: ForeignTables, wish: ImportWish): Donor {
  const rowsOf = (table: Table): readonly Row[] => tables.rowsOf(table, whatsmeowTables[table])
  const device = chosen(rowsOf('whatsmeow_device'), wish.device)
  const own = ({ jid, our_jid = jid }: Row): boolean => our_jid === device['jid']
  const count = (table: Table): number => rowsOf(table).filter(own).length
  const lids = rowsOf('whatsmeow_lid_map')
  const appStateKeys = rowsOf('whatsmeow_app_state_sync_keys').filter(own)
  const newest = appStateKeys.toSorted((a, b) => Number(b['timestamp']) - Number(a['timestamp']))[0]
  return {
    source: 'whatsmeow',
    creds: {
      ...credsOf(device),
      ...(newest === undefined ? {} : { myAppStateKeyId: base64(newest['key_id']) }),
    },
    keys: [
      ...rowsOf('whatsmeow_pre_keys')
        .filter(own)
        .map(({ key_id: id, key }) => ({ type: 'pre-key', id: String(id), value: pairOf(key) })),
      ...appStateKeys.map(appStateKeyOf),
      ...lids.flatMap(({ lid, pn }) => [
        { type: 'lid-mapping', id: String(pn), value: lid },
        { type: 'lid-mapping', id: `${String(lid)}_reverse`, value: pn },
      ]),
      ...tokensOf(rowsOf('whatsmeow_privacy_tokens').filter(own), lids),
    ],
    dropped: [
      ...some('sessions', count('whatsmeow_sessions'), 'other-encoding'),
      ...some('sender-keys', count('whatsmeow_sender_keys'), 'other-encoding'),
      ...some('identity-keys', count('whatsmeow_identity_keys'), 'fetched-again'),
      ...some('app-state-versions', count('whatsmeow_app_state_version'), 'fetched-again'),
    ],
  }
}

function chosen(devices: readonly Row[], wanted: string | undefined): Row {
  if (devices.length === 0) throw new ImportRefusedError({ kind: 'no-devices' })
  const fitting =
    wanted === undefined
      ? devices
      : devices.filter(({ jid }) => jid === wanted || deviceOf(String(jid))?.user === wanted)
  const [only, ...others] = fitting
  if (only === undefined) throw new ImportRefusedError({ kind: 'no-such-device' })
  if (others.length === 0) return only
  throw new ImportChoiceError(
    fitting.map(({ jid, push_name: name, platform }) => ({
      jid: String(jid),
      ...(typeof name === 'string' && name !== '' ? { name } : {}),
      ...(typeof platform === 'string' && platform !== '' ? { platform } : {}),
    })),
  )
}

function credsOf(row: Row): Row {
  return {
    me: { id: row['jid'], lid: row['lid'] ?? undefined, name: row['push_name'] },
    noiseKey: pairOf(row['noise_key']),
    signedIdentityKey: pairOf(row['identity_key']),
    signedPreKey: {
      keyPair: pairOf(row['signed_pre_key']),
      keyId: row['signed_pre_key_id'],
      signature: row['signed_pre_key_sig'],
    },
    registrationId: row['registration_id'],
    advSecretKey: base64(row['adv_key']),
    account: {
      details: row['adv_details'],
      accountSignatureKey: row['adv_account_sig_key'],
      accountSignature: row['adv_account_sig'],
      deviceSignature: row['adv_device_sig'],
    },
    platform: row['platform'],
  }
}

/** Undefined halves for what is no key; `complete.ts` names it then. */
function pairOf(secret: unknown): Row {
  if (!(secret instanceof Uint8Array) || secret.length !== 32) return { private: secret }
  return { private: secret, public: publicOf(secret) }
}

function appStateKeyOf({ key_id: id, key_data: keyData, timestamp, fingerprint }: Row): DonorKey {
  return {
    type: 'app-state-sync-key',
    id: base64(id) ?? '',
    value: {
      keyData,
      timestamp: Number(timestamp),
      fingerprint: fingerprintOf(fingerprint),
    },
  }
}

function fingerprintOf(bytes: unknown): object | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined
  try {
    return proto.Message.AppStateSyncKeyFingerprint.decode(bytes).toJSON()
  } catch {
    return undefined
  }
}

/** Baileys keeps them under the LID, and a list of all of them. */
function tokensOf(rows: readonly Row[], lids: readonly Row[]): readonly DonorKey[] {
  const lidOf = new Map(
    lids.map(({ lid, pn }) => [`${String(pn)}@s.whatsapp.net`, `${String(lid)}@lid`]),
  )
  const tokens = rows.map(({ their_jid: jid, token, timestamp, sender_timestamp: sent }) => ({
    type: 'tctoken',
    id: lidOf.get(String(jid)) ?? String(jid),
    value: {
      token,
      timestamp: String(timestamp),
      ...(sent === null || sent === undefined ? {} : { senderTimestamp: Number(sent) }),
    },
  }))
  if (tokens.length === 0) return []
  const index = Buffer.from(JSON.stringify([...new Set(tokens.map(({ id }) => id))]))
  return [...tokens, { type: 'tctoken', id: '__index', value: { token: index } }]
}

function base64(bytes: unknown): string | undefined {
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : undefined
}
