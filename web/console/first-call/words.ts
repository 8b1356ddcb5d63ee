/** What the console says of the first call of an instance, in both languages. */

import { texts } from '../../shared/texts.js'

const en = {
  title: 'Your first call',
  hint: 'It sends a text. You can run it before the phone is linked: the message then waits in the queue.',
  phone: 'Send to',
  phoneHint: 'A number of yours, with its country, such as 5511999999999.',
  clientToken: 'Client-Token',
  clientTokenHint:
    'The gateway keeps only its hash. It printed the token at its first start; recado tokens rotate client makes another one.',
  language: 'Language',
  languages: { curl: 'curl', node: 'Node', php: 'PHP', python: 'Python' },
  message: 'Hello from Recado',
  copy: 'Copy the call',
}

const pt: typeof en = {
  title: 'Sua primeira chamada',
  hint: 'Ela envia um texto. Pode ser feita antes de vincular o celular: a mensagem espera na fila.',
  phone: 'Enviar para',
  phoneHint: 'Um número seu, com o país, como 5511999999999.',
  clientToken: 'Client-Token',
  clientTokenHint:
    'O gateway guarda só o hash dele. Ele mostrou o token no primeiro início; recado tokens rotate client gera outro.',
  language: 'Linguagem',
  languages: { curl: 'curl', node: 'Node', php: 'PHP', python: 'Python' },
  message: 'Olá do Recado',
  copy: 'Copiar a chamada',
}

export const firstCallTexts = texts(en, pt)
