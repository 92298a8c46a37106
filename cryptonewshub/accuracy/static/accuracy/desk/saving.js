// Wagtail saves a draft when it notices a change, twice a second. What is typed between its last look and the answer to a
// save it takes for saved, and notices only with the next change: the desk would read old words. So after each save what
// was sent is compared with what the form says.

const NO_WORDS = /^(csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*|.*-INITIAL_FORMS|.*-id)$/;
const TYPED = 700; // milliseconds until the editor of a text has handed a change to the form

/** Has the form saved when something in it was left unsaved. */
export function keepSaved(form) {
  let sent = "";
  let asked = "";
  form.addEventListener("w-autosave:save", (event) => {
    sent = wordsOf(event.detail.formData);
  });
  form.addEventListener("w-autosave:success", () => {
    setTimeout(() => {
      const now = wordsOf(new FormData(form));
      if (now === sent || now === asked) return;
      asked = now;
      save(form);
    }, TYPED);
  });
}

/** Has Wagtail save the form, once the editors of its texts have handed over what was just changed by a script. */
export function saveSoon(form) {
  setTimeout(() => save(form), TYPED);
}

function save(form) {
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
}

function wordsOf(data) {
  const words = [...data].filter(([name, value]) => typeof value === "string" && !NO_WORDS.test(name));
  return new URLSearchParams(words).toString();
}
