/** An instance that has one of everything that a path can name. */

import { storedFile, type ZapiStage } from './zapi-stage.js'

export interface PreparedInstance {
  /** Values for the parameters in paths, by name. */
  readonly values: Readonly<Record<string, string>>
  readonly setConnected: (connected: boolean) => void
}

export async function prepareInstance(stage: ZapiStage): Promise<PreparedInstance> {
  const { instance, token } = await stage.instances.create({
    name: 'Minha instância',
    callbacks: new Map([['instance.connected', 'https://example.com/whatsapp']] as const),
  })
  const { id: instanceId } = instance
  const message = await stage.outbox.accept(instanceId, {
    recipient: { kind: 'person', phone: '5511999999999' },
    content: { kind: 'otp-button', text: 'Código 123456', code: '123456', buttonText: 'Copiar' },
  })
  await stage.database.transaction((transaction) =>
    stage.webhooks.publish(
      { kind: 'instance.connected', instanceId, occurredAt: 0, phone: '55', business: false },
      transaction,
    ),
  )
  const person = { phone: '5511999999999' }
  await stage.directory.take(instanceId, [
    { kind: 'chat', chat: { kind: 'person', ...person }, facts: { name: 'Ana', lastMessageAt: 1 } },
    { kind: 'contact', person, facts: { name: 'Ana Souza' } },
  ])
  const dead = await stage.database.query
    .updateTable('delivery')
    .set({ status: 'dead', ended_at: 1 })
    .where('instance_id', '=', instanceId)
    .returning('id')
    .executeTakeFirstOrThrow()
  const list = await stage.broadcastLists.create(instanceId, {
    name: 'Clientes',
    people: [{ kind: 'person', phone: '5511999999999' }],
  })
  await stage.directory.take(instanceId, [
    { kind: 'label', label: { id: '1', name: 'Novo cliente', color: 1 } },
  ])
  const by = { role: 'partner', address: '203.0.113.7' } as const
  const { pool } = await stage.pools.create({ name: 'Logins', by })
  await stage.pools.setMember(pool.id, instanceId, 1, by)
  const agent = await stage.mcpTokens.create(instanceId, { name: 'Agent', scope: 'read' }, by)
  const broadcastId = `${list?.id}@broadcast`
  return {
    values: {
      instanceId,
      token,
      broadcastId,
      zaapId: message.id,
      callbackId: dead.id,
      id: storedFile,
      poolId: pool.id,
      memberId: instanceId,
      tokenId: agent.id,
    },
    setConnected(connected) {
      if (connected) stage.sessions.connected.add(instanceId)
      else stage.sessions.connected.delete(instanceId)
    },
  }
}

/** A person of the console and an API key: making them takes long, so where a path names one. */
export async function prepareVisitor(stage: ZapiStage): Promise<Record<string, string>> {
  const by = { role: 'partner', address: '203.0.113.7' } as const
  const key = await stage.apiKeys.create(
    { name: 'CRM', scopes: ['send'], instanceIds: undefined, expiresAt: undefined },
    by,
  )
  const join = async (role: 'administrator' | 'viewer', name: string) => {
    const { token } = await stage.visitors.invite({ role, note: name, hours: 1 }, by)
    return stage.visitors.accept(token, { name, password: 'a password for tests' }, by.address)
  }
  // One always remains.
  const people = await stage.visitors.list()
  if (!people.some(({ role }) => role === 'administrator')) await join('administrator', 'ana')
  const visitor = await join('viewer', `bia-${key.id}`)
  return { keyId: key.id, personId: visitor.id }
}
