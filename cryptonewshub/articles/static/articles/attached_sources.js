// The sources that the form attaches as it stands now, saved or not: `window.attachedSources()` for the scripts that let
// somebody choose among them. What else is known of a source comes with the desk's last answer.
(function () {
  let known = [];
  document.addEventListener("desk:proof", (event) => {
    known = event.detail.sources;
  });

  window.attachedSources = function () {
    const rows = [...document.querySelectorAll("#id_attached_sources-FORMS > :not(.deleted)")];
    return rows.map(source).filter((each) => each.key);
  };

  function source(row) {
    const key = row.querySelector('input[name$="-key"]')?.value ?? "";
    const told = known.find((each) => each.key === key);
    const title = row.querySelector("[data-chooser-title]")?.textContent.trim();
    return { key, title: told?.title ?? title ?? key, origin: told?.origin ?? "", speaker: told?.speaker ?? "" };
  }
})();
