// <price-chart>: candles of one symbol with my buys, sells and waiting orders, moving with the market.
// The server gives the toolbar (buttons with data-span, data-switch, data-average) and the addresses of bars and of
// what is mine. data-trades is the list of trades a mark of mine leads to. data-at (seconds) is a moment to look at, data-hit what happened then.
// An index has data-topic="index:001" and data-digits="2", and nothing in it is mine.
import { marks, placedAt } from "#lib/candles"
import { carryLines } from "#lib/carrying"
import { onceAFrame } from "#lib/frames"
import { won } from "#lib/format"
import { Legend } from "#lib/legend"
import { follow } from "#lib/live"
import { mine } from "#lib/mine"
import { keep, onLooks, recall } from "#lib/preferences"
import { Series } from "#lib/series"

// Milliseconds after which a look into the past is tried again when it failed.
const AGAIN = 5_000

class PriceChart extends HTMLElement {
  #leaving
  #stops = []
  #chart
  #series
  #legend
  #looking = null
  #past = true // whether there may be older bars
  #mine = { fills: [], orders: [], average: null }
  #draw = onceAFrame(() => this.#move())

  async connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.#restore()
    this.addEventListener("click", (event) => this.#press(event.target.closest("button")), { signal })
    document.addEventListener("live:resync", () => this.#load(), { signal })
    const { CandleChart } = await import("#lib/chart") // drawn late: the price above is read first
    if (signal.aborted) return
    const { span, hours, digits = 0 } = this.dataset
    this.#series = new Series(hours && JSON.parse(hours))
    this.#chart = new CandleChart(this.querySelector(".plot"), span, { digits: Number(digits), averages: this.#averages() })
    this.#listen(Number(digits))
    onLooks(() => this.#repaint(true), signal)
    await this.#load()
    if (signal.aborted) return
    this.#follow()
  }

  disconnectedCallback() {
    this.#leaving.abort()
    for (const stop of this.#stops) stop()
    this.#chart?.remove()
  }

  #listen(digits) {
    const box = this.querySelector(".ohlc")
    this.#legend = box && new Legend(box, digits)
    this.#chart.onLook((place) => {
      this.#looking = place
      this.#draw()
    })
    this.#chart.onPast(() => this.#reach_back())
    this.#chart.onMark((address) => location.assign(address))
    if (this.dataset.mine) this.#carriable()
  }

  // My waiting orders are taken hold of by their lines.
  #carriable() {
    const back = () => this.#own(this.#mine)
    const chart = this.#chart
    carryLines(this.querySelector(".plot"), { lineAt: (y) => chart.lineAt(y), carry: (line, y) => chart.carry(line, y), hold: (still) => chart.hold(still), back }, this.#leaving.signal)
  }

  // Every print moves the bar it belongs to; an index and a share's day also hear the quote.
  #follow() {
    const { symbol, topic, mine: address } = this.dataset
    const hear = (name, take) => this.#stops.push(follow(name, (news) => (take(news), this.#draw())))
    if (topic === undefined) hear(`prints:${symbol}`, (news) => this.#series.prints(news))
    if (topic !== "") hear(topic ?? `quote:${symbol}`, (news) => this.#series.quote(news))
    if (address) this.#stops.push(mine(address, (found) => this.#own(found)))
  }

  // As the reader left it, unless the address says how.
  #restore() {
    if (!("remembers" in this.dataset)) return
    const kept = recall("averages")?.split(",")
    for (const button of this.querySelectorAll("[data-average]")) if (kept) button.ariaPressed = String(kept.includes(button.dataset.average))
    const span = recall("span")
    if (this.dataset.remembers !== "" && this.querySelector(`button[data-span="${CSS.escape(span ?? "")}"]`)) this.#choose(span)
  }

  #averages() {
    const buttons = [...this.querySelectorAll("[data-average]")]
    return buttons.length ? buttons.filter((each) => each.ariaPressed === "true").map((each) => Number(each.dataset.average)) : [5, 20, 60]
  }

  #choose(span) {
    this.dataset.span = span
    for (const each of this.querySelectorAll("button[data-span]")) each.ariaPressed = String(each.dataset.span === span)
  }

  #press(button) {
    if (!button) return
    const { span, switch: which, average } = button.dataset
    if (which || average) button.ariaPressed = String(button.ariaPressed !== "true")
    if (average) {
      keep("averages", this.#averages().join(","))
      this.#chart?.averages(this.#averages())
      return
    }
    if (span) this.#choose(span)
    if (span && "remembers" in this.dataset) keep("span", span)
    if (which === "mine") this.#own(this.#mine)
    else if (span || which) this.#load()
  }

  #pressed(which) {
    return this.querySelector(`[data-switch="${which}"]`)?.ariaPressed === "true"
  }

  async #ask(more = {}) {
    const { span, bars: address } = this.dataset
    const adjusted = this.#pressed("adjusted") ? "1" : "0"
    const query = new URLSearchParams({ span, adjusted, ...more })
    const reply = await fetch(`${address}${address.includes("?") ? "&" : "?"}${query}`).catch(() => null)
    // null: the reader has chosen something else meanwhile, or has left
    if (span !== this.dataset.span || adjusted !== (this.#pressed("adjusted") ? "1" : "0") || this.#leaving.signal.aborted) return null
    return reply?.ok ? reply.json() : { trouble: this.dataset.unreachable }
  }

  async #load() {
    const told = await this.#ask()
    if (!told) return
    this.#say(told.trouble)
    if (told.bars) this.#series.load(told.bars, this.dataset.span, told.until ?? Infinity)
    this.#past = Boolean(told.bars?.length)
    this.#repaint()
    this.#reach()
    this.dataset.drawn = this.dataset.span
  }

  // Older bars, when the reader nears the left edge: one question at a time, until the broker has no more.
  async #reach_back() {
    const { bars } = this.#series
    if (!this.#past || !bars.length || this.dataset.drawn !== this.dataset.span || !("past" in this.dataset)) return
    this.#past = false
    const told = await this.#ask({ before: bars[0][0], have: bars.length })
    if (bars[0] !== this.#series.bars[0]) return // other bars have been loaded meanwhile
    if (!told?.bars || told.trouble) return void setTimeout(() => (this.#past = true), AGAIN)
    this.#past = this.#series.extend(told.bars) > 0
    this.#chart.show(this.#series.bars, true)
    this.#own(this.#mine)
  }

  #repaint(stays = false) {
    this.#chart.paint(this.dataset.span)
    this.#chart.show(this.#series.bars, stays)
    this.#own(this.#mine)
    this.#move()
  }

  #move() {
    const { bars } = this.#series
    const from = this.#series.changed()
    if (from < bars.length) this.#chart.move(bars, from)
    const place = this.#looking ?? bars.length - 1
    this.#legend?.show(bars[place], bars[place - 1], this.dataset.span)
    if (from < bars.length) this.dataset.moved = bars[bars.length - 1][4]
  }

  #own(found) {
    this.#mine = found
    const shown = this.#pressed("mine")
    const { bars } = this.#series
    const fills = shown ? marks(found.fills, bars, this.dataset.span) : []
    const all = [...fills.map((mark) => ({ ...mark, address: this.#page(mark.trades) })), ...this.#hit()]
    this.#chart.mark(all.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)))
    this.#chart.draw_prices(shown ? this.#lines(found) : [])
  }

  // Where a mark leads: to its trade; of several in one bar, to all of the symbol.
  #page(trades) {
    const { trades: list, symbol } = this.dataset
    if (!list || !trades.size) return undefined
    return trades.size === 1 ? `${list}${[...trades][0]}/` : `${list}?symbol=${symbol.split("@")[0]}`
  }

  #lines({ average, orders }) {
    const mean = average ? [{ price: average, title: this.dataset.average, tint: "--mine", dashed: true }] : []
    const waiting = orders.filter((order) => order.price && order.remaining > 0)
    return [...mean, ...waiting.map(({ price, side, remaining, no }) => ({ price, no, tint: "--mine", title: `${this.dataset[side]} ${won(remaining)}` }))]
  }

  // The moment the address names, as a mark: none where the bars do not reach back to it.
  #hit() {
    const time = this.dataset.at && placedAt(this.#series.bars, this.dataset.span, Number(this.dataset.at))
    return time ? [{ time, side: "hit", size: 1, text: this.dataset.hit }] : []
  }

  #reach() {
    const [hit] = this.#hit()
    const { bars } = this.#series
    if (hit) this.#chart.reach(bars.length - bars.findIndex((bar) => bar[0] === hit.time), bars.length)
  }

  #say(trouble) {
    const note = this.querySelector(".note")
    note.textContent = trouble ?? ""
    note.hidden = !trouble
  }
}

customElements.define("price-chart", PriceChart)
