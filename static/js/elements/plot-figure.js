// <plot-figure>: draws the figure in its JSON block when it comes into view, and again when looks change.
import { draw, erase } from "#lib/plotly"
import { onLooks } from "#lib/preferences"

class PlotFigure extends HTMLElement {
  #leaving
  #frame

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const eye = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return
      eye.disconnect()
      this.#draw()
      onLooks(() => this.#draw(), signal)
    })
    eye.observe(this)
    signal.addEventListener("abort", () => eye.disconnect())
  }

  disconnectedCallback() {
    this.#leaving.abort()
    if (this.#frame) erase(this.#frame)
    this.#frame = undefined
  }

  async #draw() {
    if (!this.#frame) {
      this.#frame = document.createElement("div")
      this.#frame.className = "plot"
      this.append(this.#frame)
    }
    await draw(this.#frame, JSON.parse(this.querySelector("script").textContent))
    this.dataset.drawn = ""
  }
}

customElements.define("plot-figure", PlotFigure)
