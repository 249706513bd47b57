// <live-state>: the dot in the top bar. One look tells whether the numbers on this page are moving.
import { lostSince } from "#lib/ages"
import { watch } from "#lib/live"
import { word } from "#lib/words"

const DOTS = { live: "dot ok", connecting: "dot off", lost: "dot warn" }

class LiveState extends HTMLElement {
  #stop

  connectedCallback() {
    this.#stop = watch((feed) => this.#show(feed))
  }

  disconnectedCallback() {
    this.#stop()
  }

  #show({ state, since, reason, waiting = [] }) {
    const some = state === "live" && waiting.length > 0
    this.querySelector(".dot").className = some ? "dot warn" : (DOTS[state] ?? DOTS.connecting)
    this.querySelector("[data-words]").textContent = word(some ? "some" : state, {
      since: lostSince(since),
      n: waiting.length,
    })
    this.title = some ? word("why", { places: waiting.join(", ") }) : this.#reason(state, reason)
    this.dataset.state = state
  }

  #reason(state, reason) {
    return state === "lost" && reason && reason !== "silent" ? reason : ""
  }
}

customElements.define("live-state", LiveState)
