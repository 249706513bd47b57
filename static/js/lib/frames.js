// Drawing once a frame: whoever has news asks for the next frame, and draws what is latest when it comes.
// A hidden page draws nothing and is right again with its first frame.

export function onceAFrame(draw) {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      draw()
    })
  }
}

// Writing only what differs: the browser need not lay out what has not changed.
export const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text
}
