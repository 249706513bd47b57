// The candle chart: lightweight-charts in our colours, its candles drawn by our own layer. Knows bars and marks, not
// where they come from.
import { createChart, createSeriesMarkers, CrosshairMode, LineStyle } from "lightweight-charts"
import { ANCHOR, CandleLayer } from "#lib/candle-layer"
import { moment } from "#lib/candles"
import { level, won } from "#lib/format"
import { onTick } from "#lib/ticks"

// Colour of a moving average by its length in bars.
const TINTS = { 5: "--ma-1", 20: "--ma-2", 60: "--ma-3", 120: "--ma-4" }
// Bars in the picture at first, and how near the left edge the reader must come before older ones are asked for.
const SEEN = 110
const NEAR = 30
const REACH = 6 // pixels around a line that still take hold of it

const WRITTEN = 500 // prices whose words are remembered
const SPENT = 500 // bars the anchor may know beyond the last before it is told to forget them

// A colour of tokens.css as the canvas understands it: light-dark() is resolved by a probe element.
const probe = document.createElement("i")
probe.hidden = true
export function colour(name) {
  document.body.append(probe)
  probe.style.color = `var(${name})`
  const value = getComputedStyle(probe).color
  probe.remove()
  return value
}

export class CandleChart {
  // digits: decimals of a price; an index has two. averages: lengths of the moving averages drawn.
  constructor(box, span, { digits = 0, averages = [5, 20, 60] } = {}) {
    this.digits = digits
    this.span = span
    this.written = new Map()
    this.chart = createChart(box, { autoSize: true, ...this.look() })
    const priceFormat = { type: "price", precision: digits, minMove: 10 ** -digits }
    this.candles = this.chart.addCustomSeries(ANCHOR, { priceFormat, lastValueVisible: false })
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.14, bottom: 0.22 } })
    this.layer = new CandleLayer({ text: (price) => this.write(price), ink })
    this.candles.attachPrimitive(this.layer)
    this.lengths = averages
    this.marked = new Set()
    this.prices = []
    this.carried = []
    this.paint(span)
  }

  // Colours again, after the reader has turned the lights on or off, or has chosen another span.
  paint(span) {
    this.span = span
    this.chart.applyOptions(this.look())
    this.layer.paint({ rise: colour("--rise"), fall: colour("--fall"), volumes: [colour("--volume-rise"), colour("--volume-fall")] })
    this.averages(this.lengths)
  }

  // All bars at once; with `stays` the reader's place in the picture does not move.
  show(bars, stays = false) {
    this.layer.show(bars)
    this.anchor()
    if (stays) return
    this.chart.timeScale().setVisibleLogicalRange({ from: Math.max(-2, bars.length - SEEN), to: bars.length + 3 })
  }

  // What the library knows of the bars: when each begins, and of the last and the marked ones their prices.
  anchor() {
    const { bars } = this.layer
    this.spent = 0
    this.candles.setData(bars.map((bar, n) => (n === bars.length - 1 || this.marked.has(bar[0]) ? this.row(bar) : { time: bar[0] })))
  }

  row([time, open, high, low, close]) {
    const { rise, fall } = this.layer.tints
    return { time, open, high, low, close, color: close >= open ? rise : fall }
  }

  // Bars from this place on have moved or are new: usually the last one alone.
  move(bars, from = bars.length - 1) {
    this.layer.move(bars, Math.max(0, from))
    this.spent += bars.length - 1 - from
    if (this.spent > SPENT) return this.anchor()
    for (let n = Math.max(0, from); n < bars.length; n += 1) this.candles.update(this.row(bars[n]))
  }

  // Moving averages of these lengths and no others.
  averages(lengths) {
    this.lengths = lengths
    this.layer.averages(lengths.map((length) => [length, colour(TINTS[length])]))
  }

  // My buys below the bars, my sells above them.
  mark(marks) {
    const side = {
      buy: { position: "belowBar", shape: "arrowUp", color: colour("--rise") },
      sell: { position: "aboveBar", shape: "arrowDown", color: colour("--fall") },
      hit: { position: "aboveBar", shape: "circle", color: colour("--mine") },
    }
    const unknown = marks.some(({ time }) => !this.marked.has(time))
    this.marked = new Set(marks.map(({ time }) => time))
    if (unknown) this.anchor()
    // Without marks there is nobody to look them over at every tick.
    if (!marks.length) this.markers = void this.markers?.detach()
    else this.markers ??= createSeriesMarkers(this.candles, [])
    this.markers?.setMarkers(
      marks.map(({ time, side: which, quantity, size, text = won(quantity), address }) => ({ time, size, text, id: address, ...side[which] })),
    )
  }

  // So far back that the bar `count` from the end stands in the picture.
  reach(count, length) {
    const from = Math.max(-2, Math.min(length - SEEN, length - count - 20))
    this.chart.timeScale().setVisibleLogicalRange({ from, to: from + SEEN + 3 })
  }

  // What is mine as lines across: [{price, title, dashed}], my average and my waiting orders.
  draw_prices(prices) {
    for (const line of this.prices) this.candles.removePriceLine(line)
    this.carried = prices.map(({ price, no }) => ({ price, no }))
    this.prices = prices.map(({ price, title, tint, dashed }) =>
      this.candles.createPriceLine({ price, title, color: colour(tint), lineStyle: dashed ? LineStyle.Dashed : LineStyle.Solid, lineWidth: 1 }),
    )
  }

  // The line of one of my orders (the only ones with a number) under the pointer; `y` from the top of the box.
  lineAt(y) {
    const near = ({ price }) => Math.abs((this.candles.priceToCoordinate(price) ?? Infinity) - y)
    return this.carried.filter((line) => line.no && near(line) <= REACH).sort((a, b) => near(a) - near(b))[0]
  }

  // Carries the picture of a line to the height of the pointer and says the price it stands at there.
  carry(line, y) {
    const price = this.candles.coordinateToPrice(y)
    if (price === null || price <= 0) return line.price
    const at = onTick(price)
    this.prices[this.carried.indexOf(line)].applyOptions({ price: at })
    return at
  }

  // While a line is carried the chart itself stands still.
  hold(still) {
    this.chart.applyOptions({ handleScroll: !still, handleScale: !still })
  }

  // Calls back with the number of the bar under the crosshair, or null.
  onLook(callback) {
    this.chart.subscribeCrosshairMove(({ time, logical }) => callback(time === undefined ? null : logical))
  }

  // Calls back with the address of the mark that is clicked; above such a mark the pointer is a hand.
  onMark(callback) {
    this.chart.subscribeClick(({ hoveredObjectId }) => hoveredObjectId && callback(hoveredObjectId))
    this.chart.subscribeCrosshairMove(({ hoveredObjectId }) => {
      this.chart.chartElement().style.cursor = hoveredObjectId ? "pointer" : ""
    })
  }

  // Calls back when the reader nears the oldest bar.
  onPast(callback) {
    this.chart.timeScale().subscribeVisibleLogicalRangeChange((range) => range && range.from < NEAR && callback())
  }

  // A price as the axis shows it; the few that stand there are written again and again.
  write(price) {
    if (this.written.size > WRITTEN) this.written.clear()
    if (!this.written.has(price)) this.written.set(price, level(price, this.digits))
    return this.written.get(price)
  }

  look() {
    const line = colour("--line")
    return {
      layout: {
        background: { color: "transparent" },
        textColor: colour("--ink-3"),
        fontSize: 11,
        fontFamily: getComputedStyle(document.body).fontFamily,
        attributionLogo: false,
      },
      grid: { vertLines: { color: colour("--grid") }, horzLines: { color: colour("--grid") } },
      rightPriceScale: { borderColor: line },
      timeScale: { borderColor: line, timeVisible: !isLong(this.span), secondsVisible: this.span === "tick", rightOffset: 3, minBarSpacing: 0.1 },
      crosshair: { mode: CrosshairMode.Normal },
      localization: {
        locale: document.documentElement.lang || "ko",
        priceFormatter: (price) => this.write(price),
        percentageFormatter: String, // asked for at every tick, shown nowhere
        timeFormatter: (time) => moment(plainly(time), this.span),
      },
    }
  }

  remove() {
    this.chart.remove()
  }
}

const isLong = (span) => ["day", "week", "month", "year"].includes(span)
// The library may hand back a day as {year, month, day}.
const plainly = (time) =>
  typeof time === "object" ? `${time.year}-${String(time.month).padStart(2, "0")}-${String(time.day).padStart(2, "0")}` : time

// White on dark colours, black on light ones, as the library writes its own labels. It asks at every picture, of few.
const inks = new Map()
function ink(tint) {
  if (!inks.has(tint)) {
    const [red, green, blue] = tint.match(/[\d.]+/g).map(Number)
    inks.set(tint, 0.199 * red + 0.687 * green + 0.114 * blue > 160 ? "#000" : "#fff")
  }
  return inks.get(tint)
}
