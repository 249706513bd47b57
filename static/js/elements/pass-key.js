// <pass-key data-ask="…" data-does="show|make">: its button asks the server what to sign, the browser for a passkey,
// and sends the form around it. What went wrong is said under the button; nothing else changes.
import { make, show, supported } from "#lib/passkeys"
import { words } from "#lib/words"

class PassKey extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button")
    this.wrong = this.querySelector(".wrong")
    if (!supported()) return this.#say("passkeyElsewhere", true)
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
      this.#say(trouble.name === "InvalidStateError" ? "passkeyThere" : trouble.message === "offline" ? "offline" : "passkeyRefused")
    }
    this.button.disabled = false
  }

  async #options() {
    const answer = await fetch(this.dataset.ask, { method: "POST", body: new FormData(this.closest("form")) }).catch(() => null)
    if (!answer?.ok || answer.redirected) throw new Error("offline")
    return answer.json()
  }

  #say(word, forever = false) {
    this.wrong.hidden = !word
    this.wrong.textContent = word ? words[word] : ""
    if (forever) this.button.disabled = true
  }
}

customElements.define("pass-key", PassKey)
