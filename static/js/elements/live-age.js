// <live-age topic="quote:005930">: how old a live block is. Hover or focus says it exactly, in words.
import { explains } from "#lib/age-tip"
import { everySecond, exact, isStale, judge } from "#lib/ages"
import { follow } from "#lib/live"

class LiveAge extends HTMLElement {
  #stops = []
  #value

  connectedCallback() {
    this.classList.add("age")
    this.#stops = [
      follow(this.#topic, (value) => {
        this.#value = value
        this.#show()
      }),
      everySecond(() => this.#show()),
    ]
    if (!this.hasAttribute("brief")) this.tabIndex = 0 // those in tables are reached with their row
    explains(this, () => exact(this.#topic, this.#value))
    this.#show()
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
  }

  get #topic() {
    return this.getAttribute("topic")
  }

  #show() {
    const [kind, said] = judge(this.#topic, this.#value, this.hasAttribute("brief"))
    this.classList.toggle("old", kind === "old")
    this.classList.toggle("none", kind === "none")
    this.closest("tr, li, .card")?.classList.toggle("stale", isStale(this.#topic)) // of a table only its row
    if (this.textContent !== said) this.textContent = said
  }
}

customElements.define("live-age", LiveAge)
