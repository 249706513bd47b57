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
import { average } from "#lib/candles"
import { level, won } from "#lib/format"

export const AVERAGES = [
  [5, "--ma-1"],
  [20, "--ma-2"],
  [60, "--ma-3"],
]

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
  // digits: decimals of a price; an index has two.
  constructor(box, daily, digits = 0) {
    this.digits = digits
    this.chart = createChart(box, { autoSize: true, ...look(daily, digits) })
    const priceFormat = { type: "price", precision: digits, minMove: 10 ** -digits }
    this.candles = this.chart.addSeries(CandlestickSeries, { priceFormat })
    this.volumes = this.chart.addSeries(HistogramSeries, { ...plain, priceScaleId: "", priceFormat: { type: "volume" } })
    this.volumes.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } })
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.22 } })
    this.lines = AVERAGES.map(() => this.chart.addSeries(LineSeries, { ...plain, lineWidth: 1 }))
    this.markers = createSeriesMarkers(this.candles, [])
    this.paint(daily)
  }

  // Colours again, after the reader has turned the lights on or off.
  paint(daily) {
    const [rise, fall] = [colour("--rise"), colour("--fall")]
    this.tints = [colour("--volume-rise"), colour("--volume-fall")]
    this.chart.applyOptions(look(daily, this.digits))
    this.candles.applyOptions({
      upColor: rise,
      borderUpColor: rise,
      wickUpColor: rise,
      downColor: fall,
      borderDownColor: fall,
      wickDownColor: fall,
    })
    this.lines.forEach((line, n) => line.applyOptions({ color: colour(AVERAGES[n][1]) }))
  }

  show(bars) {
    this.candles.setData(bars.map(candle))
    this.volumes.setData(bars.map((bar) => this.volume(bar)))
    this.lines.forEach((line, n) => line.setData(average(bars, AVERAGES[n][0])))
    const scale = this.chart.timeScale()
    scale.setVisibleLogicalRange({ from: Math.max(-2, bars.length - 110), to: bars.length + 3 })
  }

  // The last bar has moved, or a new one has begun.
  move(bars) {
    const last = bars[bars.length - 1]
    this.candles.update(candle(last))
    this.volumes.update(this.volume(last))
    this.lines.forEach((line, n) => {
      const point = average(bars.slice(-AVERAGES[n][0]), AVERAGES[n][0])[0]
      if (point) line.update(point)
    })
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

  // Calls back with the address of the mark that is clicked; above such a mark the pointer is a hand.
  onMark(callback) {
    this.chart.subscribeClick(({ hoveredObjectId }) => hoveredObjectId && callback(hoveredObjectId))
    this.chart.subscribeCrosshairMove(({ hoveredObjectId }) => {
      this.chart.chartElement().style.cursor = hoveredObjectId ? "pointer" : ""
    })
  }

  // So far back that the bar `count` from the end stands in the picture.
  reach(count, length) {
    const from = Math.max(-2, Math.min(length - 110, length - count - 20))
    this.chart.timeScale().setVisibleLogicalRange({ from, to: from + 113 })
  }

  // My average price, or none.
  draw_average(price, title) {
    if (this.line) this.candles.removePriceLine(this.line)
    this.line = price
      ? this.candles.createPriceLine({ price, title, color: colour("--mine"), lineStyle: LineStyle.Dashed, lineWidth: 1 })
      : undefined
  }

  volume([time, open, , , close, value]) {
    return { time, value: value ?? 0, color: this.tints[close >= open ? 0 : 1] }
  }

  remove() {
    this.chart.remove()
  }
}

const candle = ([time, open, high, low, close]) => ({ time, open, high, low, close })

const look = (daily, digits) => ({
  layout: {
    background: { color: "transparent" },
    textColor: colour("--ink-3"),
    fontSize: 11,
    fontFamily: getComputedStyle(document.body).fontFamily,
    attributionLogo: false,
  },
  grid: { vertLines: { color: colour("--grid") }, horzLines: { color: colour("--grid") } },
  rightPriceScale: { borderColor: colour("--line") },
  timeScale: { borderColor: colour("--line"), timeVisible: !daily, secondsVisible: false, rightOffset: 3 },
  crosshair: { mode: CrosshairMode.Normal },
  localization: { locale: document.documentElement.lang || "ko", priceFormatter: (price) => level(price, digits) },
})
