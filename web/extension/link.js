// Runs on web.whatsapp.com, in the world of the page: in another world password managers are not asked.
// A Recado gateway opens the page with `#recado=` and what is to be signed. Nothing is signed before its owner agrees here.

;(() => {
  const mark = '#recado='
  if (!location.hash.startsWith(mark)) return
  const request = readRequest(location.hash.slice(mark.length))
  history.replaceState(history.state, '', location.pathname + location.search)
  if (request === undefined) return
  if (document.readyState === 'loading')
    document.addEventListener('DOMContentLoaded', () => showDialog(request), { once: true })
  else showDialog(request)

  /** Undefined where it is no request, or one that would not go back to a web page. */
  function readRequest(text) {
    try {
      const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
      const json = new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)))
      const { options, back, device } = JSON.parse(json)
      const { protocol, host } = new URL(back)
      const isPage = protocol === 'https:' || protocol === 'http:'
      const isWhole = typeof device === 'string' && options?.rpId === 'whatsapp.com'
      return isPage && isWhole ? { options, back, host, device } : undefined
    } catch {
      return undefined
    }
  }

  function wordsFor({ host, device }) {
    if (navigator.language.toLowerCase().startsWith('pt'))
      return {
        title: 'Conectar um aparelho ao seu WhatsApp?',
        who: `${host} pede isso. Com a sua chave de acesso, “${device}” vira um aparelho conectado, que lê e envia as suas mensagens.`,
        care: 'Continue só se foi você que começou. A janela do navegador precisa citar whatsapp.com.',
        sign: 'Assinar com a chave de acesso',
        cancel: 'Cancelar',
        failed: 'Não deu certo. Tente de novo.',
      }
    return {
      title: 'Link a device to your WhatsApp?',
      who: `${host} asks for it. With your passkey, “${device}” becomes a linked device that reads and sends your messages.`,
      care: 'Go on only if you started this yourself. The window of the browser must name whatsapp.com.',
      sign: 'Sign with the passkey',
      cancel: 'Cancel',
      failed: 'That did not work. Try again.',
    }
  }

  function showDialog(asked) {
    const words = wordsFor(asked)
    const dialog = document.createElement('dialog')
    const add = (tag, text) => {
      const element = document.createElement(tag)
      element.textContent = text
      dialog.append(element)
      return element
    }
    const title = add('h2', words.title)
    const paragraphs = [add('p', words.who), add('p', words.care), add('p', '')]
    const problem = paragraphs[2]
    const sign = add('button', words.sign)
    const cancel = add('button', words.cancel)
    dialog.setAttribute('aria-label', words.title)
    problem.setAttribute('role', 'alert')
    const close = () => {
      dialog.close()
      dialog.remove()
    }
    cancel.addEventListener('click', close)
    sign.addEventListener('click', async () => {
      sign.disabled = true
      problem.textContent = ''
      try {
        const answer = await signForRecado(asked.options)
        // In case the gateway cannot be reached from here: its page takes the answer by hand, too.
        await navigator.clipboard.writeText(answer).catch(() => undefined)
        location.href = asked.back + answer
        close()
      } catch (error) {
        problem.textContent = `${words.failed} (${error.name})`
        sign.disabled = false
      }
    })
    dress({ dialog, title, paragraphs, sign, cancel })
    document.documentElement.append(dialog)
    dialog.showModal()
  }

  /** By properties: the policy of the page forbids styles in the document. */
  function dress({ dialog, title, paragraphs, sign, cancel }) {
    const font = '15px/1.5 system-ui, sans-serif'
    Object.assign(dialog.style, {
      boxSizing: 'border-box',
      position: 'fixed',
      inset: '0',
      width: 'min(440px, calc(100vw - 32px))',
      height: 'fit-content',
      maxHeight: 'calc(100vh - 32px)',
      overflow: 'auto',
      margin: 'auto',
      padding: '24px',
      border: '0',
      borderRadius: '14px',
      background: '#fff',
      color: '#171b22',
      boxShadow: '0 8px 40px rgb(0 0 0 / 40%)',
      font,
    })
    Object.assign(title.style, { margin: '0 0 12px', font, fontSize: '19px', fontWeight: '600' })
    for (const paragraph of paragraphs)
      Object.assign(paragraph.style, { margin: '0 0 12px', overflowWrap: 'anywhere' })
    paragraphs[2].style.color = '#b3261e'
    for (const button of [sign, cancel])
      Object.assign(button.style, {
        margin: '0 10px 0 0',
        padding: '9px 16px',
        border: '1px solid #8a94a3',
        borderRadius: '8px',
        background: '#fff',
        color: '#171b22',
        font,
        fontWeight: '500',
        cursor: 'pointer',
      })
    Object.assign(sign.style, { borderColor: '#2f5bd3', background: '#2f5bd3', color: '#fff' })
  }
})()
