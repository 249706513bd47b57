// The drawing of one trade: candles with fills, average steps, running P&L and the index in panes of one time axis.
// Everything is given by the number of a bar; `until` is the bar up to which the reader has played.
import {
  AreaSeries,
  BaselineSeries,
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  HistogramSeries,
  LineSeries,
  LineStyle,
  LineType,
} from "lightweight-charts"
import { colour } from "#lib/chart"
import { level, short } from "#lib/format"
import { onTick } from "#lib/ticks"

const quiet = { lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false }
const hidden = () => document.documentElement.dataset.amounts === "hidden"
const PANES = [7, 3, 1.4]
const REACH = 6 // pixels around a line that still take hold of it

export class TradeDrawing {
  constructor(box, words) {
    this.words = words
    this.chart = createChart(box, { autoSize: true, ...look(false) })
    const whole = () => ({ priceRange: { minValue: 0, maxValue: 1 } })
    this.band = this.chart.addSeries(AreaSeries, { ...quiet, priceScaleId: "band", lineVisible: false, autoscaleInfoProvider: whole })
    this.band.priceScale().applyOptions({ scaleMargins: { top: 0, bottom: 0 } })
    this.candles = this.chart.addSeries(CandlestickSeries, { priceLineVisible: false, priceFormat: { type: "custom", minMove: 1, formatter: (value) => level(value, 0) } })
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.12, bottom: 0.24 } })
    this.volumes = this.chart.addSeries(HistogramSeries, { ...quiet, priceScaleId: "volume", priceFormat: { type: "volume" } })
    this.volumes.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } })
    this.average = this.chart.addSeries(LineSeries, { ...quiet, lineType: LineType.WithSteps, lineStyle: LineStyle.Dashed, lineWidth: 2 })
    this.markers = createSeriesMarkers(this.candles, [])
    const amount = { type: "custom", minMove: 1, formatter: (value) => (hidden() ? "•••" : short(Math.round(value))) }
    this.pnl = this.chart.addSeries(BaselineSeries, { ...quiet, baseValue: { type: "price", price: 0 }, lineWidth: 2, priceFormat: amount }, 1)
    this.pnl.priceScale().applyOptions({ scaleMargins: { top: 0.18, bottom: 0.08 } })
    this.zero = this.pnl.createPriceLine({ price: 0, lineWidth: 1, lineStyle: LineStyle.Solid, axisLabelVisible: false })
    this.index = this.chart.addSeries(LineSeries, { ...quiet, lineWidth: 2, priceFormat: { type: "custom", minMove: 0.01, formatter: (value) => level(value, 2) } }, 2)
    PANES.forEach((share, n) => this.chart.panes()[n].setStretchFactor(share))
    this.lines = []
    this.names = [null, words.running, ""].map((name) => this.#name(box, name))
  }

  // What a pane shows, written into its corner.
  #name(box, words) {
    if (words === null) return null
    const name = document.createElement("span")
    name.className = "pane-name"
    name.textContent = words
    box.append(name)
    return name
  }

  #place_names() {
    let top = 0
    this.chart.panes().forEach((pane, n) => {
      if (this.names[n]) this.names[n].style.top = `${top + 3}px`
      top += pane.getHeight() + 1
    })
  }

  // Colours again, after the reader has turned the lights on or off.
  paint(daily) {
    const [rise, fall, ink] = [colour("--rise"), colour("--fall"), colour("--line-main")]
    this.tints = [colour("--volume-rise"), colour("--volume-fall")]
    const shade = colour("--hold")
    this.band.applyOptions({ topColor: shade, bottomColor: shade })
    this.chart.applyOptions(look(daily))
    this.candles.applyOptions({ upColor: rise, borderUpColor: rise, wickUpColor: rise, downColor: fall, borderDownColor: fall, wickDownColor: fall })
    this.average.applyOptions({ color: colour("--mine") })
    const [above, below] = [colour("--bar-rise"), colour("--bar-fall")]
    this.pnl.applyOptions({ topLineColor: ink, bottomLineColor: ink, topFillColor1: above, topFillColor2: above, bottomFillColor1: below, bottomFillColor2: below })
    this.zero.applyOptions({ color: colour("--line-strong") })
    this.index.applyOptions({ color: ink })
  }

  // Stop and target, drawn at once where they are wanted; the price axis makes room for one that is not far off.
  plan({ stop, goal }) {
    for (const { line } of this.lines) this.candles.removePriceLine(line)
    this.lines = [
      ["stop", stop, "--fall"],
      ["goal", goal, "--rise"],
    ]
      .filter(([, price]) => price > 0)
      .map(([kind, price, tone]) => ({ kind, price, line: this.candles.createPriceLine(planned(price, this.words[kind], tone)) }))
    this.candles.applyOptions({ autoscaleInfoProvider: (plain) => roomy(plain(), this.lines) })
  }

  // The line under the pointer, if there is one within reach; `y` is counted from the top of the box.
  lineAt(y) {
    const near = ({ price }) => Math.abs((this.candles.priceToCoordinate(price) ?? Infinity) - y)
    return this.lines.filter((each) => near(each) <= REACH).sort((a, b) => near(a) - near(b))[0]
  }

  // Carries a line to the height of the pointer and says the price it stands at there.
  carry(each, y) {
    const price = this.candles.coordinateToPrice(y)
    if (price === null || price <= 0) return each.price
    each.price = onTick(price)
    each.line.applyOptions({ price: each.price })
    return each.price
  }

  // While a line is carried the chart itself stands still.
  hold(still) {
    this.chart.applyOptions({ handleScroll: !still, handleScale: !still })
  }

  // All of the trade, seen whole: what stands around it gives way.
  show(told, wanted) {
    this.told = told
    this.names[2].textContent = told.index?.name ?? ""
    requestAnimationFrame(() => this.#place_names())
    this.until(told.bars.length - 1)
    this.plan(wanted)
    const from = told.begin
    const to = told.running.length ? from + told.running.length - 1 : told.bars.length - 1
    const beside = Math.max(12, Math.round((to - from) * 0.22))
    const room = 60 // a short trade among many bars is no dot
    const lack = Math.max(0, room - (to - from + 2 * beside)) / 2
    const last = Math.min(told.bars.length + 2, to + beside + lack)
    const first = Math.max(-2, Math.min(from - beside - lack, last - room))
    this.chart.timeScale().setVisibleLogicalRange({ from: first, to: last })
  }

  // The picture as it was at the end of bar number `last`.
  until(last) {
    const { bars, begin, running, average, fills, peaks, index } = this.told
    const past = bars.slice(0, last + 1)
    const rest = bars.slice(last + 1).map(([time]) => ({ time }))
    const whole = last >= bars.length - 1
    this.candles.setData([...past.map(candle), ...rest])
    this.volumes.setData([...past.map((bar) => this.volume(bar)), ...rest])
    const held = running.slice(0, Math.max(0, last + 1 - begin))
    const along = (values, make) => values.map((value, n) => ({ time: bars[begin + n][0], ...make(value) }))
    this.average.setData(along(average.slice(0, held.length), (value) => (value === null ? {} : { value })))
    this.pnl.setData([...bars.slice(0, begin).map(([time]) => ({ time })), ...along(held, ([pnl]) => (pnl === null ? {} : { value: pnl }))])
    this.band.setData(along(held, () => ({ value: 1 })))
    this.index.setData((index?.levels ?? []).slice(0, last + 1).flatMap((value, n) => (value === null ? [] : [{ time: bars[n][0], value }])))
    this.mark(fills.filter(({ i }) => i !== null && i <= last), whole ? peaks : [])
  }

  mark(fills, peaks) {
    const most = Math.max(1, ...fills.map(({ quantity }) => quantity))
    const drawn = {
      buy: { position: "belowBar", shape: "arrowUp", color: colour("--rise") },
      sell: { position: "aboveBar", shape: "arrowDown", color: colour("--fall") },
      event: { position: "aboveBar", shape: "square", color: colour("--mine") },
    }
    const marks = together(fills, this.words.count).map(({ i, side, quantity, text }) => ({ i, text, size: 0.5 + 0.7 * (quantity / most), ...drawn[side] }))
    const ends = peaks.map(({ kind, i, text }) => ({
      i,
      text: `◇ ${text}`,
      size: 0,
      shape: "circle",
      position: kind === "mfe" ? "aboveBar" : "belowBar",
      color: colour("--ink-2"),
    }))
    const all = [...marks, ...ends].sort((a, b) => a.i - b.i)
    this.markers.setMarkers(all.map(({ i, ...mark }) => ({ ...mark, time: this.told.bars[i][0] })))
  }

  volume([time, open, , , close, value]) {
    return open === null ? { time } : { time, value: value ?? 0, color: this.tints[close >= open ? 0 : 1] }
  }

  remove() {
    this.chart.remove()
  }
}

const candle = ([time, open, high, low, close]) => (open === null ? { time } : { time, open, high, low, close })

const planned = (price, title, tone) => ({ price, title, color: colour(tone), lineStyle: LineStyle.Dotted, lineWidth: 1 })

// The price range with stop and target in it, as long as the candles stay more than half of the picture.
function roomy(info, lines) {
  if (!info?.priceRange) return info
  const { minValue, maxValue } = info.priceRange
  const prices = lines.map(({ price }) => price)
  const [low, high] = [Math.min(minValue, ...prices), Math.max(maxValue, ...prices)]
  if (high - low > 2 * (maxValue - minValue)) return info
  return { ...info, priceRange: { minValue: low, maxValue: high } }
}

// Fills of one bar and side share a mark: their shares are summed, the words are those of the only one.
function together(fills, words) {
  const found = new Map()
  for (const fill of fills) {
    const key = `${fill.i} ${fill.side}`
    const known = found.get(key)
    if (!known) found.set(key, { ...fill, count: 1 })
    else Object.assign(known, { quantity: known.quantity + fill.quantity, count: known.count + 1, text: words.replace("{n}", known.count + 1) })
  }
  return [...found.values()]
}

const look = (daily) => ({
  layout: {
    background: { color: "transparent" },
    textColor: colour("--ink-3"),
    fontSize: 11,
    fontFamily: getComputedStyle(document.body).fontFamily,
    attributionLogo: false,
    panes: { separatorColor: colour("--line"), separatorHoverColor: colour("--line-strong"), enableResize: true },
  },
  grid: { vertLines: { color: colour("--grid") }, horzLines: { color: colour("--grid") } },
  rightPriceScale: { borderColor: colour("--line"), minimumWidth: 64 },
  timeScale: { borderColor: colour("--line"), timeVisible: !daily, secondsVisible: false },
  crosshair: { mode: CrosshairMode.Normal },
  localization: { locale: document.documentElement.lang || "ko" },
})
