/** What the console says of WhatsApp's passkey step, in both languages. */

const en = {
  titles: {
    passkey: 'WhatsApp asks for this number’s passkey',
    phone: 'Now confirm on the phone',
    code: 'Does the phone show the same code?',
    finishing: 'The phone completes the linking',
  },
  hints: {
    passkey: 'Do it in a browser on a computer: a phone alone cannot. It takes about two minutes.',
    phone:
      'Open WhatsApp there and tap Confirm. If it shows nothing, open Linked devices and keep the screen on.',
    code: 'Compare all eight characters. The phone shows them under “Confirm this device”.',
    finishing: 'Keep WhatsApp open on the phone for some seconds.',
  },
  timeLeft: 'Time left',
  beforeCode: 'After that, a code has to be compared too.',
  afterCode: 'It still works. At the end you also compare a code.',
  waiting: 'After that, it has to be started again.',

  gateway: 'Gateway',
  instance: 'Instance',
  number: 'Number',
  device: 'Linked as',
  thisLinks: (device: string) =>
    `This links ${device} to your WhatsApp. It then reads and sends your messages.`,
  care: 'Go on only if you started this yourself. Sign only where the browser’s own window names whatsapp.com. If another person sent you here unasked, close this page.',

  way: 'How to sign',
  ways: { line: 'With a line', extension: 'With the extension' },
  openStep: 'Open WhatsApp Web in this browser.',
  copyAndOpen: 'Copy the line and open WhatsApp Web',
  copied: 'Copied. Paste it into the console of WhatsApp Web.',
  copyFailed: 'The browser did not allow the copy. Copy the line below by hand.',
  openHint: 'You need not log in there.',
  runStep: 'Run the line there.',
  runHint:
    'Press F12 (Mac: ⌥⌘J), open Console, paste and press Enter. The first time, the browser wants you to type “allow pasting”: it warns of lines from strangers.',
  chooseHint:
    'Choose the passkey of this very number. If it is on the phone, choose “Use a phone” and scan the QR code that the browser shows, with Bluetooth on.',
  confirmStep: 'Confirm on the phone, with WhatsApp open there. This page says when.',
  installStep: 'Install the extension, once.',
  download: 'Download the extension',
  installHint:
    'Unpack the file. Open chrome://extensions, switch on Developer mode, choose Load unpacked and then the folder. It works in Chrome, Edge and Brave.',
  pressStep: 'Open WhatsApp Web with it, and press “Sign with the passkey” there.',
  openWithExtension: 'Open WhatsApp Web',
  signVirtually: 'Sign with a virtual phone',
  theLine: 'Show the line',
  noReturn: 'WhatsApp Web did not come back to this page?',
  pasteHint: 'There, the answer was also copied. Paste it here.',
  answer: 'Answer',
  sendAnswer: 'Send the answer',
  noAnswer: 'That is not the answer. Sign again: it is copied then.',
  forAnother: 'On another computer, or by another person',
  forAnotherHint:
    'This link opens this one linking and nothing else. It ends with it, or ten minutes after it was made.',
  link: 'Link',

  same: 'It is the same',
  different: 'It is different',
  startAgain: 'Start again',

  page: 'Link a number',
  checking: 'The signature is checked…',
  noLink: 'This link is not valid any more.',
  noLinkHint:
    'It serves one linking and ends with it, after ten minutes at the latest. Ask for a new one, or start again in the console.',
  linked: 'The number is linked.',
  linkedHint: 'You can close this page. On the phone it stands under Linked devices.',
  failedHere: 'To start again, ask for a new link, or go back to the console.',
  toConsole: 'Open the console',

  line: {
    what: (device: string, host: string) =>
      `Links ${device} to your WhatsApp, for ${host}. Run it only if you started this yourself.`,
    wrongPage: 'Recado: run this line on https://web.whatsapp.com',
    failed: 'Recado: nothing was signed. Run the line again to try once more.',
  },
}

type PasskeyWords = typeof en

const pt: PasskeyWords = {
  titles: {
    passkey: 'O WhatsApp pede a chave de acesso deste número',
    phone: 'Agora confirme no celular',
    code: 'O celular mostra o mesmo código?',
    finishing: 'O celular conclui a conexão',
  },
  hints: {
    passkey:
      'Faça isso em um navegador no computador: só com o celular não dá. Leva uns dois minutos.',
    phone:
      'Abra o WhatsApp nele e toque em Confirmar. Se nada aparecer, abra Dispositivos conectados e deixe a tela ligada.',
    code: 'Compare os oito caracteres. O celular os mostra em “Confirmar este dispositivo”.',
    finishing: 'Deixe o WhatsApp aberto no celular por alguns segundos.',
  },
  timeLeft: 'Tempo restante',
  beforeCode: 'Depois disso, também é preciso comparar um código.',
  afterCode: 'Ainda funciona. No fim, você também compara um código.',
  waiting: 'Depois disso, é preciso começar de novo.',

  gateway: 'Gateway',
  instance: 'Instância',
  number: 'Número',
  device: 'Conectado como',
  thisLinks: (device) =>
    `Isto conecta ${device} ao seu WhatsApp. Ele passa a ler e enviar as suas mensagens.`,
  care: 'Continue só se foi você que começou. Assine só onde a janela do próprio navegador cita whatsapp.com. Se outra pessoa mandou você aqui sem você pedir, feche esta página.',

  way: 'Como assinar',
  ways: { line: 'Com uma linha', extension: 'Com a extensão' },
  openStep: 'Abra o WhatsApp Web neste navegador.',
  copyAndOpen: 'Copiar a linha e abrir o WhatsApp Web',
  copied: 'Copiado. Cole no console do WhatsApp Web.',
  copyFailed: 'O navegador não permitiu a cópia. Copie à mão a linha abaixo.',
  openHint: 'Não é preciso entrar na conta.',
  runStep: 'Execute a linha lá.',
  runHint:
    'Pressione F12 (Mac: ⌥⌘J), abra Console, cole e pressione Enter. Na primeira vez, o navegador pede para digitar “allow pasting” (“permitir colar”): ele avisa sobre linhas de estranhos.',
  chooseHint:
    'Escolha a chave de acesso deste mesmo número. Se ela está no celular, escolha “Usar um celular” e leia o QR que o navegador mostra, com o Bluetooth ligado.',
  confirmStep: 'Confirme no celular, com o WhatsApp aberto. Esta página avisa quando.',
  installStep: 'Instale a extensão, uma vez só.',
  download: 'Baixar a extensão',
  installHint:
    'Descompacte o arquivo. Abra chrome://extensions, ative o Modo do desenvolvedor, escolha Carregar sem compactação e a pasta. Funciona no Chrome, no Edge e no Brave.',
  pressStep: 'Abra o WhatsApp Web com ela e pressione “Assinar com a chave de acesso” lá.',
  openWithExtension: 'Abrir o WhatsApp Web',
  signVirtually: 'Assinar com um celular virtual',
  theLine: 'Mostrar a linha',
  noReturn: 'O WhatsApp Web não voltou para esta página?',
  pasteHint: 'Lá, a resposta também foi copiada. Cole aqui.',
  answer: 'Resposta',
  sendAnswer: 'Enviar a resposta',
  noAnswer: 'Isso não é a resposta. Assine de novo: ela é copiada na hora.',
  forAnother: 'Em outro computador, ou por outra pessoa',
  forAnotherHint:
    'Este link abre só esta conexão e nada mais. Ele termina com ela, ou dez minutos depois de criado.',
  link: 'Link',

  same: 'É o mesmo',
  different: 'É diferente',
  startAgain: 'Começar de novo',

  page: 'Conectar um número',
  checking: 'A assinatura é conferida…',
  noLink: 'Este link não vale mais.',
  noLinkHint:
    'Ele serve para uma conexão e termina com ela, no máximo depois de dez minutos. Peça um novo ou comece de novo no console.',
  linked: 'O número está conectado.',
  linkedHint: 'Você pode fechar esta página. No celular, ele está em Dispositivos conectados.',
  failedHere: 'Para começar de novo, peça um link novo ou volte ao console.',
  toConsole: 'Abrir o console',

  line: {
    what: (device, host) =>
      `Conecta ${device} ao seu WhatsApp, para ${host}. Execute só se foi você que começou.`,
    wrongPage: 'Recado: execute esta linha em https://web.whatsapp.com',
    failed: 'Recado: nada foi assinado. Execute a linha de novo para tentar mais uma vez.',
  },
}

export const passkeyWords = { en, pt }
