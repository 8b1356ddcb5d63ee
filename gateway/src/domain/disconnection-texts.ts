/** What people are told about an instance that is not connected: the cause and the cure, in both languages. */

import { type Disconnection, type DisconnectionReason, remedyOf } from './disconnection.js'

export interface Bilingual {
  readonly en: string
  readonly pt: string
}

export interface Explanation {
  readonly cause: Bilingual
  readonly cure: Bilingual
}

/** With the code of what failed behind the cause. */
export function explain({ reason, detail }: Pick<Disconnection, 'reason' | 'detail'>): Explanation {
  const { cause, cure } = texts[reason]
  if (detail === undefined) return { cause, cure }
  return { cause: { en: withDetail(cause.en, detail), pt: withDetail(cause.pt, detail) }, cure }
}

/** In English, as callbacks and errors of the API say it. */
export function sentenceOf(disconnection: Disconnection): string {
  const { cause, cure } = explain(disconnection)
  const { reason, until } = disconnection
  return [
    cause.en,
    ...(until === undefined ? [] : [`It ends at ${new Date(until).toISOString()}.`]),
    ...(remedyOf(reason) === 'wait' ? ['The gateway keeps trying.'] : []),
    cure.en,
  ].join(' ')
}

function withDetail(text: string, detail: string): string {
  return `${text.replace(/\.$/u, '')} (${detail}).`
}

const nothingToDo: Bilingual = { en: 'Nothing to do.', pt: 'Nada a fazer.' }

/** Each cause is one sentence, so that the code fits behind it. */
const texts: Readonly<Record<DisconnectionReason, Explanation>> = {
  'restart-required': {
    cause: {
      en: 'WhatsApp asked for a new connection.',
      pt: 'O WhatsApp pediu uma conexão nova.',
    },
    cure: nothingToDo,
  },
  'restarted-by-us': {
    cause: {
      en: 'The connection was restarted by request.',
      pt: 'A conexão foi reiniciada a pedido.',
    },
    cure: nothingToDo,
  },
  unavailable: {
    cause: {
      en: 'WhatsApp asked to come back later.',
      pt: 'O WhatsApp pediu para voltar mais tarde.',
    },
    cure: nothingToDo,
  },
  network: {
    cause: {
      en: 'The connection to WhatsApp was lost.',
      pt: 'A conexão com o WhatsApp caiu.',
    },
    cure: {
      en: 'If this lasts, run "recado doctor": it examines the way to WhatsApp.',
      pt: 'Se durar, rode "recado doctor": ele examina o caminho até o WhatsApp.',
    },
  },
  'name-not-found': {
    cause: {
      en: 'The name of WhatsApp’s server could not be looked up.',
      pt: 'O nome do servidor do WhatsApp não pôde ser resolvido.',
    },
    cure: {
      en: 'Check the DNS and the internet access of the machine that runs the gateway.',
      pt: 'Confira o DNS e o acesso à internet da máquina do gateway.',
    },
  },
  unreachable: {
    cause: {
      en: 'WhatsApp’s server cannot be reached.',
      pt: 'O servidor do WhatsApp não pode ser alcançado.',
    },
    cure: {
      en: 'Check the internet access of the gateway’s machine, and let it reach port 443 of web.whatsapp.com.',
      pt: 'Confira o acesso à internet da máquina do gateway e libere a porta 443 de web.whatsapp.com.',
    },
  },
  'tls-failed': {
    cause: {
      en: 'The certificate of WhatsApp’s server was not accepted.',
      pt: 'O certificado do servidor do WhatsApp não foi aceito.',
    },
    cure: {
      en: 'A proxy or firewall may speak TLS in its place: exempt web.whatsapp.com from that. Check the clock of the gateway’s machine too.',
      pt: 'Um proxy ou firewall pode estar falando TLS no lugar dele: libere web.whatsapp.com disso. Confira também o relógio da máquina do gateway.',
    },
  },
  blocked: {
    cause: {
      en: 'Something between the gateway and WhatsApp refuses the connection.',
      pt: 'Algo entre o gateway e o WhatsApp recusa a conexão.',
    },
    cure: {
      en: 'Let the proxy or firewall pass WebSockets to web.whatsapp.com.',
      pt: 'Libere WebSockets para web.whatsapp.com no proxy ou firewall.',
    },
  },
  outdated: {
    cause: {
      en: 'WhatsApp does not accept this version of Recado.',
      pt: 'O WhatsApp não aceita esta versão do Recado.',
    },
    cure: { en: 'Upgrade Recado.', pt: 'Atualize o Recado.' },
  },
  'login-failed': {
    cause: { en: 'WhatsApp refused the login.', pt: 'O WhatsApp recusou o login.' },
    cure: {
      en: 'If this lasts for an hour, report it with the code.',
      pt: 'Se durar uma hora, relate com o código.',
    },
  },
  'logged-out': {
    cause: {
      en: 'The device was unlinked, on the phone or by WhatsApp.',
      pt: 'O aparelho foi desvinculado, no celular ou pelo WhatsApp.',
    },
    cure: {
      en: 'Pair it again with a new QR code. If you did not unlink it, open WhatsApp on the phone first and answer what it asks.',
      pt: 'Pareie de novo com um QR novo. Se ninguém desvinculou, abra antes o WhatsApp no celular e responda ao que ele pedir.',
    },
  },
  'integrity-check': {
    cause: {
      en: 'WhatsApp asked this device for a passkey or a captcha, which a gateway cannot answer, and ended the link.',
      pt: 'O WhatsApp pediu a este aparelho uma passkey ou um captcha, que um gateway não pode responder, e encerrou o vínculo.',
    },
    cure: {
      en: 'Open WhatsApp on the phone, answer what it asks there, then pair it again.',
      pt: 'Abra o WhatsApp no celular, responda ao que ele pedir e pareie de novo.',
    },
  },
  'backup-outdated': {
    cause: {
      en: 'This data comes from a backup, and the device was unlinked or paired again after the backup was made.',
      pt: 'Estes dados vêm de um backup, e o aparelho foi desvinculado ou pareado de novo depois que o backup foi feito.',
    },
    cure: { en: 'Pair it again with a new QR code.', pt: 'Pareie de novo com um QR novo.' },
  },
  'pairing-timed-out': {
    cause: {
      en: 'No phone scanned the QR code in time.',
      pt: 'Nenhum celular leu o QR a tempo.',
    },
    cure: { en: 'Ask for a new one.', pt: 'Peça um novo.' },
  },
  'passkey-failed': {
    cause: {
      en: "The step with the number's passkey did not end in a linked device.",
      pt: 'A etapa com a chave de acesso do número não terminou num aparelho vinculado.',
    },
    cure: { en: 'Start again with a new QR code.', pt: 'Comece de novo com um QR novo.' },
  },
  'closed-by-us': {
    cause: {
      en: 'The device was unlinked by request.',
      pt: 'O aparelho foi desvinculado a pedido.',
    },
    cure: { en: 'Pair it again with a new QR code.', pt: 'Pareie de novo com um QR novo.' },
  },
  replaced: {
    cause: {
      en: 'Another program uses the credentials of this device: a second gateway, or a copy of its data such as a restored backup.',
      pt: 'Outro programa usa as credenciais deste aparelho: um segundo gateway, ou uma cópia dos dados, como um backup restaurado.',
    },
    cure: {
      en: 'Stop the other program, then reconnect. Pairing again is not needed.',
      pt: 'Pare o outro programa e reconecte. Não é preciso parear de novo.',
    },
  },
  'restored-elsewhere': {
    cause: {
      en: 'This data comes from a backup, and another gateway, such as the one that the backup was made on, runs with the same credentials.',
      pt: 'Estes dados vêm de um backup, e outro gateway, como aquele em que o backup foi feito, roda com as mesmas credenciais.',
    },
    cure: {
      en: 'Stop the other gateway for good, then reconnect here. Pairing again is not needed.',
      pt: 'Pare o outro gateway de vez e reconecte aqui. Não é preciso parear de novo.',
    },
  },
  banned: {
    cause: { en: 'WhatsApp blocked this number.', pt: 'O WhatsApp bloqueou este número.' },
    cure: {
      en: 'Open WhatsApp on the phone: it says why, and how to ask for a review. Do not pair the number again. Reconnect once WhatsApp works on the phone.',
      pt: 'Abra o WhatsApp no celular: ele diz o motivo e como pedir uma análise. Não pareie o número de novo. Reconecte quando o WhatsApp funcionar no celular.',
    },
  },
  suspended: {
    cause: {
      en: 'WhatsApp blocked this number for a while.',
      pt: 'O WhatsApp bloqueou este número por um tempo.',
    },
    cure: {
      en: 'Open WhatsApp on the phone: it says until when. Do not pair the number again. Reconnect once WhatsApp works on the phone, and send less.',
      pt: 'Abra o WhatsApp no celular: ele diz até quando. Não pareie o número de novo. Reconecte quando o WhatsApp funcionar no celular, e envie menos.',
    },
  },
}
