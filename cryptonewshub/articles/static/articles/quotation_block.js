// What helps to fill in a quotation block: names while one types, and the attached sources as a list to choose from.
(function () {
  const { Controller } = window.StimulusModule;

  /** Offers the people of the register and the speakers of the attached sources. */
  class SpeakerController extends Controller {
    static values = { address: String };

    connect() {
      this.list = document.createElement("datalist");
      this.list.id = `${this.element.id}-people`;
      this.element.after(this.list);
      this.element.setAttribute("list", this.list.id);
      this.element.addEventListener("input", () => this.later());
      this.element.addEventListener("focus", () => this.offer([]));
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), 150);
    }

    async ask() {
      const typed = this.element.value.trim();
      if (!typed) return;
      const answer = await fetch(`${this.addressValue}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
      if (answer.ok && typed === this.element.value.trim()) this.offer((await answer.json()).people);
    }

    offer(people) {
      const speaking = window.attachedSources().filter((source) => source.speaker).map((source) => ({ name: source.speaker, about: source.title }));
      const names = new Map([...speaking, ...people].map((person) => [person.name, person.about]));
      this.list.replaceChildren(...[...names].map(([name, about]) => option(name, about)));
    }
  }

  /** A list of the attached sources in the place of the field that holds a source's key. */
  class SourceController extends Controller {
    connect() {
      this.select = document.createElement("select");
      this.select.id = this.element.id;
      this.element.removeAttribute("id");
      this.element.type = "hidden";
      this.element.after(this.select);
      this.select.addEventListener("change", () => this.choose());
      this.fill = () => this.offer();
      document.addEventListener("desk:proof", this.fill);
      this.select.addEventListener("focus", this.fill);
      this.offer();
    }

    disconnect() {
      document.removeEventListener("desk:proof", this.fill);
    }

    choose() {
      this.element.value = this.select.value;
      this.element.dispatchEvent(new Event("change", { bubbles: true }));
    }

    offer() {
      const key = this.element.value;
      const known = window.attachedSources().map((source) => [source.key, `${source.title}${source.origin ? `, ${source.origin}` : ""}`]);
      const missing = key && !known.some(([each]) => each === key) ? [[key, `“${key}”`]] : [];
      this.select.replaceChildren(...[["", "No source"], ...missing, ...known].map(([value, label]) => option(value, label)));
      this.select.value = key;
    }
  }

  function option(value, label) {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = label;
    return made;
  }

  window.wagtail.app.register("story-speaker", SpeakerController);
  window.wagtail.app.register("story-source", SourceController);
})();
