import type { InstanceId } from '../../domain/instance.js'
import type { WhatsappId } from '../../domain/message-id.js'
import type { KeptMessage, MessageReference } from '../../domain/kept-message.js'

/** Where messages are kept, sealed. `directory/kept-messages.ts` implements it. */
export interface KeptMessagePort {
  find(instanceId: InstanceId, reference: MessageReference): Promise<KeptMessage | undefined>
  /** The same in whichever chat; `undefined` also where two chats have the id. */
  findAnywhere(instanceId: InstanceId, whatsappId: WhatsappId): Promise<KeptMessage | undefined>
}
