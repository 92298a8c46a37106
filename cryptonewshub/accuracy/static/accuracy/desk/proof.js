// The proof as a list: one item a finding, one main act an item.

import { button, element } from "./dom.js";

const GROUPS = [
  ["stop", "Stops publication"],
  ["question", "Questions"],
  ["note", "Notes"],
  ["cleared", "Cleared"],
];

/** Sets a proof into the place for it. Items that say the same as before are kept as they are, with what is open. */
export function setProof(target, proof, acts) {
  const kept = new Map([...target.querySelectorAll("[data-finding]")].map((item) => [item.dataset.said, item]));
  const groups = GROUPS.map(([weight, heading]) => {
    const entries = proof.entries.filter((entry) => entry.weight === weight);
    return entries.length ? group(weight, heading, entries, proof, acts, kept) : null;
  });
  target.replaceChildren(...[...groups, traced(proof, acts, target)].filter(Boolean));
}

function group(weight, heading, entries, proof, acts, kept) {
  const items = entries.map((entry) => {
    const said = JSON.stringify([entry, proof.sources]);
    return kept.get(said) ?? finding(entry, proof, acts, said);
  });
  return element(
    "section",
    { class: `desk__group desk__group--${weight}` },
    element("h3", { class: "desk__group-heading" }, `${heading} `, element("span", { class: "desk__count" }, String(entries.length))),
    element("ol", { class: "desk__list" }, ...items),
  );
}

function finding(entry, proof, acts, said) {
  const item = element("li", { class: "desk__finding", "data-finding": entry.id, "data-said": said, tabindex: "-1" });
  item.entry = entry;
  item.append(...[
    element(
      "h4",
      { class: "desk__heading" },
      element("span", { class: "desk__verdict" }, entry.heading),
      element("span", { class: "desk__where" }, entry.where),
    ),
    entry.comparison ? comparison(entry, proof) : element("blockquote", { class: "desk__words" }, entry.text),
    entry.given
      ? element("p", { class: "desk__advice" }, `${entry.given.reason} `, element("span", { class: "desk__from" }, `Cleared by ${entry.given.by}`))
      : element("p", { class: "desk__advice" }, entry.advice),
    entry.void ? element("p", { class: "desk__void" }, `Cleared before by ${entry.void.by}, for other words: “${entry.void.text}” They have changed, so it no longer holds.`) : null,
    element("div", { class: "desk__acts" }, ...acts.buttons(entry, item)),
  ].filter(Boolean));
  return item;
}

function comparison(entry, proof) {
  const { story, source, before, after, key, place, isSimilar } = entry.comparison;
  return element(
    "dl",
    { class: "desk__comparison" },
    side("The story", runs(story, "ins"), entry.speaker),
    side(
      isSimilar ? "The nearest place in the sources" : "The source",
      [around(`… ${before} `), ...runs(source, "del"), around(`${after} …`)],
      [sourceName(proof, key), place].filter(Boolean).join(", "),
    ),
  );
}

function side(label, words, from) {
  return element(
    "div",
    { class: "desk__side" },
    element("dt", {}, label),
    element("dd", {}, element("p", { class: "desk__words" }, ...words), from ? element("p", { class: "desk__from" }, from) : null),
  );
}

function runs(steps, tag) {
  return steps.flatMap(([op, words], index) => [
    index ? " " : "",
    op === "=" ? words : element(tag, { class: "desk__difference" }, words),
  ]);
}

function around(words) {
  return element("span", { class: "desk__around" }, words);
}

function sourceName(proof, key) {
  const source = proof.sources.find((each) => each.key === key);
  return source ? `${source.origin || source.title} (“${key}”)` : "";
}

function traced(proof, acts, target) {
  if (!proof.traced.length) return null;
  const isOpen = target.querySelector(".desk__traced")?.open ?? false;
  return element(
    "details",
    { class: "desk__traced", open: isOpen },
    element("summary", {}, `Traced quotations (${proof.traced.length})`),
    element("ol", { class: "desk__list" }, ...proof.traced.map((quotation) => tracedItem(quotation, proof, acts))),
  );
}

function tracedItem(quotation, proof, acts) {
  return element(
    "li",
    { class: "desk__traced-item" },
    element("blockquote", { class: "desk__words" }, quotation.text),
    element(
      "p",
      { class: "desk__from" },
      [quotation.heading, quotation.speaker, sourceName(proof, quotation.key), quotation.place, quotation.where].filter(Boolean).join(" · "),
    ),
    quotation.note ? element("p", { class: "desk__advice" }, quotation.note) : null,
    element("div", { class: "desk__acts" }, button("Go to the place", "button-secondary", () => acts.show(quotation))),
  );
}
