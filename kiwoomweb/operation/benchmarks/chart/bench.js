// The benchmark's page: five thousand bars drawn and moved, with the product's own modules or with Plotly.
// Each function answers {load, screen, seen}, milliseconds to load and from bars in hand to the frame that shows them,
// and leaves window.tick: one trade moves the chart in a frame of its own, answered with {update, drawn}, milliseconds
// of the call and of all script until its picture. Script the browser counts itself, in the thread's own time; what
// waiting for frames costs of it, window.still tells: the same without a trade.
const MINUTE = 60
const FIRST = Date.UTC(2026, 0, 5) / 1000
const LENGTHS = [5, 20, 60]
const ALL_DAY = [0, 86_400]
const TICKS_A_BAR = 50

const frames = window.requestAnimationFrame.bind(window)
let inFrames = 0
// Script that runs inside animation frames is counted too: a chart draws there.
window.requestAnimationFrame = (draw) =>
  frames((at) => {
    const began = performance.now()
    draw(at)
    inFrames += performance.now() - began
  })

// Two frames on, what was drawn in the first has been painted.
const painted = () => new Promise((done) => frames(() => frames(done)))

// The same walk every time.
function* walk() {
  let seed = 20_261_120
  let price = 72_400
  for (;;) {
    seed = (seed * 48_271) % 2_147_483_647
    price = Math.max(1_000, price + 100 * ((seed % 7) - 3))
    yield price
  }
}

function bars(count) {
  const prices = walk()
  return Array.from({ length: count }, (_, n) => {
    const four = [0, 1, 2, 3].map(() => prices.next().value)
    return [FIRST + n * MINUTE, four[0], Math.max(...four), Math.min(...four), four[3], 1_000 + (n % 97) * 10]
  })
}

function* ticks(last) {
  const prices = walk()
  for (let n = 1; ; n += 1) yield [n, last[0] - 9 * 3600 + MINUTE * Math.ceil(n / TICKS_A_BAR), prices.next().value, 0, 10]
}

function moved(last, move) {
  const coming = ticks(last)
  const framed = (act) =>
    new Promise((done) =>
      frames(() => {
        inFrames = 0
        const began = performance.now()
        act()
        const update = performance.now() - began
        painted().then(() => done({ update, drawn: update + inFrames }))
      }),
    )
  window.tick = () => framed(() => move(coming.next().value))
  window.still = () => framed(() => {})
}

window.ours = async (many) => {
  const box = document.querySelector("#box")
  let began = performance.now()
  const [{ CandleChart }, { Series }] = await Promise.all([import("#lib/chart"), import("#lib/series")])
  const load = performance.now() - began
  const told = bars(many)
  began = performance.now()
  const series = new Series({ daily: ALL_DAY, fine: ALL_DAY })
  series.load(told, "1m", Infinity)
  const chart = new CandleChart(box, "1m", { averages: LENGTHS })
  chart.show(series.bars)
  chart.chart.timeScale().fitContent()
  await painted()
  const screen = performance.now() - began
  const { from, to } = chart.chart.timeScale().getVisibleLogicalRange()
  moved(told[told.length - 1], (tick) => {
    series.prints({ prints: [tick] })
    chart.move(series.bars, series.changed())
  })
  return { load, screen, seen: to - from }
}

// Plotly's cartesian bundle has no candlestick: the same picture of bars, wicks, volume and averages.
window.plotly = async (many) => {
  const box = document.querySelector("#box")
  let began = performance.now()
  await import("plotly")
  const load = performance.now() - began
  const told = bars(many)
  began = performance.now()
  await globalThis.Plotly.newPlot(box, traces(told), look(told), { displayModeBar: false })
  await painted()
  const screen = performance.now() - began
  moved(told[told.length - 1], ([, at, price]) => {
    const time = at + 9 * 3600
    const last = told[told.length - 1]
    if (time > last[0]) told.push([time, price, price, price, price, 10])
    else told[told.length - 1] = [last[0], last[1], Math.max(last[2], price), Math.min(last[3], price), price, last[5] + 10]
    globalThis.Plotly.react(box, traces(told), look(told), { displayModeBar: false })
  })
  return { load, screen, seen: told.length }
}

function traces(told) {
  const x = told.map((_, n) => n)
  const colours = told.map(([, open, , , close]) => (close >= open ? "#cf1430" : "#1450c8"))
  const wicks = { x: x.flatMap((n) => [n, n, null]), y: told.flatMap(([, , high, low]) => [high, low, null]) }
  const bodies = { y: told.map(([, open, , , close]) => Math.abs(close - open)), base: told.map(([, open, , , close]) => Math.min(open, close)) }
  return [
    { type: "scatter", mode: "lines", ...wicks, line: { width: 1 } },
    { type: "bar", x, ...bodies, marker: { color: colours } },
    { type: "bar", x, y: told.map((bar) => bar[5]), yaxis: "y2", marker: { color: colours } },
    ...LENGTHS.map((length) => ({ type: "scatter", mode: "lines", x, y: means(told, length), line: { width: 1 } })),
  ]
}

function means(told, length) {
  let sum = 0
  return told.map((bar, n) => {
    sum += bar[4] - (n >= length ? told[n - length][4] : 0)
    return n >= length - 1 ? sum / length : null
  })
}

const look = (told) => ({
  showlegend: false,
  hovermode: false,
  bargap: 0,
  barmode: "overlay",
  xaxis: { range: [0, told.length], rangeslider: { visible: false } },
  yaxis: { domain: [0.22, 1] },
  yaxis2: { domain: [0, 0.18], anchor: "x" },
})
