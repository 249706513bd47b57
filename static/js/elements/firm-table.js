// <firm-table topic="firms:005930">: 거래원, the five busiest sellers and buyers of the day, as they change.
import { greying } from "#lib/aging"
import { signed, trend, won } from "#lib/format"
import { onceAFrame, write } from "#lib/frames"
import { follow } from "#lib/live"

class FirmTable extends HTMLElement {
  #stops
  #told
  #draw = onceAFrame(() => this.#show())

  connectedCallback() {
    this.rows = [...this.querySelectorAll("tbody tr")].map((row) => [...row.cells])
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
    const { sellers, buyers, foreign_net: net } = this.#told
    this.rows.forEach(([sold, seller, buyer, bought], n) => {
      this.#firm(seller, sold, sellers[n])
      this.#firm(buyer, bought, buyers[n])
    })
    const sum = this.closest(".card").querySelector("[data-foreign-net]")
    write(sum, signed(net))
    const side = trend(net)
    if (sum.className !== side) sum.className = side
  }

  #firm(name, size, firm) {
    const [words = "—", , amount = null, change = null, foreign = false] = firm ?? []
    write(name.firstElementChild, words)
    name.querySelector(".badge").hidden = !foreign
    write(size, won(amount))
    size.title = change === null ? "" : signed(change)
  }
}

customElements.define("firm-table", FirmTable)
