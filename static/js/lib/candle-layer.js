// What the candle chart draws itself: candles, volumes and averages in one layer on the library's canvas.
// All bars but the last are kept as a picture, so a tick costs one bar and a new bar costs one more, however many are in sight.
import { FLOOR, stroke } from "#lib/candle-strokes"
import { mean, means } from "#lib/candles"

// Pixels a kept picture may be pushed to the left by new bars before it is drawn anew.
const ROOM = 64

// The library's own series beside the layer: it owns the axes, the last price and the lines across, and draws nothing.
// It needs to know few bars: the last one, and those that carry a mark.
export const ANCHOR = {
  renderer: () => ({ draw() {} }),
  update() {},
  priceValueBuilder: ({ high, low, close }) => [high, low, close],
  isWhitespace: (row) => row.close === undefined,
  defaultOptions: () => ({}),
}

export class CandleLayer {
  bars = []
  lines = [] // [{length, tint, values}]: values[n] is NaN where there are too few closes
  #version = 0
  #canvas = null
  #kept = null
  #extent = null

  // text(price) writes the label of the price axis; ink(colour) is what can be read on it.
  constructor({ text, ink }) {
    const label = {
      visible: () => Boolean(this.#seen()),
      coordinate: () => this.series.priceToCoordinate(this.#seen()?.[4] ?? 0) ?? 0,
      text: () => text(this.#seen()?.[4]),
      textColor: () => ink(this.#tint()),
      backColor: () => this.#tint(),
    }
    const renderer = { draw() {}, drawBackground: (target) => target.useBitmapCoordinateSpace((space) => this.#draw(space)) }
    const [labels, views] = [[label], [{ renderer: () => renderer }]]
    this.priceAxisViews = () => labels
    this.paneViews = () => views // above the grid, below the lines across
  }

  attached({ chart, series, requestUpdate }) {
    this.series = series
    this.time = chart.timeScale()
    this.request = requestUpdate
  }

  paint(tints) {
    this.tints = tints
    this.#stale()
  }

  // All bars anew.
  show(bars) {
    this.bars = bars
    for (const line of this.lines) line.values = means(bars, line.length)
    this.#stale()
  }

  // Bars from this place on have moved or are new.
  move(bars, from) {
    this.bars = bars
    for (const { length, values } of this.lines) for (let n = from; n < bars.length; n += 1) values[n] = mean(bars, n, length)
    if (this.#kept && from < this.#kept.end) this.#stale()
    if (this.#extent && from < this.#extent.end) this.#extent = null
  }

  // Averages of these lengths, [[length, tint]], and no others.
  averages(wanted) {
    const values = (length) => this.lines.find((line) => line.length === length)?.values ?? means(this.bars, length)
    this.lines = wanted.map(([length, tint]) => ({ length, tint, values: values(length) }))
    this.#stale()
    this.request?.()
  }

  // The range of prices the axis must hold.
  autoscaleInfo(from, to) {
    const { low, high } = this.#range(Math.floor(from), Math.ceil(to))
    return low <= high ? { priceRange: { minValue: low, maxValue: high } } : null
  }

  #stale() {
    this.#version += 1
    this.#kept = this.#extent = null
  }

  // Lowest and highest of candles and averages, and the largest volume, between two bars. What stands still is asked once.
  #range(from, to) {
    const [first, last] = [Math.max(0, from), Math.min(to, this.bars.length - 1)]
    const end = Math.min(last + 1, this.bars.length - 1)
    const known = this.#extent
    const usable = known && known.first === first && known.end <= end
    const still = usable ? known : { first, end: first, low: Infinity, high: -Infinity, most: 0 }
    this.#widen(still, end)
    this.#extent = still
    if (last < this.bars.length - 1 || last < first) return still
    const whole = { ...still }
    this.#widen(whole, last + 1)
    return whole
  }

  #widen(extent, end) {
    let { low, high, most } = extent
    for (let n = extent.end; n < end; n += 1) {
      const bar = this.bars[n]
      if (bar[2] > high) high = bar[2]
      if (bar[3] < low) low = bar[3]
      if (bar[5] > most) most = bar[5]
    }
    for (const { values } of this.lines) {
      for (let n = extent.end; n < end; n += 1) {
        if (values[n] > high) high = values[n]
        if (values[n] < low) low = values[n]
      }
    }
    Object.assign(extent, { low, high, most, end: Math.max(end, extent.end) })
  }

  // The last bar in sight: the price axis names its close.
  #seen() {
    const range = this.time.getVisibleLogicalRange()
    return this.bars[Math.min(this.bars.length - 1, Math.floor(range?.to ?? Infinity))]
  }

  #tint() {
    const bar = this.#seen()
    return !bar || bar[4] >= bar[1] ? this.tints.rise : this.tints.fall
  }

  #draw({ context, bitmapSize, horizontalPixelRatio: across, verticalPixelRatio: down }) {
    const frame = this.#frame(bitmapSize, across, down)
    if (!frame) return
    const kept = this.#keep(frame)
    context.drawImage(kept.canvas, kept.pushed, 0)
    const last = this.bars.length - 1
    // The same pixels as in the kept picture, or the last bar would tremble beside the others.
    if (last <= frame.last) stroke(context, { ...frame, x0: kept.frame.x0 + kept.pushed }, this.bars, last, last + 1)
  }

  // Where everything is now; null while there is nothing to see.
  #frame({ width, height }, across, down) {
    const sight = this.bars.length ? this.time.getVisibleLogicalRange() : null
    const [zero, thousand] = [this.series.priceToCoordinate(0), this.series.priceToCoordinate(1000)]
    if (!sight || zero === null) return null
    const at = this.time.logicalToCoordinate(0)
    // Rounded, for it is a difference of large numbers and must be the same from frame to frame.
    const dx = Math.round((this.time.logicalToCoordinate(1) - at) * across * 1e6) / 1e6
    const first = Math.max(0, Math.floor(sight.from) - 1)
    const last = Math.min(this.bars.length - 1, Math.ceil(sight.to) + 1)
    const { most } = this.#range(Math.floor(sight.from), Math.ceil(sight.to))
    const [base, slope] = [zero * down, ((thousand - zero) * down) / 1000]
    const measures = { x0: at * across, dx, first, last, wide: width, high: height, ratio: across, base, slope, most }
    const roof = (height * FLOOR - down) / (most || 1)
    return { ...measures, y: (price) => base + slope * price, top: (volume) => height - down - volume * roof, tints: this.tints, lines: this.lines }
  }

  // The picture of all bars but the last: the kept one, pushed and added to, where it still is right.
  #keep(frame) {
    const end = Math.min(frame.last + 1, this.bars.length - 1)
    const kept = this.#kept && this.#pushed(this.#kept, frame) ? this.#kept : this.#begin(frame)
    stroke(kept.context, kept.frame, this.bars, kept.end, end)
    kept.end = Math.max(kept.end, end)
    this.#kept = kept
    return kept
  }

  // Whether a kept picture is right when moved by whole pixels. Bars wider than a pixel are drawn anew instead: few
  // enough are in sight, and each is to stand on its own pixel.
  #pushed(kept, frame) {
    if (kept.version !== this.#version || SAME.some((name) => kept.frame[name] !== frame[name])) return false
    const by = frame.x0 - kept.frame.x0
    kept.pushed = Math.round(by)
    return Math.abs(by) < 1e-6 || (frame.dx < 1 && by < 0 && by > -ROOM)
  }

  #begin(frame) {
    const [wide, high] = [frame.wide + ROOM, frame.high]
    if (this.#canvas?.width === wide && this.#canvas.height === high) this.#canvas.getContext("2d").clearRect(0, 0, wide, high)
    else this.#canvas = new OffscreenCanvas(wide, high)
    return { canvas: this.#canvas, context: this.#canvas.getContext("2d"), frame, version: this.#version, end: frame.first, pushed: 0 }
  }
}

// What must not have changed for a kept picture to be right.
const SAME = ["dx", "wide", "high", "ratio", "base", "slope", "most"]
