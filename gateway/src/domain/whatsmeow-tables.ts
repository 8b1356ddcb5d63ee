/**
 * What an import reads of a database of whatsmeow: its schema v15 of 2026-08, `store/sqlstore/upgrades` of
 * tulir/whatsmeow. Older ones have fewer columns.
 */
export const whatsmeowTables = {
  whatsmeow_device: [
    'jid',
    'lid',
    'registration_id',
    'noise_key',
    'identity_key',
    'signed_pre_key',
    'signed_pre_key_id',
    'signed_pre_key_sig',
    'adv_key',
    'adv_details',
    'adv_account_sig',
    'adv_account_sig_key',
    'adv_device_sig',
    'platform',
    'push_name',
  ],
  whatsmeow_pre_keys: ['jid', 'key_id', 'key'],
  whatsmeow_app_state_sync_keys: ['jid', 'key_id', 'key_data', 'timestamp', 'fingerprint'],
  whatsmeow_lid_map: ['lid', 'pn'],
  whatsmeow_privacy_tokens: ['our_jid', 'their_jid', 'token', 'timestamp', 'sender_timestamp'],
  // These are only counted.
  whatsmeow_sessions: ['our_jid'],
  whatsmeow_sender_keys: ['our_jid'],
  whatsmeow_identity_keys: ['our_jid'],
  whatsmeow_app_state_version: ['jid'],
} as const satisfies Readonly<Record<string, readonly string[]>>
