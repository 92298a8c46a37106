// Comments in place: brings a story's thread below it, and sends what readers write with a proof of work.
// Without this script everything works by links and forms. It makes no HTML from text.

const shelf = document.querySelector("[data-thread]");

async function bring(section) {
  const style = document.createElement("link");
  Object.assign(style, { rel: "stylesheet", href: section.dataset.style });
  document.head.append(style);
  const request = new XMLHttpRequest();
  request.open("GET", section.dataset.thread);
  request.responseType = "document";
  request.onload = () => {
    const found = request.status === 200 && request.response?.getElementById("conversation");
    if (!found) return;
    section.querySelector("p").replaceWith(document.importNode(found, true));
    dispatchEvent(new Event("times"));
    for (const form of section.querySelectorAll("[data-say]")) take(form);
    const wanted = location.hash.match(/^#c\d+$/) && section.querySelector(location.hash);
    if (wanted) wanted.scrollIntoView();
  };
  request.send();
}

// The sum: find the number whose SHA-256 with the salt is the challenge.
async function prove() {
  if (!globalThis.crypto?.subtle) return "";
  const answer = await fetch("/comments/challenge/");
  if (!answer.ok) return "";
  const { algorithm, challenge, maxNumber, salt, signature } = await answer.json();
  const wanted = Uint8Array.from(challenge.match(/../g), (pair) => parseInt(pair, 16));
  const bytes = new TextEncoder();
  for (let first = 0; first <= maxNumber; first += 500) {
    const sums = await Promise.all(
      Array.from({ length: 500 }, (_, at) => crypto.subtle.digest("SHA-256", bytes.encode(salt + (first + at)))),
    );
    const at = sums.findIndex((sum) => new Uint8Array(sum).every((byte, index) => byte === wanted[index]));
    if (at >= 0) return btoa(JSON.stringify({ algorithm, challenge, number: first + at, salt, signature }));
  }
  return "";
}

function take(form) {
  let proof;
  const state = form.querySelector(".state");
  form.addEventListener("focusin", () => (proof ??= prove().catch(() => "")), { once: true });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    clear(form);
    state.textContent = form.dataset.sending;
    try {
      form.elements.proof.value = await (proof ?? prove().catch(() => ""));
      proof = undefined;
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      const type = answer.headers.get("content-type") ?? "";
      show(form, type.includes("json") ? await answer.json() : { errors: { "": await answer.text() } });
    } catch {
      state.textContent = form.dataset.away;
    }
    button.disabled = false;
  });
}

function clear(form) {
  for (const wrong of form.querySelectorAll(".wrong")) wrong.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

function show(form, { errors, sentence, mine }) {
  const state = form.querySelector(".state");
  state.textContent = sentence ?? "";
  for (const [name, text] of Object.entries(errors ?? {})) {
    const field = name && form.elements[name];
    const wrong = element("p", text, "wrong");
    wrong.setAttribute("role", "alert");
    if (!field) form.prepend(wrong);
    else {
      field.closest("p").after(wrong);
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  }
  if (errors) return;
  const said = element("article", "", "comment waiting");
  if (form.elements.body) {
    said.append(element("b", form.elements.name.value), element("p", form.elements.body.value));
    form.elements.parent.value = "";
  }
  const words = element("p", sentence);
  if (mine) words.append(" ", Object.assign(element("a", form.dataset.mine), { href: mine }));
  words.setAttribute("role", "status");
  words.tabIndex = -1;
  said.append(words);
  form.before(said);
  state.textContent = "";
  form.hidden = true;
  words.focus();
}

function element(name, text, type = "") {
  return Object.assign(document.createElement(name), { textContent: text, className: type });
}

// Answering a comment brings the form below it; the box that it came from brings it back.
let writing;
document.addEventListener("click", (event) => {
  const box = document.querySelector("#write");
  const form = (writing ??= box?.querySelector("form"));
  if (form && event.target.closest?.("#write > summary")) {
    form.elements.parent.value = "";
    form.querySelector(".answering").hidden = true;
    box.append(form);
  }
  const link = event.target.closest?.("a[data-reply]");
  if (!form || !link) return;
  event.preventDefault();
  const comment = link.closest(".comment");
  form.elements.parent.value = link.dataset.reply;
  const answering = form.querySelector(".answering");
  answering.hidden = false;
  answering.querySelector("b").textContent = comment.querySelector("b").textContent;
  comment.after(form);
  form.hidden = false;
  form.elements.body.focus();
});

// Words selected in the story are offered as what a comment answers, or what a report is about.
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const words = chosen.toString().trim();
  const story = document.querySelector(".story .text");
  if (!words || words.length > 500 || !story?.contains(chosen.anchorNode) || !story.contains(chosen.focusNode)) return;
  for (const field of document.querySelectorAll("textarea[name=quote], textarea[name=passage]")) {
    if (!field.value || field.dataset.offered === field.value) field.dataset.offered = field.value = words;
  }
});

for (const form of document.querySelectorAll("[data-say]")) take(form);
if (shelf) {
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      bring(shelf);
    },
    { rootMargin: "600px" },
  );
  near.observe(shelf);
  if (/^#c\d+$/.test(location.hash)) shelf.scrollIntoView();
}
