// The Desk panel: asks for the proof of the newest draft, after the page has come and after every save, and sets it.
// It never holds up typing: there is one question on its way at a time, and the editor's own saving goes first.

import { locate, replace, show } from "./editor.js";
import { ask, sentenceOf } from "./asking.js";
import { enter, openAttaching } from "./attaching.js";
import { button, element } from "./dom.js";
import { setProof } from "./proof.js";
import { keepSaved, saveSoon } from "./saving.js";
import { openSignOff, openTakeBack } from "./signing.js";

const PAUSE = 400; // milliseconds after a save before the desk is asked

class Desk {
  constructor(frame) {
    this.frame = frame;
    this.number = Number(frame.dataset.number);
    this.sentence = frame.querySelector("[data-desk-sentence]");
    this.list = frame.querySelector("[data-desk-proof]");
    this.panel = document.querySelector('[data-side-panel="desk"]');
    this.counter = document.querySelector('[data-side-panel-toggle="desk"] [data-side-panel-toggle-counter]');
    this.form = document.querySelector("form[data-edit-form]");
    this.isAsking = this.isAskedAgain = false;
    this.released = Promise.resolve();
    this.panel.addEventListener("pointerdown", (event) => this.pressed(event));
    frame.querySelector("[data-desk-attach]").addEventListener("click", () => this.attach(""));
    keepSaved(this.form);
    document.addEventListener("w-autosave:success", (event) => this.saved(event.detail.response));
    document.addEventListener("keydown", (event) => this.keyFromAnywhere(event));
    frame.addEventListener("keydown", (event) => this.keyInPanel(event));
    if ("refused" in frame.dataset) this.open();
    if (this.number) this.ask();
  }

  open() {
    this.panel.dispatchEvent(new CustomEvent("open"));
  }

  saved(response) {
    this.number = response?.pk ?? this.number;
    if (this.isAttachWanted) this.attach("");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.isAskedAgain = this.isAsking;
    if (this.isAsking || !this.number) return;
    this.isAsking = true;
    this.frame.setAttribute("aria-busy", "true");
    try {
      const proof = await ask(this.address(""));
      await this.released;
      this.set(proof);
    } catch (error) {
      this.sentence.textContent = error.sentence ?? "The desk could not be asked. It tries again after the next change.";
    }
    this.frame.removeAttribute("aria-busy");
    this.isAsking = false;
    if (this.isAskedAgain) this.ask();
  }

  /** Nothing moves under a pressed pointer: what is let go of would not be what was pressed. */
  pressed(event) {
    if (event.button !== 0) return;
    this.released = new Promise((resolve) => {
      const heard = new AbortController();
      const letGo = () => setTimeout(resolve, 0, heard.abort()); // after the click
      for (const name of ["pointerup", "pointercancel", "contextmenu"]) document.addEventListener(name, letGo, { capture: true, signal: heard.signal });
    });
  }

  address(act) {
    return this.frame.dataset.proof.replace("/0/", `/${this.number}/`) + act;
  }

  set(proof) {
    const active = document.activeElement;
    const focused = active?.closest("[data-finding]")?.dataset.finding;
    this.proof = proof;
    this.sentence.textContent = proof.sentence;
    this.frame.dataset.state = proof.stopping ? "stopped" : "ready";
    this.counter.textContent = String(proof.stopping);
    this.counter.hidden = proof.stopping === 0;
    setProof(this.list, proof, this);
    if (focused && document.activeElement !== active) {
      if (active.isConnected) active.focus({ preventScroll: true });
      else this.focus(this.findings().find((item) => item.dataset.finding === focused) ?? this.findings()[0]);
    }
    this.linkReasons();
    document.dispatchEvent(new CustomEvent("desk:proof", { detail: proof }));
  }

  /** A finding's buttons, the main act first. */
  buttons(entry, item) {
    if (entry.weight === "cleared") {
      const takeBack = entry.given && act("Take back", "clear", () => openTakeBack(item, entry.given, this.address("take-back/"), (told) => this.did(told)));
      return [this.goTo(entry), takeBack].filter(Boolean);
    }
    const isTranslation = entry.signOff?.translators.length > 0;
    const possible = [
      entry.correction !== null && act("Correct to the source’s words", "correct", () => this.correct(entry), { title: `The story will say: “${entry.correction}”` }),
      this.goTo(entry),
      entry.isSourceWanted && act(this.proof.sources.length ? "Attach another source" : "Attach a source", "attach", () => this.attach(entry.text)),
      entry.signOff && act(isTranslation ? "Sign off the translation" : "Clear with a reason", "clear", () => openSignOff(item, entry, this.address("clear/"), (told) => this.did(told))),
    ].filter(Boolean);
    const main = possible.findIndex((each) => each.dataset.act === entry.act);
    possible.forEach((each, index) => each.classList.toggle("button-secondary", index !== main));
    return main > 0 ? [...possible.splice(main, 1), ...possible] : possible;
  }

  goTo(entry) {
    return act("Go to the place", "show", () => this.show(entry));
  }

  /** A story that was never saved is saved first: sources are chosen for a story. */
  attach(words) {
    this.isAttachWanted = !this.number;
    if (this.isAttachWanted) {
      const hasHeadline = Boolean(document.getElementById("id_title").value.trim());
      this.say(hasHeadline ? "Saving the draft first …" : "Give the story a headline first; then the draft can be saved.");
      return;
    }
    openAttaching({
      words,
      archive: this.address("archive/"),
      capture: this.frame.dataset.mayCapture === undefined ? null : this.address("capture/"),
      attached: (source) => this.say(enter(source) ? `Attached: ${source.title}.` : `“${source.title}” is attached already.`),
    });
  }

  show(entry) {
    const place = locate(entry.spot, entry.text);
    if (place) show(place);
    else this.say("These words have changed since the desk read them. It is reading again.");
    return place;
  }

  correct(entry) {
    const place = locate(entry.spot, entry.text);
    if (!place) {
      this.say("These words have changed since the desk read them. It is reading again.");
      return;
    }
    replace(place, entry.correction);
    show(locate(entry.spot, entry.correction) ?? place);
    this.say("Corrected. Undo with the keyboard if it was not meant.");
  }

  /** Says what was done in the form, and has it saved, upon which the desk is asked again. */
  say(sentence) {
    this.sentence.textContent = sentence;
    saveSoon(this.form);
  }

  /** Says what was done on the server, and asks for the proof as it is now. */
  did(sentence) {
    this.sentence.textContent = sentence;
    this.ask();
  }

  findings() {
    return [...this.list.querySelectorAll("[data-finding]")];
  }

  focus(item) {
    if (!item) return;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  step(by) {
    const items = this.findings();
    const at = items.indexOf(document.activeElement?.closest?.("[data-finding]") ?? this.last);
    this.last = items[Math.min(Math.max(at + by, 0), items.length - 1)];
    this.focus(this.last);
  }

  keyFromAnywhere(event) {
    if (event.key !== "." || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.open();
    this.step(1);
  }

  keyInPanel(event) {
    if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = event.target.closest("[data-finding]");
    const act = { g: "show", c: "correct", r: "clear", a: "attach" }[event.key];
    if (event.key === "n" || event.key === "p") this.step(event.key === "n" ? 1 : -1);
    else if (act && item) item.querySelector(`[data-act="${act}"]`)?.click();
    else return;
    event.preventDefault();
  }

  /** The reasons above the form, after publication was refused, lead to their places. */
  linkReasons() {
    for (const line of document.querySelectorAll(".messages li, .errorlist li")) {
      if (line.querySelector("button")) continue;
      const entry = this.proof.entries.find((each) => each.reason === line.textContent.trim());
      if (entry) line.append(" ", element("button", { type: "button", class: "desk__reason", onclick: () => this.show(entry) }, "Go to the place"));
    }
  }
}

function act(label, name, onclick, attributes = {}) {
  return button(label, "button-secondary", onclick, { "data-act": name, ...attributes });
}

const frame = document.querySelector("[data-desk]");
if (frame) new Desk(frame);
