// Elements are made of text and attributes, never of markup: what a story or a source says stays text.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function button(label, className, onclick, attributes = {}) {
  return element("button", { type: "button", class: `button button-small ${className}`, onclick, ...attributes }, label);
}
