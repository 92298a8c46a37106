/* Shows of the fields about a change those that the chosen kind of change needs. Nothing is lost: a hidden field keeps
   what was typed, and the newsroom reads only the fields of the chosen kind. */
(() => {
  "use strict";
  const told = ["was_wrong", "is_right", "found_by", "credit"];
  const needed = {
    "": [],
    minor: ["change_note", "minor_all_the_same"],
    update: ["change_note"],
    clarification: [...told, "severity"],
    correction: [...told, "severity"],
    retraction: told,
  };
  const all = ["change_note", ...told, "severity", "minor_all_the_same"];
  const labels = {
    clarification: { was_wrong: "What could be misunderstood", is_right: "What is meant" },
    retraction: { was_wrong: "Why we no longer stand by it", is_right: "What is right, as far as we know" },
  };
  const names = new Map();

  function show(kind) {
    for (const name of all) {
      const field = document.getElementById(`id_${name}`);
      const panel = field?.closest(".w-panel__wrapper");
      if (!panel) continue;
      panel.hidden = !needed[kind].includes(name);
      const label = panel.querySelector(".w-field__label");
      if (!label) continue;
      if (!names.has(name)) names.set(name, label.textContent.trim());
      label.textContent = labels[kind]?.[name] ?? names.get(name);
    }
  }

  function begin() {
    const kind = document.getElementById("id_change");
    if (!kind) return;
    kind.addEventListener("change", () => show(kind.value));
    show(kind.value);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
