// <live-age topic="quote:005930">: how old a live block is. Hover or focus says it exactly, in words.
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
    for (const name of ["pointerenter", "focus"]) this.addEventListener(name, this.#explain)
    this.#show()
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
  }

  get #topic() {
    return this.getAttribute("topic")
  }

  #explain = () => {
    this.title = this.ariaLabel = exact(this.#topic, this.#value)
  }

  #show() {
    const [kind, said] = judge(this.#topic, this.#value, this.hasAttribute("brief"))
    this.classList.toggle("old", kind === "old")
    this.classList.toggle("none", kind === "none")
    this.closest(".card")?.classList.toggle("stale", isStale(this.#topic))
    if (this.textContent !== said) this.textContent = said
    if (this.matches(":hover, :focus")) this.#explain()
  }
}

customElements.define("live-age", LiveAge)
