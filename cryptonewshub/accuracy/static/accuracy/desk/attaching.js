// Attaching a source: one of the archive, or a new one from an address, a file or pasted text. The source is entered in
// the form's own list of sources, where it can be seen, moved and deleted, and is saved with the draft.

import { button, element } from "./dom.js";
import { ask, send, sentenceOf } from "./asking.js";

const WAYS = [
  ["address", "From a web address", "Fetch and attach"],
  ["file", "From a file", "Read and attach"],
  ["text", "Pasted text", "Keep and attach"],
];

/** Opens the dialogue. `words` are those that a source is wanted for; `attached` is told the source when it is in. */
export function openAttaching({ words, archive, capture, attached }) {
  const problem = element("p", { class: "desk__refusal", role: "alert" });
  const list = element("div", { class: "desk-dialog__found", "aria-live": "polite" }, element("p", {}, "Looking in the archive …"));
  const finish = (source) => {
    dialog.close();
    attached(source);
  };
  const dialog = element(
    "dialog",
    { class: "story-dialog desk-dialog", "aria-labelledby": "desk-attaching-title" },
    element("h2", { id: "desk-attaching-title" }, "Attach a source"),
    words ? element("p", { class: "desk__words" }, `“${words}”`) : null,
    search(list, (asked) => fill(list, archive, asked, words, finish)),
    list,
    capturing(capture, problem, finish),
    problem,
    element("div", { class: "story-dialog__acts" }, button("Cancel", "button-secondary", () => dialog.close())),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  fill(list, archive, "", words, finish);
}

function search(list, look) {
  let timer;
  const field = element("input", { type: "search", id: "desk-archive-search", placeholder: "Title, speaker or publisher" });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(field.value), 200);
  });
  return element("div", { class: "desk-dialog__field" }, element("label", { for: "desk-archive-search" }, "Search the archive"), field);
}

async function fill(list, archive, asked, words, finish) {
  try {
    const { likely, others } = await ask(`${archive}?${new URLSearchParams({ q: asked, words: words ?? "" })}`);
    const found = [...(likely ? [choice(likely, finish, "Has these words, or nearly: ")] : []), ...others.map((source) => choice(source, finish))];
    list.replaceChildren(found.length ? element("ul", {}, ...found) : element("p", {}, "Nothing else in the archive. Take the document in below."));
  } catch (error) {
    list.replaceChildren(element("p", {}, sentenceOf(error)));
  }
}

function choice(source, finish, told = "") {
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: "story-choice", onclick: () => finish(source) },
      source.title,
      element("span", { class: "story-choice__from" }, `${told}${source.origin}`),
    ),
  );
}

function capturing(address, problem, finish) {
  if (!address) return null;
  return element("div", { class: "desk-dialog__ways" }, element("h3", {}, "Take in a new document"), ...WAYS.map((way) => captureForm(way, address, problem, finish)));
}

function captureForm([way, label, act], address, problem, finish) {
  const field = {
    address: () => element("input", { type: "url", id: "desk-capture-address", required: true, placeholder: "https://" }),
    file: () => element("input", { type: "file", id: "desk-capture-file", required: true }),
    text: () => element("textarea", { id: "desk-capture-text", rows: "5", required: true }),
  }[way]();
  const known = ["title", "speaker", "publisher", "published"].map((name) => described(way, name));
  const submit = element("button", { type: "submit", class: "button button-small" }, act);
  const form = element(
    "form",
    { class: "desk-dialog__capture" },
    element("label", { for: field.id }, { address: "Web address", file: "File", text: "Text" }[way]),
    field,
    element("div", { class: "desk-dialog__known" }, ...known.map(([, part]) => part)),
    submit,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    problem.textContent = "Reading the document …";
    try {
      const values = Object.fromEntries(known.map(([name, part]) => [name, part.querySelector("input").value]));
      finish(await send(address, { way, ...values, [way]: way === "file" ? field.files[0] : field.value }));
    } catch (error) {
      problem.textContent = sentenceOf(error);
      problem.scrollIntoView({ block: "nearest" });
    }
    submit.disabled = false;
  });
  return element("details", { name: "desk-capture" }, element("summary", {}, label), form);
}

function described(way, name) {
  const label = { title: "Title", speaker: "Who speaks in it", publisher: "Publisher", published: "Date" }[name];
  const id = `desk-capture-${way}-${name}`;
  const field = element("input", { id, type: name === "published" ? "date" : "text" });
  return [name, element("div", { class: "desk-dialog__field" }, element("label", { for: id }, label), field)];
}

/** Enters a source in the form's list of sources. Returns false when it is there already. */
export function enter(source) {
  const panel = window.wagtail.editHandler.getPanelByName("attached_sources");
  if (chosen().includes(String(source.id))) return false;
  const top = window.scrollY;
  panel.addForm();
  window.scrollTo({ top, behavior: "instant" });
  const prefix = `${panel.opts.formsetPrefix}-${panel.formCount - 1}`;
  const chooser = panel.chooserWidgetFactory.getById(`${prefix}-source`);
  chooser.setStateFromModalData({ id: source.id, string: source.name, edit_url: source.editAddress ?? null });
  const key = document.getElementById(`${prefix}-key`);
  if (!keys().includes(source.key)) key.value = source.key;
  key.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function rows() {
  return [...document.querySelectorAll("#id_attached_sources-FORMS > :not(.deleted)")];
}

function chosen() {
  return rows().map((row) => row.querySelector('input[name$="-source"]')?.value);
}

function keys() {
  return rows().map((row) => row.querySelector('input[name$="-key"]')?.value);
}
