// <price-chart>: candles of one symbol with my buys and sells, moving with the market.
// The server gives the toolbar (buttons with data-span, data-switch) and the addresses of bars and of what is mine.
// data-trades is the list of trades a mark of mine leads to. data-at (seconds) is a moment to look at, data-hit what happened then.
// An index has data-topic="index:001" and data-digits="2", and nothing in it is mine.
import { grow, inSession, isDaily, marks, placedAt, strictly } from "#lib/candles"
import { follow } from "#lib/live"
import { mine } from "#lib/mine"
import { onLooks } from "#lib/preferences"

class PriceChart extends HTMLElement {
  #leaving
  #stops = []
  #chart
  #bars = []
  #volume = null
  #mine = { fills: [], average: null }

  async connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.addEventListener("click", (event) => this.#press(event.target.closest("button")), { signal })
    document.addEventListener("live:resync", () => this.#load(), { signal })
    const { CandleChart } = await import("#lib/chart") // drawn late: the price above is read first
    if (signal.aborted) return
    this.#chart = new CandleChart(this.querySelector(".plot"), isDaily(this.dataset.span), Number(this.dataset.digits ?? 0))
    this.#chart.onMark((address) => location.assign(address))
    onLooks(() => this.#repaint(), signal)
    await this.#load()
    if (signal.aborted) return
    const topic = this.dataset.topic ?? `quote:${this.dataset.symbol}`
    if (topic) this.#stops.push(follow(topic, (quote) => this.#tick(quote)))
    if (this.dataset.mine) this.#stops.push(mine(this.dataset.mine, (found) => this.#own(found)))
  }

  disconnectedCallback() {
    this.#leaving.abort()
    for (const stop of this.#stops) stop()
    this.#chart?.remove()
  }

  #press(button) {
    if (!button) return
    const { span, switch: which } = button.dataset
    if (span) this.dataset.span = span
    if (which) button.ariaPressed = String(button.ariaPressed !== "true")
    for (const each of this.querySelectorAll("[data-span]")) {
      if (each !== this) each.ariaPressed = String(each.dataset.span === this.dataset.span)
    }
    if (which === "mine") this.#own(this.#mine)
    else this.#load()
  }

  #pressed(which) {
    return this.querySelector(`[data-switch="${which}"]`)?.ariaPressed === "true"
  }

  async #load() {
    const { span, bars: address } = this.dataset
    const query = new URLSearchParams({ span, adjusted: this.#pressed("adjusted") ? "1" : "0" })
    const reply = await fetch(`${address}?${query}`).catch(() => null)
    if (span !== this.dataset.span || this.#leaving.signal.aborted) return // the reader has chosen another meanwhile
    const told = reply?.ok ? await reply.json() : { bars: this.#bars, trouble: this.dataset.unreachable }
    this.#say(told.trouble)
    this.#bars = strictly(told.bars)
    this.#volume = null
    this.#repaint()
    this.#reach()
    this.dataset.drawn = span
  }

  #repaint() {
    this.#chart.paint(isDaily(this.dataset.span))
    this.#chart.show(this.#bars)
    this.#own(this.#mine)
  }

  // Volume between two quotes is what was traded meanwhile: conflation skips prints, not shares.
  // An index tells its level and no volume: its bar keeps the volume it had.
  #tick({ at, level, price = Number(level), volume = null }) {
    const size = this.#volume === null || volume === null || volume < this.#volume ? 0 : volume - this.#volume
    this.#volume = volume
    if (!this.#bars.length || !inSession(at)) return
    const last = this.#bars[this.#bars.length - 1]
    const next = grow(last, this.dataset.span, { at, price, volume, size })
    if (!next) return
    if (next[0] === last[0]) this.#bars[this.#bars.length - 1] = next
    else this.#bars.push(next)
    this.#chart.move(this.#bars)
  }

  #own(found) {
    this.#mine = found
    const shown = this.#pressed("mine")
    const fills = shown ? marks(found.fills, this.#bars, this.dataset.span) : []
    const all = [...fills.map((mark) => ({ ...mark, address: this.#page(mark.trades) })), ...this.#hit()]
    this.#chart.mark(all.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)))
    this.#chart.draw_average(shown ? found.average : null, this.dataset.average)
  }

  // Where a mark leads: to its trade; of several in one bar, to all of the symbol.
  #page(trades) {
    const { trades: list, symbol } = this.dataset
    if (!list || !trades.size) return undefined
    return trades.size === 1 ? `${list}${[...trades][0]}/` : `${list}?symbol=${symbol}`
  }

  // The moment the address names, as a mark: none where the bars do not reach back to it.
  #hit() {
    const time = this.dataset.at && placedAt(this.#bars, this.dataset.span, Number(this.dataset.at))
    return time ? [{ time, side: "hit", size: 1, text: this.dataset.hit }] : []
  }

  #reach() {
    const [hit] = this.#hit()
    if (hit) this.#chart.reach(this.#bars.length - this.#bars.findIndex((bar) => bar[0] === hit.time), this.#bars.length)
  }

  #say(trouble) {
    const note = this.querySelector(".note")
    note.textContent = trouble ?? ""
    note.hidden = !trouble
  }
}

customElements.define("price-chart", PriceChart)
