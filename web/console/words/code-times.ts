/** What the console says of how long codes live, in both languages. */

const en = {
  title: 'How long codes live',
  hint: 'A code that is not sent within its life is not sent at all, and its caller is told. Empty fields take what the gateway says: RECADO_CODE_LIFE_SECONDS and RECADO_UNDELIVERABLE_AFTER_SECONDS.',
  life: 'Life of a code, in seconds',
  lifeHint:
    'Where the call has no expiresIn. At least 30. Default: empty. Risk of a long life: a code arrives after the person has asked for another one.',
  undeliverable: 'Tell after so many seconds that a code is not sent yet',
  undeliverableHint:
    'So that the caller can send it another way. 0: never, else at least 5. Default: empty. Risk of 0: the caller waits for a code that does not come.',
}

type CodeTimeWords = typeof en

const pt: CodeTimeWords = {
  title: 'Por quanto tempo valem os códigos',
  hint: 'Um código que não sai enquanto vale não é mais enviado, e quem o pediu é avisado. Campos vazios seguem o gateway: RECADO_CODE_LIFE_SECONDS e RECADO_UNDELIVERABLE_AFTER_SECONDS.',
  life: 'Vida de um código, em segundos',
  lifeHint:
    'Onde a chamada não traz expiresIn. Ao menos 30. Padrão: vazio. Risco de uma vida longa: um código chega depois que a pessoa já pediu outro.',
  undeliverable: 'Avisar após tantos segundos que um código ainda não saiu',
  undeliverableHint:
    'Para que o sistema o envie de outra forma. 0: nunca, senão ao menos 5. Padrão: vazio. Risco de 0: o sistema espera por um código que não vem.',
}

export const codeTimeWords = { en, pt }
