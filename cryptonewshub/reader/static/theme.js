// Remembers the colours that a reader chose, in their browser only, and loads what few need. Without it all can be read.
const root = document.documentElement;
let kept;
try {
  kept = localStorage.theme;
} catch {
  // Storage is off: the choice still holds for the page.
}
if (kept) root.dataset.theme = kept;

addEventListener("DOMContentLoaded", () => {
  const choice = document.getElementById("theme-" + kept);
  if (choice) choice.checked = true;
  delete root.dataset.theme;
  // Whoever reads in another zone is offered their own.
  const times = [...document.querySelectorAll("time[datetime*=T]")];
  if (times.some(({ dateTime }) => !new Date(dateTime).toTimeString().startsWith(dateTime.slice(11, 16)))) {
    import(document.querySelector(".theme").dataset.zones);
  }
  // Whoever comes for the first time is given the page for when there is no connection.
  if (navigator.serviceWorker?.controller === null) import("/offline.js");
});

addEventListener("change", ({ target }) => {
  if (target.name !== "theme") return;
  try {
    localStorage.theme = target.value;
  } catch {
    // As above.
  }
});
