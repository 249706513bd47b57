// <theme-switch>: follow the system, light, dark; the one button goes round, the settings page offers all three.
import { onLooks, prefer, preference } from "#lib/preferences"

const ROUND = ["", "light", "dark"]

class ThemeSwitch extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.addEventListener("click", (event) => this.#choose(event.target.closest("button")), { signal })
    onLooks(() => this.#show(), signal)
    this.#show()
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #choose(button) {
    if (!button) return
    const next = ROUND[(ROUND.indexOf(preference("theme")) + 1) % ROUND.length]
    prefer("theme", "themeNext" in button.dataset ? next : button.value)
  }

  #show() {
    const now = preference("theme") || "auto"
    for (const icon of this.querySelectorAll("[data-when]")) icon.hidden = icon.dataset.when !== now
    for (const choice of this.querySelectorAll("button[value]"))
      choice.setAttribute("aria-pressed", (choice.value || "auto") === now)
  }
}

customElements.define("theme-switch", ThemeSwitch)
