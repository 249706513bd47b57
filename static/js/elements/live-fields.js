// <live-fields topic="program:005930">: cells (data-field="net" data-as="signed") that show what an update says.
// data-as is a function of lib/format; "data-trend" colours the cell by its sign, or by the distance of a price
// from data-base. What the broker does not say this time stays. [data-when="field"] shows only while it is said.
import { greying } from "#lib/aging"
import * as format from "#lib/format"
import { onceAFrame, write } from "#lib/frames"
import { follow } from "#lib/live"

class LiveFields extends HTMLElement {
  #stops
  #told
  #draw = onceAFrame(() => this.#show())

  connectedCallback() {
    const topic = this.getAttribute("topic")
    const hear = (told) => {
      this.#told = told
      this.#draw()
    }
    this.#stops = [follow(topic, hear), greying(this, topic)]
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
  }

  #show() {
    for (const cell of this.querySelectorAll("[data-field]")) {
      const value = this.#told[cell.dataset.field] ?? null
      if (value === null) continue
      write(cell, (format[cell.dataset.as] ?? String)(value))
      if ("trend" in cell.dataset) this.#colour(cell, Number(value))
    }
    for (const part of this.querySelectorAll("[data-when]")) part.hidden = !this.#told[part.dataset.when]
  }

  #colour(cell, value) {
    const side = format.trend(value)
    if (cell.classList.contains(side)) return
    cell.classList.remove("rise", "fall", "flat", "unknown")
    cell.classList.add(side)
  }
}

customElements.define("live-fields", LiveFields)
