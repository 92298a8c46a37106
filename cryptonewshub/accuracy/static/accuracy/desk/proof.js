// The proof as a list: one item a finding, one main act an item.

import { button, element } from "./dom.js";

const GROUPS = [
  ["stop", "Stops publication"],
  ["question", "Questions"],
  ["note", "Notes"],
  ["cleared", "Cleared"],
];

/**
 * Sets a proof into the place for it. An item that says the same as before is not touched, with what is open and typed in
 * it; a form that is open in an item that says something else now goes over to the new one.
 */
export function setProof(target, proof, acts) {
  const before = new Map([...target.querySelectorAll("[data-finding]")].map((item) => [item.dataset.finding, item]));
  const groups = GROUPS.map(([weight, heading]) => {
    const entries = proof.entries.filter((entry) => entry.weight === weight);
    return entries.length ? group(target, weight, heading, entries.map((entry) => finding(entry, proof, acts, before.get(entry.id)))) : null;
  });
  arrange(target, [...groups, traced(proof, acts, target)].filter(Boolean));
}

/** Makes these the children, in this order, and moves none that stands in its place: to move is to lose focus and clicks. */
function arrange(parent, children) {
  for (const child of [...parent.children]) if (!children.includes(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

function group(target, weight, heading, items) {
  const section = target.querySelector(`.desk__group--${weight}`) ?? element(
    "section",
    { class: `desk__group desk__group--${weight}` },
    element("h3", { class: "desk__group-heading" }, `${heading} `, element("span", { class: "desk__count" })),
    element("ol", { class: "desk__list" }),
  );
  section.querySelector(".desk__count").textContent = String(items.length);
  arrange(section.querySelector(".desk__list"), items);
  return section;
}

function finding(entry, proof, acts, before) {
  const said = JSON.stringify([entry, proof.sources]);
  if (before?.dataset.said === said) return before;
  const item = element("li", { class: "desk__finding", "data-finding": entry.id, "data-said": said, "data-weight": entry.weight, tabindex: "-1" });
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
    before?.dataset.weight === entry.weight ? before.querySelector(".desk__form") : null,
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
  const said = JSON.stringify([proof.traced, proof.sources]);
  const before = target.querySelector(".desk__traced");
  if (before?.dataset.said === said) return before;
  return element(
    "details",
    { class: "desk__traced", "data-said": said, open: before?.open ?? false },
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
