// <link-group>: 종목 연동. Windows of one colour show one symbol: what is chosen in one of them, the others open.
// The colour belongs to the window (sessionStorage). A list hands its clicks to a symbol page of its colour when
// one is open, which a shared Web Lock tells; otherwise links lead where they always do.

const SYMBOL_PAGE = /\/symbols\/([0-9A-Z]{6,12})\/$/
const GROUP = "link-group"
const LED = "link-led" // the symbol another window led us to: not to be told back

const symbolOf = (address) => SYMBOL_PAGE.exec(new URL(address, location.href).pathname)?.[1]
const lockOf = (group) => `symbol-page-${group}`

class LinkGroup extends HTMLElement {
  #leaving
  #left
  #channel

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.addEventListener("click", ({ target }) => this.#choose(target.closest("button[value]")))
    document.addEventListener("click", (event) => this.#clicked(event), { signal })
    this.#join(sessionStorage.getItem(GROUP) ?? "")
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#leave()
  }

  #choose(button) {
    if (!button) return
    sessionStorage.setItem(GROUP, button.value)
    this.querySelector("details").open = false
    this.#leave()
    this.#join(button.value)
  }

  #leave() {
    this.#channel?.close()
    this.#channel = undefined
    this.#left?.()
  }

  #join(group) {
    for (const choice of this.querySelectorAll("button[value]")) choice.setAttribute("aria-pressed", choice.value === group)
    this.querySelector("summary").dataset.group = group
    if (!group) return
    this.#channel = new BroadcastChannel(`link-${group}`)
    this.#channel.addEventListener("message", ({ data }) => this.#told(data.symbol))
    const shown = symbolOf(location.href)
    if (!shown) return
    navigator.locks.request(lockOf(group), { mode: "shared" }, () => new Promise((left) => (this.#left = left)))
    if (sessionStorage.getItem(LED) === shown) sessionStorage.removeItem(LED)
    else this.#channel.postMessage({ symbol: shown })
  }

  #told(symbol) {
    const shown = symbolOf(location.href)
    this.#mark(symbol)
    if (!shown || shown === symbol) return
    sessionStorage.setItem(LED, symbol)
    location.assign(location.pathname.replace(SYMBOL_PAGE, `/symbols/${symbol}/`) + location.search)
  }

  #clicked(event) {
    const link = event.target.closest?.("main a[href]")
    const symbol = link && symbolOf(link.href)
    if (!this.#channel || !symbol || symbolOf(location.href)) return
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    this.#hand(symbol, link)
  }

  // To whoever shows a symbol in this colour; with nobody there the link is followed after all.
  async #hand(symbol, link) {
    const group = sessionStorage.getItem(GROUP)
    const { held } = await navigator.locks.query()
    if (!held.some(({ name }) => name === lockOf(group))) return location.assign(link.href)
    this.#channel?.postMessage({ symbol })
    this.#mark(symbol)
  }

  #mark(symbol) {
    for (const row of document.querySelectorAll("main .linked")) row.classList.remove("linked")
    for (const link of document.querySelectorAll("main :is(tr, li) a[href]"))
      if (symbolOf(link.href) === symbol) link.closest("tr, li").classList.add("linked")
  }
}

customElements.define("link-group", LinkGroup)
