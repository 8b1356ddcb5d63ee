/**
 * Keeps the tokens that the history brings, without which WhatsApp refuses first messages.
 *
 * As Baileys keeps them (`storeTcTokensFromHistorySync` in 7.0.0-rc14), which does not see the history
 * here: under the LID where it is known, the newest one, with an index of all of them.
 */

import { jidNormalizedUser, type proto, toNumber, type WASocket } from 'baileys'

/** Baileys' name for the list of all that have one. */
const indexName = '__index'

interface Candidate {
  readonly token: Buffer
  readonly timestamp: number
  readonly senderTimestamp: number | undefined
}

export class PrivacyTokens {
  readonly #sock: Pick<WASocket, 'authState' | 'signalRepository'>

  constructor(sock: Pick<WASocket, 'authState' | 'signalRepository'>) {
    this.#sock = sock
  }

  async keep(chats: readonly proto.IConversation[]): Promise<void> {
    const { keys } = this.#sock.authState
    const found = new Map<string, Candidate>()
    for (const chat of chats) {
      const timestamp = toNumber(chat.tcTokenTimestamp ?? 0)
      if (!chat.id || !chat.tcToken?.length || timestamp <= 0) continue
      const sender = chat.tcTokenSenderTimestamp
      found.set(await this.#nameOf(chat.id), {
        token: Buffer.from(chat.tcToken),
        timestamp,
        senderTimestamp: sender ? toNumber(sender) : undefined,
      })
    }
    if (found.size === 0) return
    const known = await keys.get('tctoken', [...found.keys(), indexName])
    const news = [...found].filter(
      ([name, { timestamp }]) => Number(known[name]?.timestamp ?? 0) < timestamp,
    )
    if (news.length === 0) return
    const names = new Set([...namesIn(known[indexName]?.token), ...news.map(([name]) => name)])
    await keys.set({
      tctoken: {
        ...Object.fromEntries(
          news.map(([name, { token, timestamp, senderTimestamp }]) => [
            name,
            {
              ...known[name],
              token,
              timestamp: String(timestamp),
              ...(senderTimestamp === undefined ? {} : { senderTimestamp }),
            },
          ]),
        ),
        [indexName]: { token: Buffer.from(JSON.stringify([...names])) },
      },
    })
  }

  async #nameOf(id: string): Promise<string> {
    const jid = jidNormalizedUser(id)
    if (jid.endsWith('@lid')) return jid
    return (await this.#sock.signalRepository.lidMapping.getLIDForPN(jid)) ?? jid
  }
}

function namesIn(index: Uint8Array | undefined): readonly string[] {
  if (index === undefined) return []
  const names: unknown = JSON.parse(Buffer.from(index).toString())
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}
