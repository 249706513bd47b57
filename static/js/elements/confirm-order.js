// <confirm-order>: the dialog between a ticket and the market. Opening makes the idempotency key (UUIDv4): however
// often the button is pressed, and whatever becomes of the answer, this dialog is one order.
// The button waits a second, so that no double click of the ticket falls through it.
const PAUSE = 1000

// crypto.randomUUID exists on secure origins only; the house may be visited over plain http in a home network.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}

class ConfirmOrder extends HTMLElement {
  #timer

  connectedCallback() {
    this.dialog = this.querySelector("dialog")
    this.form = this.querySelector("form")
    this.form.elements.key.value = uuid()
    this.button = this.form.querySelector("[data-send]")
    if (this.button) this.#wait()
    this.addEventListener("click", ({ target }) => (target === this.dialog || target.closest("[data-close]")) && this.dialog.close())
    this.form.addEventListener("submit", () => this.#sending())
    for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) this.addEventListener(name, () => this.#again())
    this.addEventListener("htmx:afterRequest", ({ detail }) => detail.xhr?.getResponseHeader("X-Prove") && this.#ready())
    this.dialog.addEventListener("close", () => this.remove())
    this.dialog.showModal()
    ;(this.form.elements.last_four ?? this.form.querySelector("[data-close]")).focus()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  #wait() {
    this.button.disabled = true
    this.#timer = setTimeout(() => (this.button.disabled = false), PAUSE)
  }

  #sending() {
    this.button.disabled = true
    this.#say(this.dataset.sending)
  }

  // Asked who is there, above this dialog: answered, the order goes on by itself; closed, it can be sent again.
  #ready() {
    this.button.disabled = false
    this.#say("")
  }

  // The answer got lost, not the key: pressing again asks what became of this very order.
  #again() {
    if (!this.button?.isConnected) return
    this.button.disabled = false
    this.#say(this.dataset.offline)
  }

  #say(words) {
    this.form.querySelector("[data-says]").textContent = words
  }
}

customElements.define("confirm-order", ConfirmOrder)
