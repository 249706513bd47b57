// The one place that knows Plotly: it is fetched when the first figure comes into view, dressed in our tokens,
// and speaks Korean by itself, because every label arrives as text.
import { preference } from "#lib/preferences"

const CONFIG = { displayModeBar: false, responsive: true, doubleClick: "reset", scrollZoom: false }
const MARGIN = { l: 10, r: 64, t: 8, b: 22 }
const SHORT_MARGIN = { ...MARGIN, l: 6, r: 56 }

let loading

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

// light-dark() stays unresolved in a custom property; an element's own colour is resolved.
function colour(name, probe) {
  probe.style.color = `var(--${name})`
  return getComputedStyle(probe).color
}

export async function draw(frame, figure) {
  const Plotly = await (loading ??= import("plotly").then(() => globalThis.Plotly))
  const dressed = dress(figure, frame)
  await Plotly.react(frame, dressed.data, dressed.layout, CONFIG)
  frame.removeAllListeners("plotly_click")
  frame.on("plotly_click", ({ points: [point] }) => follow(figure.data[point.curveNumber].meta?.links?.[point.pointNumber]))
}

// A bar or a dot leads to what it is made of.
function follow(address) {
  if (address) location.assign(address)
}

export function erase(frame) {
  globalThis.Plotly?.purge(frame)
}

function dress({ data, layout }, frame) {
  const inks = new Map()
  const ink = (name) => inks.get(name) ?? inks.set(name, colour(name, frame)).get(name)
  const hidden = preference("amounts") === "hidden"
  const axis = {
    fixedrange: true, zeroline: false, showline: false, gridcolor: ink("grid"), tickfont: { color: ink("axis"), size: 11 },
  }
  const amounts = { ...axis, showticklabels: !hidden, zeroline: true, zerolinecolor: ink("line-strong") }
  const dressed = {
    data: data.map((trace) => dressTrace(trace, ink, hidden)),
    layout: {
      ...layout,
      autosize: true,
      margin: frame.clientWidth < 500 ? SHORT_MARGIN : MARGIN,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      showlegend: false,
      dragmode: false,
      hovermode: layout.hovermode ?? "x",
      font: { family: token("font"), size: 11, color: ink("ink") },
      hoverlabel: { bgcolor: ink("ink"), bordercolor: ink("ink"), font: { color: ink("on-ink"), family: token("font") }, align: "left" },
      xaxis: { ...axis, ...layout.xaxis, ticks: "", showspikes: true, spikemode: "across", spikethickness: 1, spikedash: "dot", spikecolor: ink("ink-3") },
      yaxis: { ...amounts, ...layout.yaxis },
      yaxis2: { ...amounts, ...layout.yaxis2 },
      annotations: hidden ? [] : (layout.annotations ?? []).map((label) => dressLabel(label, ink)),
    },
  }
  frame.style.color = ""
  return dressed
}

function dressTrace({ meta = {}, ...trace }, ink, hidden) {
  return {
    ...trace,
    // Plotly stumbles over a part that is there and undefined.
    ...(meta.line && { line: { ...trace.line, color: ink(meta.line) } }),
    ...(meta.fill && { fillcolor: ink(meta.fill) }),
    ...(meta.bars && { marker: { ...trace.marker, color: meta.bars.map(ink) } }),
    hoverinfo: hidden ? "skip" : trace.hoverinfo,
    hovertemplate: hidden ? undefined : trace.hovertemplate,
  }
}

// "tag" is the last value, a filled label on the axis; everything else is a word beside the line.
function dressLabel(label, ink) {
  const font = { size: 11 }
  if (label.name !== "tag") return { ...label, font: { ...font, color: ink(label.name) } }
  return { ...label, bgcolor: ink("ink"), borderpad: 3, xshift: 6, font: { ...font, color: ink("on-ink"), weight: 700 } }
}
