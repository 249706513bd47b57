// Runs before the first paint: the reader's theme and colours and the wish to hide amounts must not flash.
{
  const root = document.documentElement
  const theme = localStorage.getItem("theme")
  if (theme === "light" || theme === "dark") root.dataset.theme = theme
  if (localStorage.getItem("amounts") === "hidden") root.dataset.amounts = "hidden"
  const palette = localStorage.getItem("palette")
  if (palette) root.dataset.palette = palette
  if (localStorage.getItem("density") === "wide") root.dataset.density = "wide"
  // What protects the reader here, and this browser lacks (README, Browsers): the way in says so.
  const lacks = ["SecurityPolicyViolationEvent", "PublicKeyCredential"].filter((name) => !(name in globalThis))
  if (lacks.length > 0) root.dataset.lacks = lacks.join(" ")
}
