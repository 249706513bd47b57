// Candles, volumes and averages as strokes on a canvas, in whole pixels. Knows no library: a frame says where things are.
// A frame: {x0, dx, wide, high} pixels of bar 0's middle, between bars, across and down; y(price) and top(volume) in
// pixels; tints {rise, fall, volumes: [rise, fall]}; lines [{tint, values}].

// Volumes take this share of the height, from the bottom.
export const FLOOR = 0.18

// The width of a candle's body: narrow ones nearly touch, wide ones keep a fifth of their room free. An odd wick (one
// pixel of the screen) stands in the middle of an odd body.
export function bodyWidth(dx, ratio) {
  const wick = Math.max(1, Math.floor(ratio))
  const spacing = dx / ratio
  let width = Math.floor(3 * ratio)
  if (spacing < 2.5 || spacing > 4) {
    const share = 1 - (0.2 * Math.atan(Math.max(4, spacing) - 4)) / (Math.PI * 0.5)
    width = Math.max(wick, Math.min(Math.floor(dx * share), Math.floor(dx)))
  }
  return width > wick && width % 2 !== wick % 2 ? width - 1 : width
}

// Bars from `first` up to but without `end`.
export function stroke(context, frame, bars, first, end) {
  if (first >= end) return
  if (frame.dx < 1) crowd(context, frame, bars, first, end)
  else row(context, frame, bars, first, end)
  for (const line of frame.lines) average(context, frame, line, first, end)
}

const place = ({ x0, dx }, n) => Math.round(x0 + n * dx)

function row(context, frame, bars, first, end) {
  const { y, ratio, tints } = frame
  const body = bodyWidth(frame.dx, ratio)
  const wick = Math.min(body, Math.max(1, Math.floor(ratio)))
  for (let n = first; n < end; n += 1) {
    const [, open, high, low, close] = bars[n]
    const x = place(frame, n)
    const [above, below] = [Math.round(y(Math.max(open, close))), Math.round(y(Math.min(open, close)))]
    const [top, bottom] = [Math.round(y(high)), Math.round(y(low))]
    context.fillStyle = close >= open ? tints.rise : tints.fall
    if (body > wick) context.fillRect(x - (body >> 1), above, body, below - above + 1)
    context.fillRect(x - (wick >> 1), top, wick, bottom - top + 1)
  }
  const gap = frame.dx <= 1 ? 0 : Math.max(1, Math.floor(ratio))
  // Wide columns touch but for the gap; among narrow ones a pixel more would be seen, so all are as wide as the least.
  const least = Math.floor(frame.dx) - gap
  const half = Math.max(0, least < 4 ? least : Math.round(frame.dx) - gap) >> 1
  for (let n = first; n < end; n += 1) {
    const x = place(frame, n)
    column(context, frame, bars[n], x - half, Math.max(1, least < 4 ? least : place(frame, n + 1) - x - gap))
  }
}

function column(context, frame, [, open, , , close, volume], x, width) {
  if (!volume) return
  const top = Math.round(frame.top(volume))
  context.fillStyle = frame.tints.volumes[close >= open ? 0 : 1]
  context.fillRect(x, top, width, frame.high - top)
}

// Bars that share a pixel are one candle, as high and low as all of them, and one volume, the largest. Thousands of
// them are stroked colour by colour: changing it costs as much as a stroke.
function crowd(context, frame, bars, first, end) {
  const { x0, dx, y, tints } = frame
  const [candles, volumes] = [
    [[], []],
    [[], []],
  ]
  for (let n = first; n < end; ) {
    const x = place(frame, n)
    const next = Math.min(end, Math.max(n + 1, Math.ceil((x + 0.5 - x0) / dx)))
    const open = bars[n][1]
    let [high, low, most] = [-Infinity, Infinity, bars[n]]
    for (; n < next; n += 1) {
      const bar = bars[n]
      if (bar[2] > high) high = bar[2]
      if (bar[3] < low) low = bar[3]
      if (bar[5] > most[5]) most = bar
    }
    const top = Math.round(y(high))
    candles[bars[n - 1][4] >= open ? 0 : 1].push(x, top, Math.round(y(low)) - top + 1)
    if (!most[5]) continue
    const roof = Math.round(frame.top(most[5]))
    volumes[most[4] >= most[1] ? 0 : 1].push(x, roof, frame.high - roof)
  }
  for (const [n, tint] of [tints.rise, tints.fall].entries()) slivers(context, tint, candles[n])
  for (const [n, tint] of tints.volumes.entries()) slivers(context, tint, volumes[n])
}

// One pixel wide: x, top and height, one after another.
function slivers(context, tint, three) {
  context.fillStyle = tint
  for (let n = 0; n < three.length; n += 3) context.fillRect(three[n], three[n + 1], 1, three[n + 2])
}

// From the bar before the first, so that pieces drawn one after another hang together.
function average(context, frame, { tint, values }, first, end) {
  const { x0, dx, y, ratio } = frame
  context.strokeStyle = tint
  context.lineWidth = Math.max(1, Math.floor(ratio))
  context.lineJoin = "round"
  context.beginPath()
  let [pen, before] = [false, -Infinity]
  for (let n = Math.max(0, first - 1); n < end; n += 1) {
    const [value, x] = [values[n], x0 + n * dx]
    // Less than a pixel on, nothing would be seen of it: the next bars say more.
    if (Number.isNaN(value) || (x - before < 1 && n < end - 1)) continue
    if (pen) context.lineTo(x, y(value))
    else context.moveTo(x, y(value))
    pen = true
    before = x
  }
  context.stroke()
}
