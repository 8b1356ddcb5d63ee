/**
 * Baileys' logger, reduced to the fact that it complained.
 *
 * Its lines carry whole stanzas, phone numbers, keys and decrypted messages.
 * None of that may reach a log, so neither its text nor its objects are kept.
 */

import type { SocketConfig } from 'baileys'
import type { InstanceId } from '../../domain/instance.js'
import type { Log } from '../../runtime/telemetry.js'

export function baileysLogger(log: Log, instanceId: InstanceId): SocketConfig['logger'] {
  const logger: SocketConfig['logger'] = {
    level: 'warn',
    child: () => logger,
    trace() {},
    debug() {},
    info() {},
    warn: () => log.debug('whatsapp.library-warned', { instanceId }),
    error: () => log.info('whatsapp.library-complained', { instanceId }),
  }
  return logger
}
