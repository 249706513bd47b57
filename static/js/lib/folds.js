// A fold (<details id>) stays as the reader left it when its region refreshes.

const left = new Map() // id -> open

// "toggle" does not bubble; the document hears it on the way down.
document.addEventListener("toggle", ({ target }) => target.id && left.set(target.id, target.open), true)

document.addEventListener("htmx:load", ({ detail }) => {
  for (const fold of detail.elt.querySelectorAll("details[id]"))
    if (left.has(fold.id)) fold.open = left.get(fold.id)
})
