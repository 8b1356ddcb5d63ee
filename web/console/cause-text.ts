/**
 * Why something was refused, in Portuguese. The gateway answers programs in English, and the console shows their answers.
 * A name of an attribute, a path and a figure stay as they are.
 */

import type { App } from './app.js'
import { withLocalMoments } from './moments.js'

type Said = readonly [english: RegExp, portuguese: string]

const fixed: Readonly<Record<string, string>> = {
  'A part of the URL is too long': 'Uma parte da URL é longa demais.',
  'Bad request': 'Requisição inválida.',
  'Client-Token not allowed': 'Client-Token não permitido.',
  'Instance not found': 'Instância não encontrada.',
  'Invalid phone': 'Telefone inválido.',
  'Invalid phone: a group is no person': 'Telefone inválido: um grupo não é uma pessoa.',
  'Invalid phone: channels and broadcast lists cannot receive this':
    'Telefone inválido: canais e listas de transmissão não podem receber isto.',
  'Invalid phone: channels cannot receive this':
    'Telefone inválido: canais não podem receber isto.',
  'Invalid phone: give the number of a person':
    'Telefone inválido: informe o número de uma pessoa.',
  'Invalid phone: it begins with 0. Write the country code first, as in 5511999999999':
    'Telefone inválido: começa com 0. Escreva primeiro o código do país, como em 5511999999999.',
  'Invalid phone: this goes to people alone': 'Telefone inválido: isto só vai para pessoas.',
  'It is being sent, was sent, or has ended: too late.':
    'Está sendo enviada, já foi enviada ou já terminou: tarde demais.',
  'Message not found': 'Mensagem não encontrada.',
  'Name, password or one-time code is wrong.': 'Nome, senha ou código de uso único incorreto.',
  'No callback of this instance is switched off for this URL.':
    'Nenhum callback desta instância está desativado para esta URL.',
  'No channel is set: fill one in, and save it first.':
    'Nenhum canal está definido: preencha um e salve primeiro.',
  'No webhook is set.': 'Nenhum webhook está definido.',
  'One-time codes are on already. Switch them off first.':
    'Os códigos de uso único já estão ativados. Desative-os primeiro.',
  'Only commands on the data of this gateway may ask for this':
    'Só comandos sobre os dados deste gateway podem pedir isto.',
  'Partner token not allowed': 'Token de parceiro não permitido.',
  'Proxy is not reachable': 'O proxy não pode ser alcançado.',
  'Request body is empty: send a JSON object': 'O corpo está vazio: envie um objeto JSON.',
  'Request body is incomplete': 'O corpo está incompleto.',
  'Request body is not valid JSON': 'O corpo não é JSON válido.',
  'Send Authorization: Bearer with the metrics or partner token':
    'Envie Authorization: Bearer com o token de métricas ou de parceiro.',
  'The URL is not valid': 'A URL não é válida.',
  'The header Host is missing': 'Falta o cabeçalho Host.',
  'The password or the one-time code is wrong.': 'A senha ou o código de uso único está incorreto.',
  'The set-up code is wrong. The program prints it at its start.':
    'O código de configuração está incorreto. O programa o mostra ao iniciar.',
  'There is an administrator already. Log in.': 'Já existe um administrador. Entre.',
  'There is no such file': 'Esse arquivo não existe.',
  'There is no such instance.': 'Essa instância não existe.',
  'There is no such message.': 'Essa mensagem não existe.',
  'There is no such message. They are forgotten after a month.':
    'Essa mensagem não existe. Elas são esquecidas depois de um mês.',
  'This API key is not known: it was revoked, or a part of it is missing':
    'Esta chave de API não é conhecida: foi revogada, ou falta uma parte dela.',
  'This callback did not fail: it arrived, or is still being tried.':
    'Este callback não falhou: chegou, ou ainda está sendo tentado.',
  'This callback has arrived.': 'Este callback já chegou.',
  'This did not come from a page of the console.': 'Isto não veio de uma página do console.',
  'This instance is in use. Take it out of use first.':
    'Esta instância está em uso. Tire-a de uso primeiro.',
  'This instance is out of use. Take it back first.':
    'Esta instância está fora de uso. Traga-a de volta primeiro.',
  'This link is not valid any more. Ask for a new one.': 'Este link não vale mais. Peça um novo.',
  'This session has ended already.': 'Esta sessão já terminou.',
  'Too many pages of the console are open. Close one.':
    'Há páginas demais do console abertas. Feche uma.',
  'Unsupported Content-Type: send application/json':
    'Content-Type não aceito: envie application/json.',
  'You are not connected.': 'O número não está conectado.',
  'You are not logged in.': 'Você não entrou.',
  'email.password: type it again, the server or the user is new':
    'email.password: digite de novo, o servidor ou o usuário mudou.',
  'instance must be the id of an instance': 'instance precisa ser o id de uma instância.',
  'name must not be empty': 'name não pode ficar vazio.',
  'phone is not a number: write it with its country, as in +55 11 99999-9999':
    'phone não é um número: escreva com o país, como em +55 11 99999-9999.',
  'queue limit reached': 'O limite da fila foi atingido.',
}

/** Later ones are more general. */
const withFigures: readonly Said[] = [
  [
    /^Too many tries\. The next one is possible in (\d+) seconds\.$/u,
    'Tentativas demais. A próxima é possível em $1 segundos.',
  ],
  [
    /^Too many requests\. Try again in (\d+) seconds\.$/u,
    'Chamadas demais. Tente de novo em $1 segundos.',
  ],
  [
    /^Too many codes for this phone\. The next one may go in (\d+) seconds\.$/u,
    'Códigos demais para este telefone. O próximo pode ir em $1 segundos.',
  ],
  [
    /^The message would expire before it leaves: its turn is in about (\d+) seconds, and it expires in (\d+)\. .*$/u,
    'A mensagem expiraria antes de sair: a vez dela é em cerca de $1 segundos, e ela expira em $2. Envie por outro número ou por outro meio, ou mais tarde.',
  ],
  [
    /^WhatsApp does not let this number start new conversations until (\S+)\. .*$/u,
    'O WhatsApp não deixa este número começar conversas novas até $1. Deixe o destinatário escrever antes, ou envie de novo depois disso.',
  ],
  [
    /^The waiting messages of this instance take (\d+ MiB) already\. .*$/u,
    'As mensagens que esperam nesta instância já ocupam $1. Espere algumas serem enviadas, apague parte da fila, ou envie imagens como URLs.',
  ],
  [/^Method (\S+) not allowed: use (.+)$/u, 'Método $1 não permitido: use $2.'],
  [/^The API key "(.*)" has expired\. .*$/u, 'A chave de API "$1" expirou. Crie outra no console.'],
  [
    /^The API key "(.*)" does not open the instance (\S+)$/u,
    'A chave de API "$1" não abre a instância $2.',
  ],
  [
    /^The API key "(.*)" lacks the scope (\S+), which this call needs\. It has: (.*)$/u,
    'A chave de API "$1" não tem o escopo $2, de que esta chamada precisa. Ela tem: $3.',
  ],
  [/^Cannot be done: (.*)$/u, 'Não pode ser feito: $1'],
  [/^(\S+) not allowed$/u, '$1 não é permitido.'],
  [/^(\S+) (\S+), instances: all$/u, '$1 $2, instâncias: todas'],
  [/^(\S+) (\S+), instances: (\d+)$/u, '$1 $2, instâncias: $3'],
  [/^(\d+) logins$/u, '$1 sessões'],
  [/^(\d+) administrators, (\d+) logins$/u, '$1 administradores, $2 sessões'],
  [/^backup of (\S+)$/u, 'cópia de segurança de $1'],
  [/^(\S+): This is not a complete URL\.$/u, '$1: esta não é uma URL completa.'],
  [/^(\S+): give the URL$/u, '$1: informe a URL.'],
  [/^(\S+) must be some of (.*), with commas$/u, '$1 precisa ser alguns destes, com vírgulas: $2.'],
  [
    /^(\S+) is required with the mode specificHours$/u,
    '$1 é obrigatório com o modo specificHours.',
  ],
  [/^(\S+) is required$/u, '$1 é obrigatório.'],
  [/^(\S+) is empty$/u, '$1 está vazio.'],
  [/^(\S+) must not be (?:empty|blank)$/u, '$1 não pode ficar vazio.'],
  [/^(\S+) must be at most (\d+) characters$/u, '$1 pode ter no máximo $2 caracteres.'],
  [/^(\S+) must be at least (\S+)$/u, '$1 precisa ser pelo menos $2.'],
  [/^(\S+) must be at most (\S+)$/u, '$1 pode ser no máximo $2.'],
  [/^(\S+) must have at least (\d+) items?$/u, '$1 precisa ter pelo menos: $2.'],
  [/^(\S+) must have at most (\d+) items?$/u, '$1 pode ter no máximo: $2.'],
  [/^(\S+) must be one of (.*)$/u, '$1 precisa ser um destes: $2.'],
  [/^(\S+) must be of type (.*)$/u, '$1 precisa ser do tipo $2.'],
  [
    /^(\S+) must be a whole number, at least 1$/u,
    '$1 precisa ser um número inteiro, pelo menos 1.',
  ],
  [
    /^(\S+) must (?:be an address that )?begins? with https:\/\/ or http:\/\/$/u,
    '$1 precisa começar com https:// ou http://.',
  ],
]

/** `undefined`: there is no Portuguese for it. */
export function portugueseOf(english: string): string | undefined {
  if (Object.hasOwn(fixed, english)) return fixed[english]
  const said = withFigures.find(([pattern]) => pattern.test(english))
  return said && english.replace(said[0], said[1])
}

/** In the language of the person where it is known, with its moments as people write them. */
export function causeText(app: Pick<App, 'language'>, english: string): string {
  const said = app.language === 'pt' ? (portugueseOf(english) ?? english) : english
  return withLocalMoments(app, said)
}
