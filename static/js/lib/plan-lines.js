// Taking hold of the stop or the target in a trade's chart and carrying it to another price.
// The price is written into the box of the review's form, which saves it: what refuses a typed price refuses this one.

const BOXES = { stop: "planned_stop", goal: "planned_target" }
const box = (kind) => document.querySelector(`#trade-review [name=${BOXES[kind]}]`)

// `may` says whether lines can be moved now: not on adjusted prices, which nobody traded at.
export function carriable(plot, drawing, may, signal) {
  let held
  const height = ({ clientY }) => clientY - plot.getBoundingClientRect().top
  const loose = () => {
    held = undefined
    drawing.hold(false)
  }

  plot.addEventListener(
    "pointerdown",
    (event) => {
      const line = may() && event.button === 0 && drawing.lineAt(height(event))
      if (!line || !writable(line.kind)) return
      event.preventDefault()
      event.stopPropagation()
      held = { line, before: line.price }
      drawing.hold(true)
      plot.setPointerCapture(event.pointerId)
    },
    { capture: true, signal },
  )
  plot.addEventListener(
    "pointermove",
    (event) => {
      if (held) box(held.line.kind).value = drawing.carry(held.line, height(event)).toLocaleString("ko")
      else plot.classList.toggle("on-line", Boolean(may() && drawing.lineAt(height(event))))
    },
    { signal },
  )
  plot.addEventListener(
    "pointerup",
    () => {
      if (!held) return
      const { line, before } = held
      loose()
      if (line.price !== before) box(line.kind).dispatchEvent(new Event("change", { bubbles: true }))
    },
    { signal },
  )
  plot.addEventListener("pointercancel", loose, { signal })
}

const writable = (kind) => {
  const field = box(kind)
  return Boolean(field && !field.matches(":disabled"))
}
