// Where a finding stands in the form, and how its words are shown and changed there, by the editor's own means: every
// change can be undone with the keyboard and is saved by Wagtail like a change that was typed.
//
// The server counts code points of plain text in composed form; the browser counts UTF-16 units of what is in the field.

const CITATION = "SOURCE";

/** The place of a spot's words in the form as it is now, or null when they are not there any more. */
export function locate(spot, words) {
  const holder = spot.field === "body" ? bodyPlace(spot.path) : document.getElementById(`id_${spot.field}`)?.parentElement;
  if (!holder) return null;
  return spot.line === null ? plainPlace(holder, spot, words) : richPlace(holder, spot, words);
}

/** Opens what hides the place, scrolls to it, and selects the words. */
export function show(place) {
  uncover(place.holder);
  place.select();
  place.node().scrollIntoView({ block: "center", behavior: reducedMotion() ? "auto" : "smooth" });
}

/** Puts other words in the place of these. Only what differs is replaced, so emphasis and citations around it stay. */
export function replace(place, words) {
  uncover(place.holder);
  const [before, after] = commonEnds(place.words, words);
  place.replace(before, place.words.length - after, words.slice(before, words.length - after));
}

function bodyPlace(path) {
  return path.reduce(
    (holder, name) => holder?.querySelector(`[data-contentpath="${CSS.escape(name)}"]`),
    document.querySelector('[data-contentpath="body"]'),
  );
}

function plainPlace(holder, spot, words) {
  const field = holder.matches("input, textarea") ? holder : holder.querySelector('input[type="text"], textarea');
  const found = field && find(field.value, spot, words);
  if (!found) return null;
  const [start, end] = found;
  return {
    holder,
    words: field.value.slice(start, end),
    node: () => field,
    select() {
      field.focus({ preventScroll: true });
      field.setSelectionRange(start, end);
    },
    replace(from, to, text) {
      field.focus({ preventScroll: true });
      field.setSelectionRange(start + from, start + to);
      // The only way to change a field so that the browser can undo it.
      if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
        field.setRangeText(text, start + from, start + to, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    },
  };
}

function richPlace(holder, spot, words) {
  const editor = [...holder.querySelectorAll("input")].find((input) => input.draftailEditor)?.draftailEditor;
  const line = editor && linesOf(editor.getEditorState())[spot.line];
  const found = line && find(line.text, spot, words);
  if (!found) return null;
  const [start, end] = found;
  return {
    holder,
    words: line.text.slice(start, end),
    node: () => holder.querySelector(`[data-block][data-offset-key="${CSS.escape(line.key)}-0-0"]`) ?? holder,
    select() {
      const { EditorState } = window.DraftJS;
      const state = editor.getEditorState();
      editor.onChange(EditorState.forceSelection(state, selection(state, line, start, end)));
    },
    replace(from, to, text) {
      const { EditorState, Modifier } = window.DraftJS;
      const state = editor.getEditorState();
      const range = selection(state, line, start + from, start + to);
      const style = state.getCurrentContent().getBlockForKey(line.key).getInlineStyleAt(range.getStartOffset());
      const content = Modifier.replaceText(state.getCurrentContent(), range, text, style);
      editor.onChange(EditorState.push(state, content, "insert-characters"));
    },
  };
}

/** The paragraphs that have text, without the citations in them, and for each unit the offset that it has with them. */
function linesOf(state) {
  const content = state.getCurrentContent();
  const lines = content.getBlocksAsArray().map((block) => {
    const offsets = [...block.getText().keys?.() ?? Array(block.getLength()).keys()].filter((offset) => {
      const entity = block.getEntityAt(offset);
      return !entity || content.getEntity(entity).getType() !== CITATION;
    });
    const text = offsets.map((offset) => block.getText()[offset]).join("");
    return { key: block.getKey(), text, offsets };
  });
  return lines.filter((line) => line.text.trim());
}

function selection(state, line, start, end) {
  const last = line.offsets[end - 1];
  const first = line.offsets[start] ?? (line.offsets.at(-1) ?? -1) + 1;
  return state.getSelection().merge({
    anchorKey: line.key,
    anchorOffset: first,
    focusKey: line.key,
    focusOffset: end > start ? last + 1 : first,
    isBackward: false,
    hasFocus: true,
  });
}

/** The range of the words, at the spot if they are there, else where they are nearest to it. */
function find(text, spot, words) {
  const start = [...text].slice(0, spot.start).join("").length;
  const expected = start + words.length;
  if (text.slice(start, expected) === words) return [start, expected];
  const end = start + [...text.slice(start)].slice(0, spot.end - spot.start).join("").length;
  if (text.slice(start, end).normalize("NFC") === words) return [start, end];
  const places = [...text.matchAll(new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "g"))].map((m) => m.index);
  if (!words || !places.length) return null;
  const nearest = places.reduce((best, at) => (Math.abs(at - start) < Math.abs(best - start) ? at : best));
  return [nearest, nearest + words.length];
}

function commonEnds(old, words) {
  let before = 0;
  while (before < old.length && before < words.length && old[before] === words[before]) before += 1;
  let after = 0;
  while (
    after < old.length - before &&
    after < words.length - before &&
    old[old.length - 1 - after] === words[words.length - 1 - after]
  ) after += 1;
  return [before, after];
}

function uncover(holder) {
  const tab = holder.closest('[role="tabpanel"][hidden]');
  if (tab) document.querySelector(`[role="tab"][aria-controls="${CSS.escape(tab.id)}"]`)?.click();
  for (let at = holder.closest("[hidden]"); at; at = at.parentElement?.closest("[hidden]")) {
    document.querySelector(`[aria-controls="${CSS.escape(at.id)}"][aria-expanded="false"]`)?.click();
  }
}

function reducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
