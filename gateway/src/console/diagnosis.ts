/**
 * Why a message ended as it did, and what helps: in plain words, in each
 * language of the console. The words for callers are those of `outbox/queue/ending.ts`;
 * these are for an operator who can do something about it.
 */

import type { FailureReason } from '../domain/gateway-event.js'
import type { MessageStatus } from '../domain/message-status.js'
import type { EpochMs } from '../domain/time.js'

export interface Spoken {
  readonly en: string
  readonly pt: string
}

export interface Diagnosis {
  readonly cause: Spoken
  readonly cure: Spoken
}

/** What of a message and its instance a diagnosis looks at. */
export interface Symptoms {
  readonly status: MessageStatus
  readonly failure: FailureReason | undefined
  /** WhatsApp's last refusal. */
  readonly refusalCode: number | undefined
  readonly attempts: number
  readonly fellBack: boolean
  readonly isConnected: boolean
  readonly sentAt: EpochMs | undefined
  readonly now: EpochMs
}

/** A phone that is on has a message within seconds. */
const lateMs = 60_000

/** Undefined where nothing is odd. */
export function diagnose(symptoms: Symptoms): Diagnosis | undefined {
  const { status, failure, fellBack, isConnected, sentAt, now } = symptoms
  if (failure !== undefined) return diagnoseFailure(failure, symptoms)
  if (status === 'queued' && !isConnected) return table.disconnected
  if (status === 'queued' && symptoms.attempts > 0) return table.triedAgain
  if (status === 'unknown') return table.unknown
  if (status === 'sent' && sentAt !== undefined && now - sentAt > lateMs) return table.notDelivered
  return fellBack ? table.fellBack : undefined
}

function diagnoseFailure(
  failure: FailureReason,
  { attempts, refusalCode }: Symptoms,
): Diagnosis | undefined {
  switch (failure) {
    case 'expired':
      return attempts === 0 ? table.expiredInLine : table.expiredTrying
    case 'refused':
      return refused(refusalCode)
    case 'restricted':
      return table.restricted
    case 'no-such-recipient':
      return table.noSuchRecipient
    case 'recipient-unreachable':
      return table.unreachable
    case 'not-possible':
      return table.notPossible
    case 'image-failed':
      return table.imageFailed
    case 'not-sent':
      return table.notSent
    case 'unconfirmed':
      return table.unconfirmed
    case 'cancelled':
      return table.cancelled
    default:
      return undefined
  }
}

function refused(code: number | undefined): Diagnosis {
  const number = code === undefined ? '' : ` (${code})`
  return {
    cause: {
      en: `WhatsApp's server refused the message${number}. It did not arrive.`,
      pt: `O servidor do WhatsApp recusou a mensagem${number}. Ela não chegou a ninguém.`,
    },
    cure: {
      en: 'Send it once more later. If it is refused again, change the text or leave the picture out.',
      pt: 'Envie mais uma vez depois. Se for recusada de novo, mude o texto ou tire a imagem.',
    },
  }
}

const table = {
  expiredInLine: {
    cause: {
      en: 'It expired in the queue: the number was not connected, or others were before it.',
      pt: 'O prazo acabou enquanto esperava na fila: o número estava desconectado ou havia outras antes.',
    },
    cure: {
      en: 'Check that the number is connected, then send a new code. If the line is long, add a number.',
      pt: 'Confira se o número está conectado e envie um código novo. Se a fila é longa, acrescente um número.',
    },
  },
  expiredTrying: {
    cause: {
      en: 'It was tried, but did not get through before its time ran out.',
      pt: 'Houve tentativas, mas ela não passou antes de o prazo acabar.',
    },
    cure: {
      en: 'Look at the attempts above. If the connection comes and goes, mend the network, then send a new code.',
      pt: 'Veja as tentativas acima. Se a conexão cai e volta, arrume a rede e envie um código novo.',
    },
  },
  restricted: {
    cause: {
      en: 'WhatsApp does not let this number start new conversations at the moment (463).',
      pt: 'O WhatsApp não deixa este número iniciar conversas novas no momento (463).',
    },
    cure: {
      en: 'Do not send it again: each try makes it worse. Let the person write first, wait until the restriction ends, or use another number.',
      pt: 'Não envie de novo: cada tentativa piora. Peça que a pessoa escreva primeiro, espere o fim da restrição ou use outro número.',
    },
  },
  noSuchRecipient: {
    cause: {
      en: 'This number is not on WhatsApp. Nothing was sent.',
      pt: 'Este número não está no WhatsApp. Nada foi enviado.',
    },
    cure: {
      en: 'Check country and area code, or reach the person another way.',
      pt: 'Confira o DDI e o DDD, ou fale com a pessoa por outro meio.',
    },
  },
  notPossible: {
    cause: {
      en: 'It refers to an earlier message that is not kept any more, is of another chat, or cannot be used in this way. Nothing was sent.',
      pt: 'Ela se refere a uma mensagem anterior que não está mais guardada, é de outra conversa, ou não permite isso. Nada foi enviado.',
    },
    cure: {
      en: 'Check the id and the chat. RECADO_KEEP_MESSAGES_DAYS says how long messages are kept.',
      pt: 'Confira o id e a conversa. RECADO_KEEP_MESSAGES_DAYS diz por quanto tempo as mensagens são guardadas.',
    },
  },
  unreachable: {
    cause: {
      en: 'WhatsApp takes nothing for this recipient from this number: it does not know the group, the number is not a member of it, or it did not say whether the person is on WhatsApp. Nothing was sent.',
      pt: 'O WhatsApp não aceita nada deste número para este destinatário: não conhece o grupo, o número não participa dele, ou não disse se a pessoa está no WhatsApp. Nada foi enviado.',
    },
    cure: {
      en: 'Check the recipient. An admin of the group can add this number.',
      pt: 'Confira o destinatário. Um administrador do grupo pode adicionar este número.',
    },
  },
  imageFailed: {
    cause: {
      en: 'The file could not be fetched or read, or the media server of WhatsApp refused it, so the message was not sent.',
      pt: 'O arquivo não pôde ser baixado ou lido, ou o servidor de mídia do WhatsApp o recusou, então a mensagem não foi enviada.',
    },
    cure: {
      en: 'Open the address of the picture in a browser: it must be a public JPEG, PNG or WebP, and not too large. Or send without it.',
      pt: 'Abra o endereço da imagem no navegador: precisa ser um JPEG, PNG ou WebP público e não grande demais. Ou envie sem ela.',
    },
  },
  notSent: {
    cause: {
      en: 'The number is connected, but several tries to hand the message to WhatsApp failed. Nothing was sent.',
      pt: 'O número está conectado, mas várias tentativas de entregar a mensagem ao WhatsApp falharam. Nada foi enviado.',
    },
    cure: {
      en: 'Send it again. If it goes on, look for send-failed in the log of the gateway.',
      pt: 'Envie de novo. Se continuar, procure send-failed no log do gateway.',
    },
  },
  unconfirmed: {
    cause: {
      en: 'The message was sent, but WhatsApp never confirmed it. It may have arrived or not.',
      pt: 'A mensagem foi enviada, mas o WhatsApp nunca confirmou. Ela pode ter chegado ou não.',
    },
    cure: {
      en: 'Ask the person before you send it again, or send a new code.',
      pt: 'Pergunte à pessoa antes de enviar de novo, ou envie um código novo.',
    },
  },
  cancelled: {
    cause: {
      en: 'It was taken out of the line before it left.',
      pt: 'Foi retirada da fila antes de sair.',
    },
    cure: {
      en: 'Nothing to do. Send it again if that was a mistake.',
      pt: 'Nada a fazer. Envie de novo se foi engano.',
    },
  },
  disconnected: {
    cause: {
      en: 'It waits because the number is not connected.',
      pt: 'Está esperando porque o número não está conectado.',
    },
    cure: {
      en: 'Connect the number on the tab Overview. The message leaves by itself if its time has not run out by then.',
      pt: 'Conecte o número na aba Visão geral. A mensagem sai sozinha se o prazo ainda não tiver acabado.',
    },
  },
  triedAgain: {
    cause: {
      en: 'A try failed before anything left. It is tried again by itself.',
      pt: 'Uma tentativa falhou antes de algo sair. Será tentada de novo sozinha.',
    },
    cure: { en: 'Wait a moment.', pt: 'Espere um momento.' },
  },
  unknown: {
    cause: {
      en: 'It was sent and WhatsApp has not confirmed it yet. It goes again under the same id, so it arrives once.',
      pt: 'Foi enviada e o WhatsApp ainda não confirmou. Será enviada de novo com o mesmo id, então chega uma vez só.',
    },
    cure: { en: 'Wait a moment.', pt: 'Espere um momento.' },
  },
  notDelivered: {
    cause: {
      en: 'WhatsApp has the message, but no phone of the person fetched it yet: it is off or has no internet.',
      pt: 'O WhatsApp tem a mensagem, mas nenhum aparelho da pessoa a buscou ainda: está desligado ou sem internet.',
    },
    cure: {
      en: 'It arrives when the phone is back. If the person waits for it now, offer another way.',
      pt: 'Chega quando o aparelho voltar. Se a pessoa está esperando agora, ofereça outro meio.',
    },
  },
  fellBack: {
    cause: {
      en: 'WhatsApp refused the button, so the code went as plain text.',
      pt: 'O WhatsApp recusou o botão, então o código foi como texto simples.',
    },
    cure: {
      en: 'The person has the code. If this happens often, try RECADO_BUTTON_SHAPE=minimal.',
      pt: 'A pessoa tem o código. Se acontecer sempre, tente RECADO_BUTTON_SHAPE=minimal.',
    },
  },
} as const satisfies Record<string, Diagnosis>
