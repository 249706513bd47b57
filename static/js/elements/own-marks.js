// <own-marks data-address="…/own/" data-held="보유" data-traded="매매">: a table of symbols whose rows carry
// data-symbol. What the team holds or has traded gets a badge beside its name, after every order anew.
import { mine } from "#lib/mine"

class OwnMarks extends HTMLElement {
  #stop

  connectedCallback() {
    this.#stop = mine(this.dataset.address, (own) => this.#mark(own))
  }

  disconnectedCallback() {
    this.#stop()
  }

  #mark({ held, traded }) {
    for (const badge of this.querySelectorAll(".badge.own")) badge.remove()
    for (const [symbols, word, kind] of [
      [held, this.dataset.held, "held"],
      [traded, this.dataset.traded, "traded"],
    ]) {
      const wanted = new Set(symbols)
      for (const row of this.querySelectorAll("[data-symbol]")) {
        if (wanted.has(row.dataset.symbol)) this.#badge(row, word, kind)
      }
    }
  }

  #badge(row, word, kind) {
    const badge = document.createElement("span")
    badge.className = `badge own ${kind}`
    badge.textContent = word
    ;(row.querySelector(".name a") ?? row.querySelector(".name") ?? row).append(badge)
  }
}

customElements.define("own-marks", OwnMarks)
