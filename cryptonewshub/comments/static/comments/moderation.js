// Keys for moderators. Each does what a button or a link on the screen does; without this script those remain.

const rows = [...document.querySelectorAll(".moderation .row")];
let here = -1;
let wanted = null;

function go(to) {
  if (!rows[to]) return;
  rows[here]?.classList.remove("here");
  here = to;
  rows[here].classList.add("here");
  rows[here].scrollIntoView({ block: "nearest" });
  rows[here].querySelector("input, a")?.focus({ preventScroll: true });
}

const inTheList = {
  j: () => go(here + 1),
  k: () => go(Math.max(0, here - 1)),
  x: () => rows[here]?.querySelector("input[type=checkbox]")?.click(),
  Enter: () => rows[here]?.querySelector("a")?.click(),
  "/": () => document.querySelector(".moderation input[type=search]")?.focus(),
};

function askForReason(button) {
  wanted = button;
  const reasons = document.querySelector(".reasons");
  reasons.classList.add("wanted");
  reasons.querySelector("input")?.focus();
}

function chooseReason(number) {
  const reason = document.querySelectorAll(".reasons input[type=radio]")[number - 1];
  if (!reason) return;
  reason.checked = true;
  wanted.form.requestSubmit(wanted);
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
  const act = document.querySelector(`.moderation [data-key="${CSS.escape(event.key)}"]`);
  const reasoned = document.querySelector(`.moderation [data-reason-key="${CSS.escape(event.key)}"]`);
  const field = document.querySelector(`.moderation [data-focus-key="${CSS.escape(event.key)}"]`);
  if (wanted && /^[1-9]$/.test(event.key)) chooseReason(Number(event.key));
  else if (reasoned) askForReason(reasoned);
  else if (act) act.click();
  else if (field) field.focus();
  else if (rows.length && event.key in inTheList && !(event.key === "Enter" && event.target.matches("a, button"))) inTheList[event.key]();
  else return;
  event.preventDefault();
});

document.querySelector(".moderation [data-all]")?.addEventListener("change", (event) => {
  for (const box of document.querySelectorAll(".moderation .row input[type=checkbox]")) box.checked = event.target.checked;
});
