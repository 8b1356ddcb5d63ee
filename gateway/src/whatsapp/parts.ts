/** What the gateway uses of Baileys. `load.ts` alone imports it. */

export { BaileysEngine } from './baileys-engine.js'
export { phoneOfIdentity, readLinkedSession } from './import/read-session.js'
export { contentOfKept } from './receive/earlier-content.js'
export { readKept } from './receive/kept-content.js'
