/** `recado callbacks`: what receivers did not take, and sending it again. */

import { CommandError, type GatewayClient } from './gateway-client.js'
import { findInstance, type Print } from './instance-commands.js'

interface Given {
  readonly since?: string
  readonly json?: boolean
}

export async function listCallbacks(
  client: GatewayClient,
  instanceId: string,
  { since, json = false }: Given,
  print: Print,
): Promise<void> {
  const instance = await findInstance(client, instanceId)
  let count = 0
  let after: string | undefined
  do {
    const page = await client.callbacks(instance, { since, after })
    count += page.callbacks.length
    for (const each of page.callbacks) {
      if (json) print(JSON.stringify(each))
      // Of the URL only the host: people put secrets into paths, and a listing ends up in tickets.
      else
        print(
          `${each.id}  ${new Date(each.created).toISOString()}  ${each.type}  ${each.error ?? ''}  ${new URL(each.url).host}`,
        )
    }
    after = page.next ?? undefined
  } while (after !== undefined)
  if (count === 0 && !json) print('No callback of this instance has failed.')
}

export async function showCallback(
  client: GatewayClient,
  { instanceId, callbackId }: { readonly instanceId: string; readonly callbackId: string },
  { body = false, codes = false }: { readonly body?: boolean; readonly codes?: boolean },
  print: Print,
): Promise<void> {
  const instance = await findInstance(client, instanceId)
  const wish = codes ? 'codes' : String(body)
  print(JSON.stringify(await client.callback(instance, callbackId, wish), undefined, 2))
}

/** One callback, or all since a time. */
export async function replayCallbacks(
  client: GatewayClient,
  { instanceId, callbackId }: { readonly instanceId: string; readonly callbackId?: string },
  { since }: Given,
  print: Print,
): Promise<void> {
  if ((callbackId === undefined) === (since === undefined))
    throw new CommandError(
      'Name one callback, or all of them since a time: --since 2026-11-20T10:00Z',
    )
  const instance = await findInstance(client, instanceId)
  if (callbackId !== undefined) {
    await client.replayCallback(instance, callbackId)
    print('It is being sent again.')
    return
  }
  const { replayed } = await client.replayCallbacks(instance, since ?? '')
  print(`Being sent again: ${replayed}`)
}
