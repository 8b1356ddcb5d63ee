/** What people are told when the passkey step of a linking failed: the cause and what to try next, in both languages. */

import type { Bilingual, Explanation } from './disconnection-texts.js'
import type { PasskeyFailure } from './passkey.js'

export function explainPasskeyFailure(reason: PasskeyFailure): Explanation {
  return texts[reason]
}

/** In English, as errors of the API say it. */
export function passkeyFailureSentence(reason: PasskeyFailure): string {
  const { cause, cure } = texts[reason]
  return `${cause.en} ${cure.en}`
}

const startAgain: Bilingual = { en: 'Start again.', pt: 'Comece de novo.' }
const update: Bilingual = {
  en: 'Update the gateway and WhatsApp on the phone, then start again.',
  pt: 'Atualize o gateway e o WhatsApp no celular e comece de novo.',
}

const texts: Readonly<Record<PasskeyFailure, Explanation>> = {
  expired: {
    cause: {
      en: 'No signature by the passkey came in time.',
      pt: 'A assinatura da chave de acesso não chegou a tempo.',
    },
    cure: startAgain,
  },
  'unknown-request': {
    cause: {
      en: 'WhatsApp asked for the passkey in a way that this version does not know.',
      pt: 'O WhatsApp pediu a chave de acesso de um jeito que esta versão não conhece.',
    },
    cure: update,
  },
  refused: {
    cause: {
      en: 'WhatsApp refused a step of the linking.',
      pt: 'O WhatsApp recusou uma etapa da vinculação.',
    },
    cure: {
      en: 'Check on the phone that fewer than four devices are linked, wait some minutes, then start again.',
      pt: 'Confira no celular se há menos de quatro aparelhos vinculados, espere alguns minutos e comece de novo.',
    },
  },
  unanswered: {
    cause: { en: 'WhatsApp did not answer.', pt: 'O WhatsApp não respondeu.' },
    cure: startAgain,
  },
  'phone-silent': {
    cause: {
      en: 'Nothing was confirmed on the phone in time, or WhatsApp did not accept the passkey.',
      pt: 'Nada foi confirmado no celular a tempo, ou o WhatsApp não aceitou a chave de acesso.',
    },
    cure: {
      en: 'Keep WhatsApp open on the phone, sign with the passkey of this very number, check that fewer than four devices are linked, then start again.',
      pt: 'Deixe o WhatsApp aberto no celular, assine com a chave de acesso deste mesmo número, confira se há menos de quatro aparelhos vinculados e comece de novo.',
    },
  },
  'unknown-phone-answer': {
    cause: {
      en: 'The phone answered in a way that this version does not know.',
      pt: 'O celular respondeu de um jeito que esta versão não conhece.',
    },
    cure: update,
  },
  'code-different': {
    cause: {
      en: 'The phone showed another code, so the linking was stopped.',
      pt: 'O celular mostrou outro código, então a vinculação foi interrompida.',
    },
    cure: {
      en: 'Start again, and confirm on the phone only what you started yourself.',
      pt: 'Comece de novo e confirme no celular só o que você mesmo iniciou.',
    },
  },
  'code-unanswered': {
    cause: {
      en: 'The codes were not compared in time.',
      pt: 'Os códigos não foram comparados a tempo.',
    },
    cure: startAgain,
  },
  'not-completed': {
    cause: {
      en: 'The phone did not complete the linking in time.',
      pt: 'O celular não completou a vinculação a tempo.',
    },
    cure: {
      en: 'Keep WhatsApp open on the phone and start again.',
      pt: 'Deixe o WhatsApp aberto no celular e comece de novo.',
    },
  },
  'connection-lost': {
    cause: {
      en: 'The connection to WhatsApp broke during the linking.',
      pt: 'A conexão com o WhatsApp caiu durante a vinculação.',
    },
    cure: startAgain,
  },
  cancelled: {
    cause: { en: 'The linking was cancelled.', pt: 'A vinculação foi cancelada.' },
    cure: startAgain,
  },
  unexpected: {
    cause: {
      en: 'The gateway met an error of its own, which stands in its log.',
      pt: 'O gateway encontrou um erro próprio, que está no log.',
    },
    cure: startAgain,
  },
}
