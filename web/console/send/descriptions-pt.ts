/**
 * What the API document says of calls and their attributes, in Portuguese, by the English text. What is missing
 * here is shown in English; a test names what is missing of the calls that send.
 */

export const descriptionsPt: Readonly<Record<string, string>> = {
  '**Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset.':
    '**Nosso.** De um grupo de números, para uma mensagem que o WhatsApp não confirmou: wait espera; resend-elsewhere envia por outro membro, e a pessoa pode recebê-la duas vezes. Sem valor: wait.',
  'Of the preview. The name of the host if it is not given.':
    'Da prévia. O nome do servidor, se não for informado.',
  'Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter).':
    'Um número com o país (5511999999999), um grupo (120363019502650977-group), um LID (164354629388413@lid), uma lista de transmissão (1779474934@broadcast) ou, para textos, links, imagens, vídeos, áudios, figurinhas, reações e edições, um canal (120363166555745933@newsletter).',
  'Required. A number with its country, a group or a LID.':
    'Um número com o país, um grupo ou um LID.',
  'How long. OFF: for ever.': 'Por quanto tempo ficam. Nunca: ficam para sempre.',
  'Sets after how long new messages of a chat disappear.':
    'Define em quanto tempo as mensagens novas de uma conversa desaparecem.',
  'The text of the message.': 'O texto da mensagem.',
  'The channel, and what to say of it.': 'O canal e o que dizer dele.',
  'Required. The id of the channel with its `@newsletter`.': 'O id do canal com seu @newsletter.',
  'What the button copies. A number must be whole and lose no digit; leading zeros need a string.':
    'O que o botão copia.',
  'On the button, at most 60 characters. "Copiar código" if unset.':
    'No botão, no máximo 60 caracteres. "Copiar código" se não for dado.',
  'Above the text: a URL, or base64 of at most 5 MB.':
    'Acima do texto: uma URL, ou base64 de no máximo 5 MB.',
  'Seconds, 1 to 15, between this message and the next one. A random gap if unset.':
    'Segundos, de 1 a 15, entre esta mensagem e a próxima. Um intervalo aleatório se não for dado.',
  'Seconds, 1 to 15, of "typing…" before this message. None if unset.':
    'Segundos, de 1 a 15, de "digitando…" antes desta mensagem. Nenhum se não for dado.',
  '**Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds.':
    'Qual mensagem da fila sai primeiro. Se não for dado: alta para um código ou com prazo, senão normal. A ordem dentro de uma conversa sempre vale.',
  '**Ours.** Seconds after which the message is not sent any more.':
    'Segundos após os quais a mensagem não é mais enviada.',
  'An own text, in whose place this one is shown. Nothing new is sent.':
    'Um texto próprio que este substitui. Nada de novo é enviado.',
  'The message that this one answers. It must be one of this chat that is kept.':
    'A mensagem que esta responde. Precisa ser desta conversa e estar guardada.',
  'true: the message of a group is answered to its author alone. Not counted for an own message.':
    'A mensagem de um grupo é respondida só ao autor. Sem efeito para uma mensagem própria.',
  'Numbers or LIDs of people whom the text names as @5511999999999.':
    'Números ou LIDs de pessoas que o texto cita como @5511999999999.',
  'Groups of a community that the text names as @120363019502650977-group.':
    'Grupos de uma comunidade que o texto cita como @120363019502650977-group.',
  '**Ours.** The same as mentioned, under the name that some programs use.':
    '**Nosso.** O mesmo que mentioned, com o nome que alguns programas usam.',
  '**Ours.** The options of a section, whose heading is this title.':
    '**Nosso.** As opções de uma seção, cujo título é este.',
  'true: all members of the group are mentioned.': 'Todos os membros do grupo são mencionados.',
  'A URL, or base64; at most 16 MB.': 'Uma URL ou base64; no máximo 16 MB.',
  'A URL, or base64; at most 100 MB.': 'Uma URL ou base64; no máximo 100 MB.',
  'A URL, or base64 of at most 5 MB.': 'Uma URL, ou base64 de no máximo 5 MB.',
  'A URL or base64, as in send-button-otp.': 'Uma URL ou base64, como em send-button-otp.',
  'The text below it.': 'O texto abaixo.',
  'Phones show it once, and WhatsApp Web not at all.':
    'Os celulares mostram uma vez; o WhatsApp Web não mostra.',
  'An own message, whose caption is changed. The image stays as it is.':
    'Uma mensagem própria cuja legenda é alterada. A imagem continua a mesma.',
  'An own message, whose caption is changed. The file stays as it is.':
    'Uma mensagem própria cuja legenda é alterada. O arquivo continua o mesmo.',
  'An own message, whose caption is changed. The video stays as it is.':
    'Uma mensagem própria cuja legenda é alterada. O vídeo continua o mesmo.',
  'As the phone shows it. "document" if unset.':
    'Como o celular mostra. "document" se não for dado.',
  'Of the file, without dot.': 'Do arquivo, sem ponto.',
  'The address of the page: https://… or http://….': 'O endereço da página: https://… ou http://….',
  'Of the preview.': 'Da prévia.',
  'Of the preview: a URL, or base64 of at most 5 MB.':
    'Da prévia: uma URL, ou base64 de no máximo 5 MB.',
  'Draws the waveform of a voice message. Needs ffmpeg.':
    'Desenha a forma de onda da mensagem de voz. Precisa do ffmpeg.',
  'Shown when the sticker is tapped.': 'Aparece quando tocam na figurinha.',
  'The name of the place.': 'O nome do lugar.',
  'Below the title.': 'Abaixo do título.',
  '-90 to 90 in degrees, as a text or a number.': 'De -90 a 90 graus.',
  '-180 to 180 in degrees, as a text or a number.': 'De -180 a 180 graus.',
  'The name on the card.': 'O nome no cartão.',
  'The number on the card, with its country: 5511999999999.':
    'O número no cartão, com o país: 5511999999999.',
  'Of a business: what it does.': 'De uma empresa: o que ela faz.',
  'At most 100 cards.': 'No máximo 100 cartões.',
  'At most 10.': 'No máximo 10.',
  '2 to 12 answers, all different.': 'De 2 a 12 opções, todas diferentes.',
  'How many answers one person may choose. As many as there are if unset or 0.':
    'Quantas opções uma pessoa pode escolher. Todas se não for dado ou se for 0.',
  'What is planned.': 'O que está planejado.',
  'The text below it, at most 2048 characters.': 'O texto abaixo, no máximo 2048 caracteres.',
  'The begin, ISO 8601: 2026-12-24T18:00:00-03:00.':
    'O início, em ISO 8601: 2026-12-24T18:00:00-03:00.',
  'Of a dateTime that has none: America/Sao_Paulo or UTC-3. UTC if neither says it.':
    'De um início sem fuso: America/Sao_Paulo ou UTC-3. UTC se nenhum disser.',
  'The place: its `name`.': 'O local.',
  'As people call it.': 'Como as pessoas o chamam.',
  'Adds the link to a call of this kind: voice or video.':
    'Acrescenta o link de uma chamada deste tipo: voz ou vídeo.',
  'Shows it as called off.': 'Mostra como cancelado.',
  'An image: a URL, or base64 of at most 5 MB, above the text.':
    'Uma imagem acima do texto: uma URL, ou base64 de no máximo 5 MB.',
  'A video: a URL, or base64, above the text.': 'Um vídeo acima do texto: uma URL ou base64.',
  'One to twenty.': 'De um a vinte.',
  'Comes back when it is tapped. Its number in the list, from 1, if unset.':
    'Volta quando tocam nele. O número dele na lista, a partir de 1, se não for dado.',
  'On the button. Phones show about 25 characters.':
    'No botão. Os celulares mostram cerca de 25 caracteres.',
  'Above the text.': 'Acima do texto.',
  'Below the text.': 'Abaixo do texto.',
  'What a tap does.': 'O que um toque faz.',
  'With CALL: the number to call, with its country.': 'O número a chamar, com o país.',
  'With URL: https://… or http://…. https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456 makes a button that copies 123456.':
    'https://… ou http://…. https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456 faz um botão que copia 123456.',
  'Above the text and above the options.': 'Acima do texto e acima das opções.',
  'One to a hundred.': 'De uma a cem.',
  'The option. Phones show about 24 characters.':
    'A opção. Os celulares mostram cerca de 24 caracteres.',
  'Below its title.': 'Abaixo do título dela.',
  'Required. The chat.': 'A conversa.',
  'true: this number wrote it. false: another member of a group whose admin this number is. false in a private chat is refused with 400.':
    'Sim: este número a escreveu. Não: outro membro de um grupo do qual este número é administrador; em uma conversa particular é recusado.',
  'The message, own or received.': 'A mensagem, própria ou recebida.',
  'The chat in which it was said, as in phone.': 'A conversa em que ela foi escrita.',
  'pin or unpin.': 'Fixar ou desafixar.',
  'How long. Required to pin, without effect to unpin.':
    'Por quanto tempo. Obrigatório para fixar, sem efeito para desafixar.',
  'The message. In a group it must be one that is kept.':
    'A mensagem. Em um grupo, precisa estar guardada.',
  'One emoji.': 'Um emoji.',
  'What the key is. EVP is a random key.': 'O que a chave é. EVP é uma chave aleatória.',
  'Above the key. "Pix" if unset.': 'Acima da chave. "Pix" se não for dado.',
  'Below the image.': 'Abaixo da imagem.',
  'At most three; kinds may be mixed.': 'No máximo três; os tipos podem ser misturados.',
  'The number of the business, with its country.': 'O número da empresa, com o país.',
  'Of the product in its catalogue.': 'Do produto no catálogo dele.',
  'Of the texts that are not given. PT if unset.':
    'Dos textos que não forem dados. PT se não for dado.',
  'Above the link.': 'Acima do link.',
  'What is ordered.': 'O que foi pedido.',
  'Of all amounts: BRL.': 'De todos os valores: BRL.',
  'Of the catalogue. Without it the item stands for itself.':
    'Do catálogo. Sem ele, o item vale por si.',
  'Of the product.': 'Do produto.',
  'Price of one piece.': 'Preço de uma unidade.',
  'How many.': 'Quantos.',
  'Whether no catalogue has it.': 'Se nenhum catálogo o tem.',
  'Taken off the sum.': 'Descontado da soma.',
  'Added to the sum.': 'Somado ao total.',
  'The ways to pay.': 'As formas de pagamento.',
  'A Pix key to pay to.': 'Uma chave Pix para pagar.',
  'What the key is.': 'O que a chave é.',
  'Whose key it is.': 'De quem é a chave.',
  'Cards.': 'Cartões.',
  'Whether cards are taken.': 'Se cartões são aceitos.',
  'The message with the order. It is quoted if it is kept.':
    'A mensagem com o pedido. É citada se estiver guardada.',
  'Of the order, as the callback told it.': 'Do pedido, como veio no callback.',
  'Where the order stands.': 'A situação do pedido.',
  'Whether it is paid.': 'Se está pago.',
  'Of the button, as the callback of the message told it.':
    'Do botão, como veio no callback da mensagem.',
  'The message with the button.': 'A mensagem com o botão.',
  'The event. It must be one of this chat that is kept.':
    'O evento. Precisa ser desta conversa e estar guardado.',
  'GOING or NOT_GOING.': 'Vou ou não vou.',
  'The poll. It must be one of this chat that is kept.':
    'A enquete. Precisa ser desta conversa e estar guardada.',
  'The chosen options.': 'As opções escolhidas.',
  'As the poll writes it.': 'Como está na enquete.',
  'The zaapId of the answer to the send.': 'O zaapId da resposta ao envio.',
  'Required. A person: a number with or without mask, or `…@lid`.':
    'Uma pessoa: um número com ou sem máscara, ou …@lid.',
  'The text; `{code}` in it becomes the code.': 'O texto; {code} nele vira o código.',
  'The label, at most 60 characters.': 'O rótulo, no máximo 60 caracteres.',
  'How many characters the code has.': 'Quantos caracteres o código tem.',
  'digits, or letters and digits without those that look alike.':
    'Algarismos, ou letras e algarismos sem os que se parecem.',
  'The life of the code in seconds.': 'A validade do código em segundos.',
  'For how many seconds after this code the phone is sent no other one.':
    'Por quantos segundos depois deste código o telefone não recebe outro.',
  'As it was typed: only letters and digits count, and their case makes no difference.':
    'Como foi digitado: só letras e algarismos contam, maiúsculos ou minúsculos.',

  'Sends a message with a button that copies a code.':
    'Envia uma mensagem com um botão que copia um código.',
  'Sends a text, also as an answer, with mentions, or in place of an earlier one.':
    'Envia um texto, também como resposta, com menções ou no lugar de um anterior.',
  'Sends an image.': 'Envia uma imagem.',
  'Sends a file of any type as a document.': 'Envia um arquivo de qualquer tipo como documento.',
  'Sends a text with a preview of a page.': 'Envia um texto com a prévia de uma página.',
  'Sends a voice message.': 'Envia uma mensagem de voz.',
  'Sends a video.': 'Envia um vídeo.',
  'Sends a video that plays by itself, again and again.':
    'Envia um vídeo que toca sozinho, sem parar.',
  'Sends a video that phones show as a circle.':
    'Envia um vídeo que os celulares mostram em um círculo.',
  'Sends an image as a sticker.': 'Envia uma imagem como figurinha.',
  'Sends a place on the map.': 'Envia um lugar no mapa.',
  'Sends the card of a contact.': 'Envia o cartão de um contato.',
  'Sends the cards of several contacts in one message.':
    'Envia os cartões de vários contatos em uma mensagem.',
  'Sends a poll.': 'Envia uma enquete.',
  'Sends an event that people accept or decline.':
    'Envia um evento que as pessoas aceitam ou recusam.',
  'Sends a text with buttons that answer it.': 'Envia um texto com botões de resposta.',
  'Sends a text with buttons that open a link, call a number, copy a code, or answer it.':
    'Envia um texto com botões que abrem um link, ligam, copiam um código ou respondem.',
  'Sends a text with a button that opens a list of options.':
    'Envia um texto com um botão que abre uma lista de opções.',
  'Deletes a message for everyone.': 'Apaga uma mensagem para todos.',
  'Says a message once more in another chat, marked as forwarded.':
    'Envia uma mensagem a outra conversa, marcada como encaminhada.',
  'Pins a message at the top of its chat, or takes the pin away.':
    'Fixa uma mensagem no topo da conversa, ou a desafixa.',
  'Shows the author of a message that it was read.':
    'Mostra ao autor de uma mensagem que ela foi lida.',
  'Reacts to a message with an emoji.': 'Reage a uma mensagem com um emoji.',
  'Takes the own reaction to a message back.': 'Remove a própria reação a uma mensagem.',
  'Sends a card with a Pix key.': 'Envia um cartão com uma chave Pix.',
  'Sends a text with cards to scroll through, each with an image and buttons.':
    'Envia um texto com cartões para deslizar, cada um com imagem e botões.',
  'Sends a link to a product of a catalogue.': 'Envia um link para um produto de um catálogo.',
  'Sends a link to the catalogue of a business, with a preview.':
    'Envia um link para o catálogo de uma empresa, com prévia.',
  'Asks a person to be an admin of a channel.':
    'Convida uma pessoa para ser administradora de um canal.',
  'Sends an order to review and pay.': 'Envia um pedido para conferir e pagar.',
  'Tells how far an order is.': 'Informa a situação de um pedido.',
  'Tells whether an order is paid.': 'Informa se um pedido foi pago.',
  'Taps a button of a message that has buttons to answer it.':
    'Toca em um botão de resposta de uma mensagem.',
  'Taps a button of a template.': 'Toca em um botão de um modelo.',
  'Changes an own event, or calls it off.': 'Altera um evento próprio, ou o cancela.',
  'Accepts or declines an event.': 'Aceita ou recusa um evento.',
  'Votes in a poll.': 'Vota em uma enquete.',
  'Tells where a message stands, its attempts and why it ended.':
    'Mostra a situação de uma mensagem, as tentativas e por que terminou.',
  'Makes a login code and sends it; only the phone sees it.':
    'Gera um código de acesso e o envia; só o telefone o vê.',
  'Tells whether this is the code that the phone was sent last; once.':
    'Informa se este é o último código enviado ao telefone; uma vez.',
}
