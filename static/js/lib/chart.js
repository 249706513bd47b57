// The candle chart: lightweight-charts in our colours. Knows series and marks, not where they come from.
import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  HistogramSeries,
  LineSeries,
  LineStyle,
} from "lightweight-charts"
import { average, moment } from "#lib/candles"
import { level, won } from "#lib/format"
import { onTick } from "#lib/ticks"

// Colour of a moving average by its length in bars.
const TINTS = { 5: "--ma-1", 20: "--ma-2", 60: "--ma-3", 120: "--ma-4" }
// Bars in the picture at first, and how near the left edge the reader must come before older ones are asked for.
const SEEN = 110
const NEAR = 30
const REACH = 6 // pixels around a line that still take hold of it

const plain = { lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false }

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
    this.chart = createChart(box, { autoSize: true, ...this.look() })
    const priceFormat = { type: "price", precision: digits, minMove: 10 ** -digits }
    this.candles = this.chart.addSeries(CandlestickSeries, { priceFormat })
    this.volumes = this.chart.addSeries(HistogramSeries, { ...plain, priceScaleId: "", priceFormat: { type: "volume" } })
    this.volumes.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } })
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.14, bottom: 0.22 } })
    this.lines = new Map(averages.map((length) => [length, this.line()]))
    this.markers = createSeriesMarkers(this.candles, [])
    this.prices = []
    this.carried = []
    this.paint(span)
  }

  line() {
    return this.chart.addSeries(LineSeries, { ...plain, lineWidth: 1 })
  }

  // Colours again, after the reader has turned the lights on or off, or has chosen another span.
  paint(span) {
    this.span = span
    const [rise, fall] = [colour("--rise"), colour("--fall")]
    this.tints = [colour("--volume-rise"), colour("--volume-fall")]
    this.chart.applyOptions(this.look())
    this.candles.applyOptions({
      upColor: rise,
      borderUpColor: rise,
      wickUpColor: rise,
      downColor: fall,
      borderDownColor: fall,
      wickDownColor: fall,
    })
    for (const [length, line] of this.lines) line.applyOptions({ color: colour(TINTS[length]) })
  }

  // All bars at once; with `stays` the reader's place in the picture does not move.
  show(bars, stays = false) {
    this.candles.setData(bars.map(candle))
    this.volumes.setData(bars.map((bar) => this.volume(bar)))
    for (const [length, line] of this.lines) line.setData(average(bars, length))
    if (stays) return
    this.chart.timeScale().setVisibleLogicalRange({ from: Math.max(-2, bars.length - SEEN), to: bars.length + 3 })
  }

  // Bars from this place on have moved or are new: usually the last one alone.
  move(bars, from = bars.length - 1) {
    for (let n = Math.max(0, from); n < bars.length; n += 1) {
      this.candles.update(candle(bars[n]))
      this.volumes.update(this.volume(bars[n]))
      for (const [length, line] of this.lines) {
        if (n + 1 >= length) line.update({ time: bars[n][0], value: mean(bars, n, length) })
      }
    }
  }

  // Moving averages of these lengths and no others.
  averages(lengths, bars) {
    for (const [length, line] of this.lines) {
      if (lengths.includes(length)) continue
      this.chart.removeSeries(line)
      this.lines.delete(length)
    }
    for (const length of lengths) {
      if (this.lines.has(length)) continue
      const line = this.line()
      line.applyOptions({ color: colour(TINTS[length]) })
      line.setData(average(bars, length))
      this.lines.set(length, line)
    }
  }

  // My buys below the bars, my sells above them.
  mark(marks) {
    const side = {
      buy: { position: "belowBar", shape: "arrowUp", color: colour("--rise") },
      sell: { position: "aboveBar", shape: "arrowDown", color: colour("--fall") },
      hit: { position: "aboveBar", shape: "circle", color: colour("--mine") },
    }
    this.markers.setMarkers(
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

  volume([time, open, , , close, value]) {
    return { time, value: value ?? 0, color: this.tints[close >= open ? 0 : 1] }
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
      timeScale: { borderColor: line, timeVisible: !isLong(this.span), secondsVisible: this.span === "tick", rightOffset: 3, minBarSpacing: 0.1, enableConflation: true },
      crosshair: { mode: CrosshairMode.Normal },
      localization: {
        locale: document.documentElement.lang || "ko",
        priceFormatter: (price) => level(price, this.digits),
        timeFormatter: (time) => moment(plainly(time), this.span),
      },
    }
  }

  remove() {
    this.chart.remove()
  }
}

const isLong = (span) => ["day", "week", "month", "year"].includes(span)
const candle = ([time, open, high, low, close]) => ({ time, open, high, low, close })

// The library may hand back a day as {year, month, day}.
const plainly = (time) =>
  typeof time === "object" ? `${time.year}-${String(time.month).padStart(2, "0")}-${String(time.day).padStart(2, "0")}` : time

// Mean of the last `length` closes up to bar n.
function mean(bars, n, length) {
  let sum = 0
  for (let i = n - length + 1; i <= n; i += 1) sum += bars[i][4]
  return sum / length
}
