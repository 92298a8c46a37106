// Times in the reader's own zone and language, on demand: a box below the colours. Only whoever reads in another zone
// than the newsroom's loads this (theme.js). The choice is remembered in their browser.
const ours = new Map(); // the site's words of each time that was rewritten
let isOwn = false;
try {
  isOwn = localStorage.zone === "own";
} catch {
  // Storage is off: the choice still holds for the page.
}

offer(document.querySelector(".theme"));
addEventListener("times", tell); // more of the page has come

function offer(colours) {
  const [line, label, box] = ["p", "label", "input"].map((name) => document.createElement(name));
  Object.assign(box, { type: "checkbox", checked: isOwn });
  box.addEventListener("change", () => choose(box.checked));
  label.append(box, ` ${colours.dataset.zone}`);
  line.className = "theme zone";
  line.append(label);
  colours.after(line);
  tell();
}

function choose(own) {
  isOwn = own;
  try {
    if (own) localStorage.zone = "own";
    else localStorage.removeItem("zone");
  } catch {
    // As above.
  }
  tell();
}

// Every time with a clock; a day without one stays the newsroom's.
function tell() {
  for (const time of document.querySelectorAll("time[datetime*=T]")) {
    const words = ours.get(time) ?? time.textContent;
    if (!/\d:\d\d/.test(words) || (!isOwn && !ours.has(time))) continue;
    ours.set(time, words);
    time.textContent = isOwn ? inOwnZone(new Date(time.dateTime), words, time.dateTime.slice(8, 10)) : words;
    if (isOwn) time.lang = navigator.language;
    else time.removeAttribute("lang");
  }
}

// With its day where the site's words have one, or where the day is another one in the reader's zone.
function inOwnZone(at, words, day) {
  const isDated = /\d{4}/.test(words) || at.getDate() !== Number(day);
  const date = isDated ? { day: "numeric", month: "long", year: "numeric" } : {};
  return at.toLocaleString(navigator.language, { ...date, hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
}
