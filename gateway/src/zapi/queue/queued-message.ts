/** A waiting message as Z-API's queue lists it. */

import { Type } from 'typebox'
import { holdReasons } from '../../domain/sending-limits.js'
import { priorities } from '../../domain/priority.js'
import type { InstanceId } from '../../domain/instance.js'
import type { WaitingMessage } from '../../outbox/history/waiting-messages.js'
import { phoneOf } from '../to-zapi.js'

export const queuedMessage = {
  _id: Type.String({ description: 'The same as ZaapId.' }),
  DelayMessage: Type.Integer({ description: 'Seconds before the next message; -1: the default.' }),
  Message: Type.String({ description: 'The text, its code masked.' }),
  Code: Type.Optional(Type.String({ description: '**Ours.** The code, masked.' })),
  Status: Type.String({ description: '**Ours.** Only a QUEUED message can be deleted.' }),
  Priority: Type.Enum([...priorities], {
    description: '**Ours.** Also high: what waits in a chat before a message that is.',
  }),
  ExpectedAt: Type.Optional(
    Type.Integer({
      description:
        '**Ours.** When it is expected to leave, milliseconds since 1970; absent while the instance is disconnected.',
    }),
  ),
  HeldBy: Type.Optional(
    Type.Enum([...holdReasons], {
      description:
        '**Ours.** The limit that holds it now (update-sending-limits); absent if none does.',
    }),
  ),
  IsTrial: Type.Boolean({ description: 'Always false.' }),
  InstanceId: Type.String({ description: 'The instance that sends it.' }),
  Phone: Type.String({ description: 'The recipient.' }),
  ZaapId: Type.String({ description: 'Our id of the message.' }),
  DelayTyping: Type.Integer({ description: 'Seconds of "typing…" before it.' }),
  MessageId: Type.String({ description: "WhatsApp's id of it." }),
  Created: Type.Number({ description: 'When it was accepted, milliseconds since 1970.' }),
}

export const queuedExample = {
  _id: '019D44C1A7E07B51A3A0F3F2D5C7B9E1',
  DelayMessage: -1,
  Message: 'Seu código de acesso é ••••56',
  Code: '••••56',
  Status: 'QUEUED',
  Priority: 'high',
  ExpectedAt: 1_795_600_001_400,
  IsTrial: false,
  InstanceId: '019D44C09B3E7A10B1C2D3E4F5061728',
  Phone: '5511999999999',
  ZaapId: '019D44C1A7E07B51A3A0F3F2D5C7B9E1',
  DelayTyping: 0,
  MessageId: '3EB0A25BD6C67CBA164D3F',
  Created: 1_795_600_000_000,
}

export function queued(instanceId: InstanceId, message: WaitingMessage): object {
  const { id, gapAfterMs, code } = message
  return {
    _id: id,
    DelayMessage: gapAfterMs === undefined ? -1 : Math.round(gapAfterMs / 1_000),
    Message: message.text,
    ...(code === undefined ? {} : { Code: code }),
    Status: message.status.toUpperCase(),
    Priority: message.priority,
    ...(message.expectedAt === undefined ? {} : { ExpectedAt: message.expectedAt }),
    ...(message.heldBy === undefined ? {} : { HeldBy: message.heldBy }),
    IsTrial: false,
    InstanceId: instanceId,
    Phone: phoneOf(message.recipient),
    ZaapId: id,
    DelayTyping: Math.round(message.typingMs / 1_000),
    MessageId: message.whatsappId,
    Created: message.acceptedAt,
  }
}
