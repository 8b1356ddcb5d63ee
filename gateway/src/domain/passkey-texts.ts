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
      en: 'Keep WhatsApp open on the phone, sign with the passkey of this very number, check that fewer than four devices are linked, wait some minutes, then start again.',
      pt: 'Deixe o WhatsApp aberto no celular, assine com a chave de acesso deste mesmo número, confira se há menos de quatro aparelhos vinculados, espere alguns minutos e comece de novo.',
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

/** What is wrong with a signature, where the person who signed can mend it. */
export type PasskeyAnswerProblem =
  | 'created'
  | 'other-challenge'
  | 'other-page'
  | 'inside-other-page'
  | 'other-passkey'
  | 'not-confirmed'
  | 'not-verified'

export function explainPasskeyAnswer(problem: PasskeyAnswerProblem): Explanation {
  return answerTexts[problem]
}

const signThere: Bilingual = {
  en: 'Sign in a tab that shows https://web.whatsapp.com.',
  pt: 'Assine em uma aba que mostre https://web.whatsapp.com.',
}

const answerTexts: Readonly<Record<PasskeyAnswerProblem, Explanation>> = {
  created: {
    cause: {
      en: 'The passkey was created and not used.',
      pt: 'A chave de acesso foi criada, e não usada.',
    },
    cure: { en: 'Sign in with it instead.', pt: 'Entre com ela.' },
  },
  'other-challenge': {
    cause: { en: 'Another challenge was signed.', pt: 'Outro desafio foi assinado.' },
    cure: { en: 'Sign the one that is shown now.', pt: 'Assine o que é mostrado agora.' },
  },
  'other-page': {
    cause: { en: 'It was signed on another site.', pt: 'Foi assinado em outro site.' },
    cure: signThere,
  },
  'inside-other-page': {
    cause: {
      en: 'It was signed inside another page.',
      pt: 'Foi assinado dentro de outra página.',
    },
    cure: signThere,
  },
  'other-passkey': {
    cause: {
      en: 'The passkey belongs to another site.',
      pt: 'A chave de acesso é de outro site.',
    },
    cure: { en: 'Use the one for whatsapp.com.', pt: 'Use a de whatsapp.com.' },
  },
  'not-confirmed': {
    cause: {
      en: 'The authenticator did not ask for a confirmation.',
      pt: 'O autenticador não pediu confirmação.',
    },
    cure: { en: 'Sign once more and confirm it.', pt: 'Assine de novo e confirme.' },
  },
  'not-verified': {
    cause: {
      en: 'The authenticator did not check who signs.',
      pt: 'O autenticador não conferiu quem assina.',
    },
    cure: {
      en: 'Sign once more with fingerprint, face or screen lock.',
      pt: 'Assine de novo com a impressão digital, o rosto ou o bloqueio de tela.',
    },
  },
}
