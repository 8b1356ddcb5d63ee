/** The store of a stopped donor as other gateways write it. */

import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BufferJSON, proto } from 'baileys'
import { Sqlite } from '../../src/db/sqlite-library.js'
import { testFolder } from './donor-gateway.js'

const sessionId = '3f0d0e4e-6a0c-4f5a-9c59-2d2f6a1f6f01'

/** WAHA, engine NOWEB: Baileys' files, and its own database of chats beside them. */
export async function wahaFolder(folder: string): Promise<string[]> {
  const suffix = createHash('md5').update('default').digest('hex')
  const target = join(await testFolder(), `default-${suffix}`)
  await copyFolder(folder, target)
  new Sqlite(join(target, 'store.sqlite3')).exec('create table chats (id text)').close()
  return [target]
}

/** Evolution with its keys in files: the row of `Session` as `psql --csv` writes it, and `instances/<id>`. */
export async function evolutionFiles(folder: string): Promise<string[]> {
  const target = await testFolder()
  const keys = join(target, 'instances', sessionId)
  await copyFolder(folder, keys, (name) => name !== 'creds.json')
  const row = join(target, 'session.csv')
  // The column holds the JSON of a JSON text.
  const creds = JSON.stringify(await readFile(join(folder, 'creds.json'), 'utf8'))
  const cells = ['cm3x1', sessionId, `"${creds.replaceAll('"', '""')}"`, '2026-05-02 10:00:00.123']
  await writeFile(row, `id,sessionId,creds,createdAt\n${cells.join(',')}\n`)
  return [row, keys]
}

/** Evolution with its keys in Redis: the rows of `Session` as JSON, and `redis-cli --json hgetall`. */
export async function evolutionRedis(folder: string): Promise<string[]> {
  const target = await testFolder()
  const row = join(target, 'session.json')
  const creds = JSON.stringify(await readFile(join(folder, 'creds.json'), 'utf8'))
  const unlinked = JSON.stringify(JSON.stringify({ noiseKey: {}, registered: false }))
  await writeFile(
    row,
    JSON.stringify([
      { id: 'cm3x0', sessionId: 'another', creds: unlinked },
      { id: 'cm3x1', sessionId, creds },
    ]),
  )
  const fields = await Promise.all(
    (await readdir(folder))
      .filter((name) => name !== 'creds.json')
      .map(async (name) => [
        name.slice(0, -5).replaceAll('__', '/'),
        await readFile(join(folder, name), 'utf8'),
      ]),
  )
  const hash = join(target, 'hash.json')
  await writeFile(hash, JSON.stringify(Object.fromEntries(fields)))
  return [row, hash]
}

/** whatsmeow: its schema of 2026-08, in a database that uses a write-ahead log, as it was left. */
export async function whatsmeowFile(
  folder: string,
  more: readonly string[] = [],
): Promise<string[]> {
  const path = join(await testFolder(), 'whatsmeow.db')
  const database = new Sqlite(path)
  try {
    database.pragma('journal_mode = wal')
    database.exec(whatsmeowSchema)
    for (const each of [folder, ...more]) await addDevice(database, each)
    // As if the process had been killed: what was committed lies in the log alone.
    const copy = join(await testFolder(), 'whatsmeow.db')
    await copyFile(path, copy)
    await copyFile(`${path}-wal`, `${copy}-wal`)
    return [copy]
  } finally {
    database.close()
  }
}

async function addDevice(database: InstanceType<typeof Sqlite>, folder: string): Promise<void> {
  const read = async (name: string) =>
    JSON.parse(await readFile(join(folder, name), 'utf8'), BufferJSON.reviver)
  const creds = await read('creds.json')
  const account = proto.ADVSignedDeviceIdentity.fromObject(creds.account)
  const jid = creds.me.id
  database
    .prepare(
      'insert into whatsmeow_device values (?, ?, null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)',
    )
    .run(
      jid,
      creds.me.lid,
      creds.registrationId,
      creds.noiseKey.private,
      creds.signedIdentityKey.private,
      creds.signedPreKey.keyPair.private,
      creds.signedPreKey.keyId,
      creds.signedPreKey.signature,
      Buffer.from(creds.advSecretKey, 'base64'),
      account.details,
      account.accountSignature,
      account.accountSignatureKey,
      account.deviceSignature,
      creds.platform,
      '',
      creds.me.name ?? '',
      '',
    )
  const preKey = database.prepare('insert into whatsmeow_pre_keys values (?, ?, ?, true)')
  const appStateKey = database.prepare(
    'insert into whatsmeow_app_state_sync_keys values (?, ?, ?, ?, ?)',
  )
  const lid = database.prepare('insert or ignore into whatsmeow_lid_map values (?, ?)')
  for (const name of await readdir(folder)) {
    const [, pre] = /^pre-key-(\d+)\.json$/u.exec(name) ?? []
    if (pre !== undefined) preKey.run(jid, Number(pre), (await read(name)).private)
    const [, key] = /^app-state-sync-key-(.+)\.json$/u.exec(name) ?? []
    if (key !== undefined) {
      const id = Buffer.from(key.replaceAll('__', '/'), 'base64')
      const data = proto.Message.AppStateSyncKeyData.fromObject(await read(name))
      const { keyData, timestamp, fingerprint } = data
      const print = proto.Message.AppStateSyncKeyFingerprint.encode(fingerprint ?? {}).finish()
      appStateKey.run(jid, id, keyData, Number(timestamp), print)
    }
    const [, pn] = /^lid-mapping-(\d+)\.json$/u.exec(name) ?? []
    if (pn !== undefined) lid.run(await read(name), pn)
  }
  database
    .prepare('insert into whatsmeow_sessions values (?, ?, ?)')
    .run(jid, '1_1:0', Buffer.of(1))
}

async function copyFolder(
  from: string,
  to: string,
  wanted: (name: string) => boolean = () => true,
): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from))
    if (wanted(name)) await copyFile(join(from, name), join(to, name))
}

/** Columns and types of `store/sqlstore/upgrades/00-latest-schema.sql` v15 of tulir/whatsmeow, in its order. */
const whatsmeowSchema = `
create table whatsmeow_device (
  jid text primary key, lid text, facebook_uuid uuid, registration_id bigint not null,
  noise_key bytea not null check (length(noise_key) = 32),
  identity_key bytea not null check (length(identity_key) = 32),
  signed_pre_key bytea not null check (length(signed_pre_key) = 32),
  signed_pre_key_id integer not null,
  signed_pre_key_sig bytea not null check (length(signed_pre_key_sig) = 64),
  adv_key bytea not null, adv_details bytea not null,
  adv_account_sig bytea not null check (length(adv_account_sig) = 64),
  adv_account_sig_key bytea not null check (length(adv_account_sig_key) = 32),
  adv_device_sig bytea not null check (length(adv_device_sig) = 64),
  platform text not null default '', business_name text not null default '',
  push_name text not null default '', lid_migration_ts bigint not null default 0,
  companion_meta_nonce text not null default ''
);
create table whatsmeow_pre_keys (
  jid text, key_id integer, key bytea not null check (length(key) = 32), uploaded boolean not null,
  primary key (jid, key_id)
);
create table whatsmeow_sessions (
  our_jid text, their_id text, session bytea, primary key (our_jid, their_id)
);
create table whatsmeow_sender_keys (
  our_jid text, chat_id text, sender_id text, sender_key bytea not null
);
create table whatsmeow_identity_keys (
  our_jid text, their_id text, identity bytea not null check (length(identity) = 32)
);
create table whatsmeow_app_state_sync_keys (
  jid text, key_id bytea, key_data bytea not null, timestamp bigint not null,
  fingerprint bytea not null, primary key (jid, key_id)
);
create table whatsmeow_app_state_version (
  jid text, name text, version bigint not null, hash bytea not null, primary key (jid, name)
);
create table whatsmeow_privacy_tokens (
  our_jid text, their_jid text, token bytea not null, timestamp bigint not null,
  sender_timestamp bigint, primary key (our_jid, their_jid)
);
create table whatsmeow_lid_map (lid text primary key, pn text unique not null);
`
