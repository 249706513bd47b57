// <live-breadth sector="001" data-words="…">: how many shares of a market rise, stand still and fall.
import { aging } from "#lib/aging"
import { won } from "#lib/format"
import { follow } from "#lib/live"

class LiveBreadth extends HTMLElement {
  #age
  #stop

  connectedCallback() {
    const topic = `breadth:${this.getAttribute("sector")}`
    this.#age = aging(this, topic)
    this.#stop = follow(topic, (breadth) => {
      this.#age.hear(breadth)
      this.#show(breadth)
    })
  }

  disconnectedCallback() {
    this.#age.stop()
    this.#stop()
  }

  #show(breadth) {
    const { up, unchanged, down } = breadth
    if (up === null || down === null) return
    this.hidden = false
    this.ariaLabel = this.dataset.words.replace(/\{(\w+)\}/g, (_, name) => won(breadth[name]))
    this.querySelector(".rise").textContent = `▲${won(up)}`
    this.querySelector(".fall").textContent = `▼${won(down)}`
    const all = up + (unchanged ?? 0) + down || 1
    const [rising, falling] = this.querySelectorAll("rect")
    rising.setAttribute("width", `${(100 * up) / all}`)
    falling.setAttribute("x", `${100 - (100 * down) / all}`)
    falling.setAttribute("width", `${(100 * down) / all}`)
  }
}

customElements.define("live-breadth", LiveBreadth)
