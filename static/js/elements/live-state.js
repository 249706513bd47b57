// <live-state>: the dot in the top bar. One look tells whether the numbers on this page are moving.
import { watch } from "#lib/live"
import { minutes, word } from "#lib/words"

const DOTS = { live: "dot ok", connecting: "dot off", lost: "dot warn" }

class LiveState extends HTMLElement {
  #stop

  connectedCallback() {
    this.#stop = watch((feed) => this.#show(feed))
  }

  disconnectedCallback() {
    this.#stop()
  }

  #show({ state, since, reason }) {
    this.querySelector(".dot").className = DOTS[state] ?? DOTS.connecting
    this.querySelector("[data-words]").textContent = word(state === "live" ? "live" : state, {
      since: minutes(since),
    })
    this.title = state === "lost" && reason && reason !== "silent" ? reason : ""
    this.dataset.state = state
  }
}

customElements.define("live-state", LiveState)
