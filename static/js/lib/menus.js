// Menus (<details data-closes>) close on Escape, on a click elsewhere, and when another opens.

const open = () => document.querySelectorAll("details[data-closes][open]")

document.addEventListener("click", ({ target }) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false
})

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return
  for (const menu of open()) {
    menu.open = false
    menu.querySelector("summary").focus()
  }
})
