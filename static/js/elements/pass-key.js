// <pass-key data-ask="…" data-does="show|make">: its button asks the server what to sign, the browser for a passkey,
// and sends the form around it. What went wrong is said under the button; nothing else changes.
import { make, show, supported } from "#lib/passkeys"

class PassKey extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button")
    this.wrong = this.querySelector(".wrong")
    if (!supported() && "quiet" in this.dataset) return this.closest("form").remove()
    if (!supported()) return this.#say(this.dataset.elsewhere, true)
    this.button.addEventListener("click", () => this.#ask())
  }

  async #ask() {
    this.button.disabled = true
    this.#say("")
    try {
      const options = await this.#options()
      this.querySelector("input[type=hidden]").value = await (this.dataset.does === "make" ? make : show)(options)
      this.closest("form").requestSubmit()
    } catch (trouble) {
      this.#say(this.#words(trouble))
    }
    this.button.disabled = false
  }

  async #options() {
    const answer = await fetch(this.dataset.ask, { method: "POST", body: new FormData(this.closest("form")) }).catch(() => null)
    if (!answer?.ok || answer.redirected) throw new Error("offline")
    return answer.json()
  }

  #words({ name, message }) {
    if (name === "InvalidStateError") return this.dataset.there
    return message === "offline" ? document.getElementById("words").dataset.offline : this.dataset.refused
  }

  #say(sentence, forever = false) {
    this.wrong.hidden = !sentence
    this.wrong.textContent = sentence
    if (forever) this.button.disabled = true
  }
}

customElements.define("pass-key", PassKey)
