// <amount-switch>: hide every amount of money on this browser; percentages stay.
import { onLooks, prefer, preference } from "#lib/preferences"

class AmountSwitch extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const hidden = () => preference("amounts") === "hidden"
    this.addEventListener("click", () => prefer("amounts", hidden() ? "" : "hidden"), { signal })
    onLooks(() => this.#show(hidden()), signal)
    this.#show(hidden())
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #show(hidden) {
    this.querySelector("button").setAttribute("aria-pressed", hidden)
  }
}

customElements.define("amount-switch", AmountSwitch)
