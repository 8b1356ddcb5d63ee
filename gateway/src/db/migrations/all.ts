/** Every migration, in order. Imported by name, so that a build holds them all. */

import type { Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'
import { firstMigration } from './0001-first.js'
import { figuresMigration } from './0002-figures.js'
import { idempotencyMigration } from './0003-idempotency.js'
import { codeLimitsMigration } from './0004-code-limits.js'
import { historyMigration } from './0005-history.js'
import { restrictionsMigration } from './0006-restrictions.js'
import { extensionTokensMigration } from './0007-extension-tokens.js'
import { incomingMediaMigration } from './0008-incoming-media.js'
import { receiptsOfMembersMigration } from './0009-receipts-of-members.js'
import { accessMigration } from './0010-access.js'
import { auditMigration } from './0011-audit.js'
import { pendingCodesMigration } from './0012-pending-codes.js'
import { administratorsMigration } from './0013-administrators.js'
import { listingsMigration } from './0014-listings.js'
import { authorsMigration } from './0015-authors.js'
import { listingIndexMigration } from './0016-listing-index.js'
import { chatOrderMigration } from './0017-chat-order.js'
import { disconnectionsMigration } from './0018-disconnections.js'
import { auditNamesMigration } from './0019-audit-names.js'
import { knownPeopleMigration } from './0020-known-people.js'
import { contactsOfNumbersMigration } from './0021-contacts-of-numbers.js'
import { keptMessagesMigration } from './0022-kept-messages.js'
import { outgoingFilesMigration } from './0023-outgoing-files.js'
import { directoryMigration } from './0024-directory.js'
import { labelsNotesListsMigration } from './0025-labels-notes-lists.js'
import { prioritiesMigration } from './0026-priorities.js'
import { poolsMigration } from './0027-pools.js'
import { undeliverableMigration } from './0028-undeliverable.js'
import { nodesMigration } from './0029-nodes.js'
import { sendingLimitsMigration } from './0030-sending-limits.js'
import { personInPoolMigration } from './0031-person-in-pool.js'
import { sharedByNodesMigration } from './0032-shared-by-nodes.js'
import { messageSearchMigration } from './0033-message-search.js'
import { mcpTokensMigration } from './0034-mcp-tokens.js'
import { privacyMigration } from './0035-privacy.js'
import { handoversMigration } from './0036-handovers.js'
import { messagePlacesMigration } from './0037-message-places.js'
import { receiversMigration } from './0038-receivers.js'
import { alertsMigration } from './0039-alerts.js'
import { refusedCallsMigration } from './0040-refused-calls.js'
import { channelsMigration } from './0041-channels.js'
import { receiverFiguresMigration } from './0042-receiver-figures.js'
import { waitingOfPoolMigration } from './0043-waiting-of-pool.js'
import { mcpTokenUsesMigration } from './0044-mcp-token-uses.js'
import { ownWarmUpMigration } from './0047-own-warm-up.js'
import { peopleMigration } from './0045-people.js'
import { keepFromMigration } from './0046-keep-from.js'

export function allMigrations(types: ColumnTypes): Record<string, Migration> {
  return {
    '0001-first': firstMigration(types),
    '0002-figures': figuresMigration(types),
    '0003-idempotency': idempotencyMigration(types),
    '0004-code-limits': codeLimitsMigration(types),
    '0005-history': historyMigration(types),
    '0006-restrictions': restrictionsMigration(types),
    '0007-extension-tokens': extensionTokensMigration(types),
    '0008-incoming-media': incomingMediaMigration(types),
    '0009-receipts-of-members': receiptsOfMembersMigration(types),
    '0010-access': accessMigration(types),
    '0011-audit': auditMigration(types),
    '0012-pending-codes': pendingCodesMigration(types),
    '0013-administrators': administratorsMigration(types),
    '0014-listings': listingsMigration(),
    '0015-authors': authorsMigration(types),
    '0016-listing-index': listingIndexMigration(),
    '0017-chat-order': chatOrderMigration(),
    '0018-disconnections': disconnectionsMigration(types),
    '0019-audit-names': auditNamesMigration(),
    '0020-known-people': knownPeopleMigration(types),
    '0021-contacts-of-numbers': contactsOfNumbersMigration(),
    '0022-kept-messages': keptMessagesMigration(types),
    '0023-outgoing-files': outgoingFilesMigration(types),
    '0024-directory': directoryMigration(types),
    '0025-labels-notes-lists': labelsNotesListsMigration(types),
    '0026-priorities': prioritiesMigration(),
    '0027-pools': poolsMigration(types),
    '0028-undeliverable': undeliverableMigration(types),
    '0029-nodes': nodesMigration(types),
    '0030-sending-limits': sendingLimitsMigration(types),
    '0031-person-in-pool': personInPoolMigration(),
    '0032-shared-by-nodes': sharedByNodesMigration(types),
    '0033-message-search': messageSearchMigration(),
    '0034-mcp-tokens': mcpTokensMigration(types),
    '0035-privacy': privacyMigration(types),
    '0036-handovers': handoversMigration(types),
    '0037-message-places': messagePlacesMigration(types),
    '0038-receivers': receiversMigration(types),
    '0039-alerts': alertsMigration(types),
    '0040-refused-calls': refusedCallsMigration(types),
    '0041-channels': channelsMigration(types),
    '0042-receiver-figures': receiverFiguresMigration(),
    '0043-waiting-of-pool': waitingOfPoolMigration(),
    '0044-mcp-token-uses': mcpTokenUsesMigration(types),
    '0045-people': peopleMigration(types),
    '0046-keep-from': keepFromMigration(types),
    '0047-own-warm-up': ownWarmUpMigration(),
  }
}
