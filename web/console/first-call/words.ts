/** What the console says of the first call of an instance or a pool, in both languages. */

import { texts } from '../../shared/texts.js'

const en = {
  hints: {
    instance:
      'It sends a text. You can run it before the phone is linked: the message then waits in the queue.',
    pool: 'It sends a text by one of the numbers of the pool. Without a number it is refused.',
  },
  phone: 'Send to',
  phoneHint: 'A number of yours, with its country, such as 5511999999999.',
  token: 'Token',
  tokenHint: 'It was shown when it was made. A new one can be made below.',
  clientToken: 'Client-Token',
  clientTokenHint:
    'The gateway keeps only its hash. It printed the token at its first start; recado tokens rotate client makes another one.',
  language: 'Language',
  languages: { curl: 'curl', node: 'Node', php: 'PHP', python: 'Python' },
  message: 'Hello from Recado',
  copy: 'Copy the call',
}

const pt: typeof en = {
  hints: {
    instance:
      'Ela envia um texto. Pode ser feita antes de vincular o celular: a mensagem espera na fila.',
    pool: 'Ela envia um texto por um dos números do pool. Sem número, ela é recusada.',
  },
  phone: 'Enviar para',
  phoneHint: 'Um número seu, com o país, como 5511999999999.',
  token: 'Token',
  tokenHint: 'Ele foi mostrado quando foi criado. Abaixo se cria um novo.',
  clientToken: 'Client-Token',
  clientTokenHint:
    'O gateway guarda só o hash dele. Ele mostrou o token no primeiro início; recado tokens rotate client gera outro.',
  language: 'Linguagem',
  languages: { curl: 'curl', node: 'Node', php: 'PHP', python: 'Python' },
  message: 'Olá do Recado',
  copy: 'Copiar a chamada',
}

export const firstCallTexts = texts(en, pt)
