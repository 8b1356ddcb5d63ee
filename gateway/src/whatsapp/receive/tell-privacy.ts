/** Keeps what this number shows of itself and whom it blocks: read at each login, and heard since. */

import type { BaileysEventMap, WASocket } from 'baileys'
import type { DirectoryFact } from '../../domain/directory.js'
import type { InstanceId } from '../../domain/instance.js'
import type { PrivacyFact } from '../../domain/privacy.js'
import type { Log } from '../../runtime/telemetry.js'
import { readPrivacy } from '../account/privacy-reader.js'
import { hearEarly } from '../baileys-patches/early-events.js'
import { personOfJid } from '../jid.js'
import { withKnownPhone } from '../account/directory.js'
import type { Directory } from '../send/resolve.js'

export interface TellPrivacyOptions {
  readonly instanceId: InstanceId
  readonly sock: Pick<WASocket, 'ev' | 'ws' | 'query'>
  readonly log: Log
  readonly closed: AbortSignal
  readonly directory: Pick<Directory, 'phoneOf'>
  readonly tell: (facts: readonly DirectoryFact[]) => void
}

/** Call it once a socket, before it is open. Gives what reads all of it: call that when the login is through. */
export function tellPrivacy({
  instanceId,
  sock,
  log,
  closed,
  directory,
  tell,
}: TellPrivacyOptions) {
  let told = Promise.resolve()
  const notRead = (cause: unknown): void => {
    if (!closed.aborted) log.info('whatsapp.privacy-not-read', { instanceId, cause })
  }
  const tellWhole = (facts: readonly PrivacyFact[]): void => {
    told = told
      .then(async () => tell(await Promise.all(facts.map((fact) => whole(fact, directory)))))
      .catch(notRead)
  }
  let reading: Promise<void> | undefined
  let isOutdated = false
  const read = async (): Promise<void> => {
    do {
      isOutdated = false
      await readPrivacy(sock).then(tellWhole, notRead)
    } while (isOutdated && !closed.aborted)
    reading = undefined
  }
  const readAll = (): void => {
    isOutdated = reading !== undefined
    reading ??= read()
  }
  hearEarly(sock, {
    'blocklist.update': (update) => tellWhole(factsOfBlocks(update)),
    'creds.update': ({ accountSettings }) => {
      const seconds = accountSettings?.defaultDisappearingMode?.ephemeralExpiration
      if (typeof seconds === 'number') tell([{ kind: 'privacy', facts: { defaultTimer: seconds } }])
    },
  })
  // The phone says that something changed, and of a list not what.
  sock.ws.on('CB:notification,type:account_sync,privacy', readAll)
  return { readAll }
}

function factsOfBlocks({
  blocklist,
  type,
}: BaileysEventMap['blocklist.update']): readonly PrivacyFact[] {
  return blocklist.flatMap((jid) => {
    const person = personOfJid(jid)
    const change = { list: 'blocked', isListed: type === 'add' } as const
    return person === undefined ? [] : [{ kind: 'privacy-list-changed', person, ...change }]
  })
}

/** WhatsApp names people in lists by LID. */
async function whole(
  fact: PrivacyFact,
  directory: Pick<Directory, 'phoneOf'>,
): Promise<PrivacyFact> {
  if (fact.kind === 'privacy') return fact
  if (fact.kind === 'privacy-list-changed')
    return { ...fact, person: await withKnownPhone(fact.person, directory) }
  const people = fact.people.map((person) => withKnownPhone(person, directory))
  return { ...fact, people: await Promise.all(people) }
}
