/** Who is the same person, for the tests of modules that are given it. */

import type { Database } from '../../src/db/database.js'
import { KnownPeople } from '../../src/directory/known-people.js'
import type { ManualClock } from './manual-clock.js'

export function peopleIn(database: Database, clock: ManualClock): KnownPeople {
  return new KnownPeople({ database, clock })
}
