// Signing a finding off with a reason, and taking that back: small forms inside the finding.

import { button, element } from "./dom.js";
import { send, sentenceOf } from "./asking.js";

let made = 0;

/** Opens the form for clearing a finding inside its item. Where this person may not clear it, it says why and who may. */
export function openSignOff(item, entry, address, done) {
  const { refusal, reasons, translators } = entry.signOff;
  if (refusal) {
    open(item, element("p", { class: "desk__refusal", role: "status" }, refusal));
    return;
  }
  const reason = reasonField("Why it may stand", reasons[0] && translators.length ? reasons[0] : "");
  const translator = translators.length ? translatorField(translators) : null;
  open(
    item,
    form("Clear", [ready(reasons, reason), reason.label, reason.field, ...(translator ?? [])], async () => {
      await send(address, { finding: entry.id, reason: reason.field.value, translator: translator?.[1].value });
      done(`Cleared: ${entry.heading.toLowerCase()}.`);
    }),
  );
  reason.field.focus();
}

/** Opens the form for taking a clearance back. */
export function openTakeBack(item, given, address, done) {
  const reason = reasonField("Why it is taken back", "");
  open(
    item,
    form("Take back", [reason.label, reason.field], async () => {
      await send(address, { clearance: given.id, reason: reason.field.value });
      done("The clearance was taken back.");
    }),
  );
  reason.field.focus();
}

function open(item, content) {
  item.querySelector(".desk__form, .desk__refusal")?.remove();
  item.append(content);
}

function form(label, fields, submit) {
  const problem = element("p", { class: "desk__refusal", role: "alert" });
  const made = element(
    "form",
    { class: "desk__form" },
    ...fields.filter(Boolean),
    problem,
    element("div", { class: "desk__acts" }, element("button", { type: "submit", class: "button button-small" }, label), button("Cancel", "button-secondary", () => close(made))),
  );
  made.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(made);
  });
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (made.ariaBusy) return; // pressed twice
    made.ariaBusy = "true";
    problem.textContent = "";
    try {
      await submit();
    } catch (error) {
      problem.textContent = sentenceOf(error);
      made.ariaBusy = null;
    }
  });
  return made;
}

function close(made) {
  const item = made.closest("[data-finding]");
  made.remove();
  item?.focus();
}

function reasonField(text, value) {
  const id = `desk-reason-${(made += 1)}`;
  const field = element("textarea", { id, rows: "2", required: true });
  field.value = value;
  return { label: element("label", { for: id }, text), field };
}

function ready(reasons, reason) {
  if (reasons.length < 2 && reason.field.value) return null;
  return element(
    "div",
    { class: "desk__ready" },
    ...reasons.map((sentence) =>
      element("button", { type: "button", class: "desk__ready-sentence", onclick: () => fill(reason.field, sentence) }, sentence),
    ),
  );
}

function fill(field, sentence) {
  field.value = sentence;
  field.focus();
}

function translatorField(translators) {
  const id = `desk-translator-${(made += 1)}`;
  const options = translators.map(({ id: number, name }) => element("option", { value: String(number) }, name));
  return [element("label", { for: id }, "Translated by"), element("select", { id }, ...options)];
}
