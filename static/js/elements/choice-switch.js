// <choice-switch data-name="density">: buttons that set one local preference and show which one holds.
import { onLooks, prefer, preference } from "#lib/preferences"

class ChoiceSwitch extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.addEventListener("click", ({ target }) => this.#choose(target.closest("button")), { signal })
    onLooks(() => this.#show(), signal)
    this.#show()
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #choose(button) {
    if (button) prefer(this.dataset.name, button.value)
  }

  #show() {
    const now = preference(this.dataset.name)
    for (const choice of this.querySelectorAll("button")) choice.setAttribute("aria-pressed", choice.value === now)
  }
}

customElements.define("choice-switch", ChoiceSwitch)
