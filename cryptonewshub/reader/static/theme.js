// Remembers the colours that a reader chose, in their browser only. Without this script the choice holds for the page.
const root = document.documentElement;
let kept = "";
try {
  kept = localStorage.theme || "";
} catch {
  // Storage is off: the choice still holds for the page.
}
if (kept === "light" || kept === "dark") root.dataset.theme = kept;

addEventListener("DOMContentLoaded", () => {
  const choice = document.getElementById("theme-" + kept);
  if (choice) choice.checked = true;
  delete root.dataset.theme;
  // Whoever reads in another zone is offered their own.
  const times = [...document.querySelectorAll("time[datetime*=T]")];
  if (times.some(({ dateTime }) => !new Date(dateTime).toTimeString().startsWith(dateTime.slice(11, 16)))) {
    import(document.querySelector(".theme").dataset.zones);
  }
});

addEventListener("change", ({ target }) => {
  if (target.name !== "theme") return;
  try {
    if (target.value) localStorage.theme = target.value;
    else localStorage.removeItem("theme");
  } catch {
    // As above.
  }
});
