// Verifies a story in the reader's browser: the page against its sealed document, the document against the public log.
// The rules are those of specs/edition.md and specs/log.md; no library, and no HTML is made from text. It works on the
// site, where it fetches the files, and from disk, where the reader picks them.
"use strict";

// What cannot be verified at all, what does not hold, and what is not there. Each message is a sentence for the reader.
class Unusable extends Error {}
class Refused extends Error {}
class Missing extends Error {}
class Gone extends Missing {}

// --- Words --------------------------------------------------------------------------------------------------------

// The site's language, from the page: by the English sentence, with its values as %(1)s, %(2)s. What is about the insides
// of a damaged file stays English, as verify.py says it.
const WORDS = JSON.parse(document.getElementById("checking").dataset.words || "{}");

function say(parts, ...values) {
  const message = parts.reduce((text, part, at) => `${text}%(${at})s${part}`);
  return (WORDS[message] ?? message).replace(/%\((\d+)\)s/g, (_, at) => values[at - 1]);
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

// --- Bytes and texts ----------------------------------------------------------------------------------------------

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]+`);

const wordsOf = (text) => text.split(SPACES).filter(Boolean);
const collapsed = (text) => wordsOf(text.normalize("NFC")).join(" ");
const signsOf = (text) => Array.from(text); // code points: what positions in a sealed text count
const short = (text) => (signsOf(text).length <= 80 ? text : signsOf(text).slice(0, 79).join("") + "…");
const encode = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const isSame = (one, two) => hex(one) === hex(two);
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

function decode(bytes, what) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(`The ${what} is not UTF-8.`);
  }
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function readBase64(text, what) {
  let signs;
  try {
    signs = atob(text);
  } catch {
    throw new Refused(`The ${what} is not base64.`);
  }
  if (btoa(signs) !== text) throw new Refused(`The ${what} is not the canonical base64 of its bytes.`);
  return Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
}

function readHash(text, what) {
  const data = readBase64(text, what);
  if (data.length !== 32) throw new Refused(`The ${what} is not 32 bytes long.`);
  return data;
}

function readNumber(text, what) {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text) || BigInt(text) > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new Refused(`The ${what} is not a decimal number without leading zeros.`);
  }
  return Number(text);
}

// The one spelling of a value (RFC 8785): objects, lists, well-formed strings and whole numbers.
function canonical(value) {
  if (typeof value === "string" && value.isWellFormed()) return JSON.stringify(value);
  if (Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  throw new Refused("There is something else than text, whole numbers, lists and objects.");
}

function readCanonical(data, what) {
  const text = decode(data, what);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused(`The ${what} is not JSON.`);
  }
  if (!value || typeof value !== "object" || Array.isArray(value) || canonical(value) !== text) {
    throw new Refused(`The ${what} is not in canonical form (RFC 8785).`);
  }
  return value;
}

// --- Keys and the log ---------------------------------------------------------------------------------------------

async function isSigned(publicKey, text, signature) {
  if (signature.length !== 64) return false;
  const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, text);
}

async function requireCryptography() {
  const instead = say`Use verify.py on your own machine instead.`;
  if (!globalThis.crypto?.subtle) {
    throw new Unusable(say`Your browser does no cryptography here, because the page did not come over https. ${instead}`);
  }
  try {
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  } catch {
    throw new Unusable(say`Your browser does not know Ed25519, with which the log is signed. A newer one does. ${instead}`);
  }
}

async function readKey(text) {
  const [name, id, ...rest] = text.trim().split("+");
  if (!rest.length) throw new Unusable("A verifier key is a name, an id and a key with “+” between them.");
  const tagged = readBase64(rest.join("+"), "verifier key");
  if (tagged.length !== 33 || tagged[0] !== 1) throw new Unusable("A verifier key is not an Ed25519 key.");
  const sum = await sha256(joined(encode(`${name}\n`), tagged));
  if (hex(sum.slice(0, 4)) !== id || !name || SPACES.test(name)) {
    throw new Unusable("A verifier key is damaged: its id is not the one that its name and its bytes give.");
  }
  return { name, id, public: tagged.slice(1) };
}

const called = (key) => `${key.name}+${key.id}`;

// The keys that the site lists; of the log only the reader's own, if there is one.
async function readKeys(place, given) {
  let listed;
  try {
    listed = readCanonical(await place.read("/log/keys.json"), "list of keys");
  } catch (error) {
    if (!(error instanceof Missing)) throw new Unusable(error.message);
    throw new Unusable(`There is no list of keys, /log/keys.json (${error.message}) The entry’s signature cannot be verified.`);
  }
  if (!Array.isArray(listed.log) || !Array.isArray(listed.desk)) throw new Unusable("The list of keys cannot be read.");
  const [log, desk] = await Promise.all([listed.log, listed.desk].map((keys) => Promise.all(keys.map(readTerm))));
  if (!log.length || !desk.length || log.some((key) => key.name !== listed.origin)) {
    throw new Unusable("The list of keys names no key of the log, or none of the newsroom’s, or is of another log.");
  }
  const own = given ? [{ ...(await readKey(given)), first: 0, end: Infinity }] : null;
  return { log: own ?? log, desk, isOwn: Boolean(own) };
}

// A key and where it holds: for sizes of the log, or indexes of entries, from `first` up to and without `end`.
async function readTerm(item) {
  const [first, end] = [item?.from, item?.to ?? Infinity];
  if (!Number.isSafeInteger(first) || !(Number.isSafeInteger(end) || end === Infinity) || first >= end) {
    throw new Unusable("A key in the list of keys does not say from where to where it holds.");
  }
  return { ...(await readKey(String(item.vkey))), first, end };
}

const holdingAt = (keys, number) => keys.filter((key) => key.first <= number && number < key.end);

async function openCheckpoint(data, keys) {
  const whole = decode(data, "checkpoint");
  const cut = whole.lastIndexOf("\n\n");
  if (cut < 0 || !whole.endsWith("\n") || /[\x00-\x09\x0b-\x1f]/.test(whole)) {
    throw new Refused("The checkpoint is not a text, an empty line and signature lines.");
  }
  const text = whole.slice(0, cut + 1);
  const signer = await signerOf(text, whole.slice(cut + 2, -1).split("\n"), keys);
  const rows = text.split("\n");
  if (rows.length !== 4) throw new Refused("The checkpoint is not exactly three lines: name, size and root.");
  if (signer?.name !== rows[0]) {
    throw new Refused("The checkpoint is not signed by the log’s key: this is another log, or its key was changed.");
  }
  const [size, root] = [readNumber(rows[1], "size in the checkpoint"), readHash(rows[2], "root in the checkpoint")];
  return { origin: rows[0], size, root, signer };
}

// The log's key that signed. Unknown keys are passed over; a bad signature of a known one is not.
async function signerOf(text, lines, keys) {
  let signer = null;
  for (const line of lines) {
    const [, name, encoded] = line.match(/^— ([^ ]+) (.+)$/) ?? [];
    if (!name) throw new Refused("A signature line is not a dash, a name and a signature.");
    const data = readBase64(encoded, "signature");
    for (const key of keys.filter((one) => one.name === name && one.id === hex(data.slice(0, 4)))) {
      if (!(await isSigned(key.public, encode(text), data.slice(4)))) {
        throw new Refused(`The signature of ${name} is not valid: the checkpoint was changed.`);
      }
      signer ??= key;
    }
  }
  return signer;
}

function readProof(data) {
  const text = Array.from(data, (byte) => String.fromCharCode(byte)).join("");
  const cut = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, Math.max(cut, 0)).split("\n");
  const start = "c2sp.org/tlog-proof@v1";
  if (cut < 0 || first !== start) throw new Refused(`The proof does not begin with the line ${start}.`);
  const extra = lines[0]?.startsWith("extra ") ? lines.shift().slice(6) : "";
  if (!lines[0]?.startsWith("index ")) throw new Refused("The proof names no entry.");
  const index = readNumber(lines.shift().slice(6), "index in the proof");
  const hashes = lines.map((line) => readHash(line, "hash in the proof"));
  return { index, hashes, checkpoint: data.slice(cut + 2), entry: readBase64(extra, "entry in the proof") };
}

const node = (left, right) => sha256(joined([1], left, right));

async function requireIncluded(index, size, leaf, hashes, root) {
  let [a, b, r] = [BigInt(index), BigInt(size) - 1n, leaf];
  for (const p of index < size ? hashes : []) {
    if (b === 0n) throw new Refused("The proof is longer than it can be.");
    if (a & 1n || a === b) {
      r = await node(p, r);
      while (!(a & 1n || a === 0n)) [a, b] = [a >> 1n, b >> 1n];
    } else r = await node(r, p);
    [a, b] = [a >> 1n, b >> 1n];
  }
  if (index >= size || b !== 0n || !isSame(r, root)) {
    throw new Refused("The proof does not lead from the entry to the signed root: the entry is not in the log.");
  }
}

const ENTRY_KEYS = ["article", "at", "change", "content", "kind", "made", "sig", "v", "version"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CHANGES = ["first", "update", "minor", "clarification", "correction", "retraction", "import"];

// An entry that enters a version: the keys of the specification and no other.
function readEntry(index, data) {
  if (data.length > 8192) throw new Refused(`Entry ${index} is longer than 8192 bytes.`);
  const value = readCanonical(data, `entry ${index}`);
  if (value.v !== 1 || value.kind !== "version") throw new Refused(`Entry ${index} of the log enters no version.`);
  const keys = Object.keys(value).filter((key) => key !== "prev");
  const has = {
    keys: String(keys.sort()) === String(ENTRY_KEYS),
    article: UUID.test(value.article) && /^[0-9a-f]{64}$/.test(value.content),
    version: Number.isSafeInteger(value.version) && value.version >= 1,
    change: CHANGES.includes(value.change) && ["first", "import"].includes(value.change) === (value.version === 1),
    prev: value.version === 1 ? !("prev" in value) : /^[0-9a-f]{64}$/.test(value.prev),
    times: [value.at, value.made].every((time) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) && !isNaN(Date.parse(time))),
    sig: String(Object.keys(value.sig ?? {}).sort()) === "ed25519,key" && /^[0-9a-f]{8}$/.test(value.sig.key),
  };
  const wrong = Object.keys(has).find((name) => !has[name]);
  if (wrong) throw new Refused(`Entry ${index} is not of the form that the specification has (“${wrong}”).`);
  return value;
}

async function requireEntrySigned(index, value, keys) {
  const { at, sig, ...signed } = value;
  const signature = readBase64(sig.ed25519, "signature");
  const named = keys.filter((key) => key.id === sig.key);
  if (!named.length) throw new Refused(`Entry ${index} is signed by a key that is not one of the newsroom’s.`);
  const text = encode(`newsroom-entry/v1\n${canonical(signed)}`);
  for (const key of named) if (await isSigned(key.public, text, signature)) return key;
  throw new Refused(`The signature of entry ${index} is not valid: the entry was changed or forged.`);
}

// --- The page, read strictly --------------------------------------------------------------------------------------

const TAG = new RegExp(
  `<(/?)([a-z][a-z0-9]*)((?:[${SPACE}]+[a-zA-Z][\\w:.-]*(?:=(?:"[^"<]*"|[^${SPACE}"'<>=\`]+))?)*)[${SPACE}]*(/?)>`, "y",
);
const ATTRIBUTE = new RegExp(`([a-zA-Z][\\w:.-]*)(?:=(?:"([^"]*)"|([^${SPACE}"'<>=\`]+)))?`, "g");
const REFERENCE = /&(?:(amp|lt|gt|quot|apos|nbsp|NoBreak|copy)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));/g;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\xa0", NoBreak: "\u2060", copy: "©" };
const EMPTY = new Set("area br col hr img input link meta wbr source".split(" "));
const KNOWN = new Set([
  ...EMPTY,
  ...("html head title body main header footer nav section article aside div p h1 h2 h3 h4 h5 h6 a span b i em strong " +
    "small cite code pre kbd mark sup time abbr del ins blockquote figure figcaption ul ol li dl dt dd table caption " +
    "thead tbody tfoot tr th td details summary button form label fieldset legend textarea output script picture svg g " +
    "path circle rect line polyline polygon text tspan desc use defs search").split(" "),
]);
// What sealed words may stand in, and what may stand among them: nothing that hides them, strikes them out, or quotes.
const HOLDING = new Set(
  ("a b blockquote caption cite code dd div dt em figcaption h1 h2 h3 h4 h5 h6 img li p small span strong td th time " +
    "tr").split(" "),
);
const AMONG = "a abbr b br cite code em i mark small span strong td th time".split(" ");
const FORBIDDEN = (
  "style hidden srcdoc background http-equiv inert is slot label placeholder start aria-description " +
  "aria-roledescription aria-valuetext aria-placeholder aria-braillelabel aria-brailleroledescription"
).split(" ");
const SHAPES = "svg g path circle rect line polyline polygon".split(" ");
const ABOVE = { head: ["html"], meta: ["head"], title: ["head", ...SHAPES] };
const DEEPEST = 200;

// An element; its children are elements and texts in their order.
class Element_ {
  constructor(tag, attributes, parent) {
    Object.assign(this, { tag, attributes, parent, children: [], depth: parent ? parent.depth + 1 : 0 });
  }
  get(name) {
    return this.attributes.get(name);
  }
  has(name) {
    return this.attributes.has(name);
  }
  *elements() {
    yield this;
    for (const child of this.children) if (typeof child !== "string") yield* child.elements();
  }
  above(name) {
    let at = this;
    while (at && !at.has(name)) at = at.parent;
    return at;
  }
  get ownText() {
    return this.children.filter((child) => typeof child === "string").join("");
  }
  get place() {
    const [first] = wordsOf(this.get("class") ?? "");
    return first ? `${this.tag}.${first}` : this.tag;
  }
}

function readPage(text) {
  const root = new Element_("", new Map(), null);
  let [at, place] = [root, text.slice(0, 15).toLowerCase() === "<!doctype html>" ? 15 : 0];
  while (place < text.length) {
    const found = text.indexOf("<", place);
    const end = found < 0 ? text.length : found;
    if (end > place) at.children.push(unescaped(text.slice(place, end)));
    if (end === text.length) break;
    [place, at] = readTag(text, end, at);
  }
  if (at !== root) throw new Refused(`The page ends inside its element “${at.tag}”.`);
  return root;
}

function readTag(text, start, at) {
  TAG.lastIndex = start;
  const [all, closing, tag, attributes, closed] = TAG.exec(text) ?? [];
  if (!KNOWN.has(tag)) {
    throw new Refused(`The page has something that we do not read: “${collapsed(text.slice(start, start + 40))}”.`);
  }
  const end = start + all.length;
  if (!closing && at.depth >= DEEPEST) {
    throw new Refused(`The page has elements in elements, more than ${DEEPEST} deep.`);
  }
  if (closing) {
    if (at.tag !== tag || !at.parent) throw new Refused(`The page closes “${tag}” where it is not open.`);
    return [end, at.parent];
  }
  const element = new Element_(tag, readAttributes(attributes), at);
  requireHarmless(element);
  at.children.push(element);
  if (tag !== "script") return [end, EMPTY.has(tag) || closed ? at : element];
  const stop = text.indexOf(`</${tag}>`, end);
  if (stop < 0 || (element.get("type") !== "application/ld+json" && collapsed(text.slice(end, stop)))) {
    throw new Refused("The page has a script of its own.");
  }
  element.children.push(text.slice(end, stop));
  return [stop + tag.length + 3, at];
}

function readAttributes(text) {
  const found = new Map();
  for (const [, name, quoted, bare] of text.matchAll(ATTRIBUTE)) {
    if (found.has(name.toLowerCase())) throw new Refused("The page has an element with the same attribute twice.");
    found.set(name.toLowerCase(), unescaped(quoted || bare || ""));
  }
  return found;
}

function requireHarmless(element) {
  const loaded = { script: "src", image: "href", link: "href" }[element.tag];
  const isRead = element.tag !== "link" || ["stylesheet", "preload", "modulepreload"].includes(element.get("rel"));
  for (const [name, value] of element.attributes) {
    if (name === loaded && isRead && !value.startsWith("/assets/")) {
      throw new Refused(`The page loads ${value}, which is not among the site’s own files.`);
    }
    if (name === "srcset" && !value.split(",").every((one) => one.trim().startsWith("/media/"))) {
      throw new Refused("The page has a picture that is not among the site’s own.");
    }
    if (name.startsWith("on") || FORBIDDEN.includes(name) || !mayHave(element, name, value)) {
      throw new Refused(`The page has an element “${element.tag}” with the attribute “${name}”.`);
    }
  }
  if (ABOVE[element.tag] && !ABOVE[element.tag].includes(element.parent.tag)) {
    throw new Refused(`The page has an element “${element.tag}” where none may be.`);
  }
}

// Whether the attribute can say, hide or show nothing that is not looked at.
function mayHave(element, name, value) {
  if (name === "title") return element.tag === "link";
  if (name === "value") {
    return element.tag === "input" && (!value || ["radio", "checkbox", "hidden"].includes(element.get("type")));
  }
  if (name === "popover") return element.tag === "div";
  return !(["width", "height"].includes(name) && element.tag === "img") || /^[1-9]\d{0,4}$/.test(value);
}

function unescaped(text) {
  const refuse = () => {
    throw new Refused(`The page has a reference that we do not read, in “${collapsed(text).slice(0, 40)}”.`);
  };
  if (text.includes("\0") || text.replace(REFERENCE, "").includes("&")) refuse();
  return text.replace(REFERENCE, (_, name, decimal, sixteen) => {
    if (name) return NAMED[name];
    const sign = decimal ? parseInt(decimal, 10) : parseInt(sixteen, 16);
    const isPlain = (sign >= 0x20 && sign < 0x7f) || [9, 10].includes(sign) || (sign > 0x9f && sign <= 0x10ffff);
    if (!isPlain || (sign >= 0xd800 && sign < 0xe000) || (sign & 0xfffe) === 0xfffe) refuse();
    return String.fromCodePoint(sign);
  });
}

// --- What the page shows, and of which edition --------------------------------------------------------------------

const isSealed = (element) => element.has("data-c") || element.has("data-was");
const scopeKey = (scope) => [scope.article, scope.version, scope.content, scope.entry].join(" ");

function readShown(tree) {
  const reading = { tree, shown: [], beside: [], figures: new Set(), whole: [] };
  walk(tree, reading, false);
  for (const element of tree.elements()) {
    if (element.get("data-shows") === "whole") reading.whole.push(scopeOf(element, "data-"));
    if (isSealed(element)) requirePlain(element);
    if (element.has("data-c")) reading.shown.push(shownIn(element, "data-c", "data-"));
    if (element.has("data-was")) reading.shown.push(shownIn(element, "data-was", "data-was-"));
  }
  const scopes = [...reading.whole, ...reading.shown.map((item) => item.scope)].filter((scope) => scope.content);
  reading.scopes = [...new Map(scopes.map((scope) => [scopeKey(scope), scope])).values()];
  return reading;
}

// Refuses sealed words that would not be seen as they are read: hidden, struck out, raised.
function requirePlain(sealed) {
  let at = sealed;
  while (at && !["del", "ins"].includes(at.tag)) at = at.parent;
  let odd = at ? at.tag : HOLDING.has(sealed.tag) ? "" : sealed.tag;
  const isCompared = sealed.above("data-was-version") && !sealed.above("data-shows");
  const among = isCompared ? [...AMONG, "del", "ins"] : AMONG;
  const elementsIn = (element) => element.children.filter((child) => typeof child !== "string");
  const waiting = elementsIn(sealed);
  while (waiting.length && !odd) {
    const element = waiting.pop();
    if (element.has("data-x")) continue;
    odd = among.includes(element.tag) ? "" : element.tag;
    waiting.push(...elementsIn(element));
  }
  if (odd) throw new Refused(`The page has sealed words in an element “${odd}”, which may show them otherwise.`);
}

// Whether the text of an element is no text of the page, or is compared by a rule of its own.
const isLookedAt = ({ tag, parent }) => (tag === "title" && parent.tag === "head") || ["script", "time"].includes(tag);

function walk(element, reading, sealedAbove) {
  const sealed = isSealed(element) || (sealedAbove && !element.has("data-x"));
  for (const [at, child] of element.children.entries()) {
    if (typeof child !== "string") walk(child, reading, sealed);
    else if (!sealed && !isLookedAt(element) && collapsed(child)) {
      reading.beside.push([element.place, collapsed(child), at === element.children.length - 1]);
      if (element.above("data-figure")) reading.figures.add(collapsed(child));
    }
  }
}

function scopeOf(element, prefix) {
  const [at, article] = [element.above(`${prefix}version`), element.above("data-article")];
  if (!at || !article) throw new Refused("The page has sealed words and does not say of which edition.");
  return {
    article: article.get("data-article"),
    version: at.get(`${prefix}version`),
    content: at.get(`${prefix}content`) ?? "",
    entry: at.get(`${prefix}entry`) ?? "",
  };
}

function shownIn(element, name, prefix) {
  const leftOut = name === "data-was" ? "ins" : element.has("data-was") ? "del" : "";
  const found = { text: "", links: [] };
  readWords(element, leftOut, found);
  return {
    scope: scopeOf(element, prefix),
    key: element.get(name),
    text: collapsed(found.text),
    value: element.get("data-v"),
    links: found.links.map(([start, end, target]) => [collapsed(found.text.slice(start, end)), target]),
    element,
  };
}

// The texts in an element, and its links as start, end and target; a sign may stand in the midst of one.
function readWords(element, leftOut, found) {
  for (const child of element.children) {
    if (typeof child === "string") found.text += child;
    else if (!child.has("data-x") && child.tag !== leftOut) {
      const start = found.text.length;
      readWords(child, leftOut, found);
      if (child.tag !== "a") continue;
      const [last, target] = [found.links.at(-1), child.get("href") ?? ""];
      if (last && last[1] === start && last[2] === target) last[1] = found.text.length;
      else found.links.push([start, found.text.length, target]);
    }
  }
}

// --- What was sealed ----------------------------------------------------------------------------------------------

const TRACED = ["exact", "edited", "translated", "short"];
const ABOUT = "label kicker headline standfirst dateline published updated ended path version change".split(" ");
const OF_SOURCE = "title speaker publisher published lang url captured sha256 commit".split(" ");
const LINK = /^(?:https?:\/\/([^\s\\/?#[\]\x00-\x20\x7f]+)(?:[/?#][^\s\\\x00-\x20\x7f]*)?|mailto:[^\s\\/\x00-\x20\x7f][^\s\\\x00-\x20\x7f]*)$/i;
const countOf = (text, pattern) => [...text.matchAll(pattern)].length;

// Whether a page links to it: http, https or mailto, written so that every browser reads the same host in it.
function isLink(address) {
  const found = LINK.exec(address);
  if (!found) return false;
  const host = (found[1] ?? "").replace(/[@:]/g, "");
  const composed = host.normalize("NFKC");
  return composed === host || !/[/?#@:]/.test(composed);
}

// An edition as its content document seals it: every value by its key, and the links of each block.
function sealedOf(content) {
  const values = new Map();
  for (const [key, value] of valuesOf(content)) {
    if (value !== "" && value !== undefined) values.set(key, collapsed(String(value)));
  }
  const blocks = (content.body ?? []).map((block, number) => [
    `body.${number}`,
    linksOf(block).filter(([, target]) => isLink(target)),
  ]);
  return { content, values, links: new Map(blocks) };
}

function linksOf(block) {
  const signs = signsOf(block.s ?? "");
  const marks = (block.m ?? []).filter((mark) => mark[2] === "a").sort((one, two) => one[0] - two[0] || one[1] - two[1]);
  return marks.map(([start, end, , target]) => [collapsed(signs.slice(start, end).join("")), target]);
}

function* valuesOf(content) {
  yield ["section", content.section?.name];
  yield ["series", content.series?.name];
  yield ["series.part", content.series?.part];
  for (const key of ABOUT) yield [key, content[key]];
  for (const [number, byline] of (content.bylines ?? []).entries()) {
    yield [`byline.${number}`, byline.name];
    yield [`byline.${number}.role`, byline.role];
  }
  for (const [number, block] of (content.body ?? []).entries()) {
    yield [`body.${number}`, block.s];
    yield [`body.${number}.speaker`, block.speaker];
    yield [`body.${number}.at`, block.at];
    for (const [place, [words, target]] of linksOf(block).entries()) {
      yield [`body.${number}.link.${place}`, target];
      yield [`body.${number}.link.${place}.words`, words];
    }
  }
  for (const [number, image] of (content.images ?? []).entries()) {
    yield [`image.${number}`, image.sha256];
    for (const key of ["alt", "credit", "licence"]) yield [`image.${number}.${key}`, image[key]];
  }
  for (const quote of content.quotes ?? []) yield* quotationOf(quote);
  for (const [number, source] of (content.sources ?? []).entries()) {
    yield [`source.${source.id}.number`, number + 1];
    for (const key of OF_SOURCE) yield [`source.${source.id}.${key}`, source[key]];
  }
  for (const [number, topic] of (content.topics ?? []).entries()) yield [`topic.${number}`, topic.name];
  for (const [number, correction] of (content.corrections ?? []).entries()) {
    for (const key of Object.keys(correction)) {
      if (key !== "passage") yield [`correction.${number}.${key}`, correction[key]];
    }
  }
  yield ["state", stateOf(content)];
  yield ["policy", content.policy?.sha256];
  for (const key of ["name", "version"]) yield [`policy.${key}`, content.policy?.[key]];
  yield* countsOf(content);
}

function* quotationOf(quote) {
  if (quote.match === "not-speech") return;
  const [key, passage] = [`quote.${quote.id}`, quote.passage ?? {}];
  const [before, after] = [passage.prefix ?? "", passage.suffix ?? ""];
  for (const name of ["text", "speaker", "match", "note"]) yield [`${key}.${name}`, quote[name]];
  yield [`${key}.standing`, standingOf(quote)];
  yield [`${key}.checked_by`, quote.checked_by_role];
  const isCut = (text) => signsOf(text).length >= 80;
  yield [`${key}.before`, isCut(before) ? before.replace(new RegExp(`^[^${SPACE}]*[${SPACE}]+`), "") : before];
  yield [`${key}.passage`, passage.exact];
  yield [`${key}.after`, isCut(after) ? after.replace(new RegExp(`[${SPACE}]+[^${SPACE}]*$`), "") : after];
}

function standingOf({ match = "", text = "", passage = {} }) {
  if (match !== "edited") return match;
  const [ellipsis, exact] = [new RegExp(`…|\\.(?:[${SPACE}]?\\.){2,}`, "g"), passage.exact ?? ""];
  if (countOf(text, ellipsis) > countOf(exact, ellipsis)) return "cuts";
  return countOf(text, /\[/g) > countOf(exact, /\[/g) ? "insertions" : "style";
}

function stateOf(content) {
  const made = (content.corrections ?? []).map((correction) => correction.change);
  if ([content.change, ...made].includes("retraction")) return "retracted";
  return made.includes("correction") ? "corrected" : "";
}

// A half is rounded to the even neighbour, as IEEE 754 does.
function rounded(number) {
  return number % 1 === 0.5 ? 2 * Math.round(number / 2) : Math.round(number);
}

function* countsOf(content) {
  const quotes = content.quotes ?? [];
  const texts = [content.standfirst ?? "", ...(content.body ?? []).map((block) => block.s ?? "")];
  const spoken = quotes.filter((quote) => quote.match !== "not-speech");
  const standings = spoken.map(standingOf);
  for (const word of new Set(standings)) {
    yield [`standing.${word}`, word];
    yield [`count.${word}`, standings.filter((one) => one === word).length];
  }
  const words = texts.reduce((sum, text) => sum + wordsOf(text).length, 0);
  yield ["count.minutes", Math.max(1, rounded(words / 230))];
  yield ["count.quotes", spoken.length];
  yield ["count.traced", quotes.filter((quote) => TRACED.includes(quote.match)).length];
  yield ["count.sources", (content.sources ?? []).length];
}

// --- The site's own words -----------------------------------------------------------------------------------------

const PARTS = { clock: "\\d\\d:\\d\\d", zone: "[^\\s,]+", weekday: "[^\\d,]+?", day: "\\d{1,2}", month: "\\D+?", year: "\\d{4}" };

const literal = (piece) => piece.replace(/[.*+?^${}()|[\]\\\/]/g, "\\$&");

// A form of times, '{clock} {zone}, {day} {month} {year}', as a pattern. It hides no part and has no figures of its own.
function formOf(text) {
  const pieces = text.split(/\{(\w+)\}/);
  const [names, between] = [1, 0].map((rest) => pieces.filter((_, at) => at % 2 === rest));
  const [clock, day] = [/^(clock|zone)$/, /^(day|month|year)$/].map((kind) => names.filter((name) => kind.test(name)).length);
  const isWhole = [0, 2].includes(clock) && [0, 3].includes(day) && clock + day > 0;
  const isKnown = names.every((name) => Object.hasOwn(PARTS, name)) && new Set(names).size === names.length;
  if (!isKnown || !isWhole || /\p{Nd}/u.test(between.join(""))) {
    throw new Refused(`The site’s list of its own words has a form of times that cannot be checked: “${text}”.`);
  }
  return new RegExp(`^${pieces.map((piece, at) => (at % 2 ? `(?<${piece}>${PARTS[piece]})` : literal(piece))).join("")}$`, "u");
}
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d))?$/;

const FIGURE = /[\p{Nd}.,%–−]+/gu;

class Theme {
  constructor(value) {
    for (const key of "texts places inner tied last open forms months month_headings weekdays zones times links labels name base".split(" ")) {
      if (value?.[key] === undefined) throw new Refused(`The site’s list of its own words cannot be read: no “${key}”.`);
    }
    if (new Set(value.months).size !== 12 || new Set(value.month_headings).size !== 12 || new Set(value.weekdays).size !== 7) {
      throw new Refused("The site’s list of its own words does not have twelve months and seven days, each its own.");
    }
    const times = value.times.map(formOf);
    const labels = value.labels.map((label) => new RegExp(`^${label.split("{}").map(literal).join("(.+?)")}$`, "u"));
    Object.assign(this, value, { times, labels, links: new Set(value.links), open: new Set(value.open) });
    for (const where of ["places", "inner", "tied", "last"]) {
      this[where] = new Map(Object.entries(value[where]).map(([place, found]) => [place, new Set(found)]));
    }
    const headings = value.month_headings.map((heading) => heading.replace("{year}", ""));
    const all = [...value.texts, ...value.months, ...headings, ...[...this.places.values()].flatMap((found) => [...found])];
    this.words = new Set(wordsOf(all.join(" ").replace(FIGURE, " ")));
  }

  // Whether a run of text is made of strings of the list, a blank between two or none. A sign that is inner ends the run
  // before an element, a last one ends its place, a tied one has a value after it.
  has(run, place, isLast = true) {
    const at = (found) => found.get(place) ?? new Set();
    const [strings, tied, closing] = [this.places, this.tied, isLast ? this.last : this.inner].map(at);
    const values = new Set(this.open.has(place) ? this.texts : []);
    if (strings.has(run) || values.has(run) || closing.has(run)) return true;
    const pieces = [...new Set([...strings, ...tied, ...closing, ...values])].filter((one) => one && run.includes(one));
    const [ends, seen] = [[[0, false]], new Set()];
    const go = (end, isTied) => {
      if (!seen.has(`${end} ${isTied}`)) ends.push([end, isTied]);
      seen.add(`${end} ${isTied}`);
    };
    while (ends.length) {
      const [start, isTied] = ends.pop();
      if (start === run.length && !isTied) return true;
      for (const piece of pieces.filter((one) => run.startsWith(one, start))) {
        const end = start + piece.length + (run[start + piece.length] === " " ? 1 : 0);
        if (tied.has(piece)) go(end, true);
        const isClosing = closing.has(piece) && end === run.length;
        if (values.has(piece) || (strings.has(piece) && !isTied) || isClosing) go(end, false);
      }
    }
    return false;
  }

  // Whether a label is one of the list; `isTold` judges what stands at the places of one that has such.
  calls(label, isTold) {
    return this.labels.some((form) => form.exec(label)?.slice(1).every(isTold) ?? false);
  }

  shows(kind, value, text) {
    const forms = Object.hasOwn(this.forms, kind) ? this.forms[kind] : {};
    return text === value || (Object.hasOwn(forms, value) && forms[value].includes(text));
  }

  // Whether a run is a figure: numbers, and between them nothing but words of the list.
  counts(run) {
    const words = wordsOf(run.replace(FIGURE, " ")).filter((word) => signsOf(word).length > 1);
    return words.every((word) => this.words.has(word) || this.words.has(word.replace(/s$/, "")));
  }

  // Whether the text of a time says what its machine form says, part by part.
  tells(text, machine) {
    if (machine.length === 4) return /^\d{4}$/.test(machine) && text === machine;
    const whole = machine.match(/^(\d{4})-(0[1-9]|1[0-2])$/);
    if (whole) return text === this.month_headings[whole[2] - 1].replace("{year}", whole[1]);
    const iso = machine.match(ISO);
    if (!iso || isNaN(Date.parse(machine))) return false;
    return this.times.some((form) => form.test(text) && this.tellsAll(text.match(form).groups, iso));
  }

  tellsAll({ clock, zone, weekday, day, month, year }, iso) {
    const offset = iso[5] === "Z" ? "+00:00" : iso[5];
    const zones = Object.hasOwn(this.zones, zone ?? "") ? this.zones[zone] : [];
    if (clock && (clock !== iso[4] || !zones.includes(offset))) return false;
    const on = new Date(`${iso[1]}-${iso[2]}-${iso[3]}T00:00:00Z`);
    const isDay = day === String(Number(iso[3])) && month === this.months[Number(iso[2]) - 1] && year === iso[1];
    return !day || (isDay && (!weekday || weekday === this.weekdays[(on.getUTCDay() + 6) % 7]));
  }
}

// --- The page against what was sealed -----------------------------------------------------------------------------

const REQUIRED = new RegExp(
  "^(?:section|kicker|headline|standfirst|dateline|published|updated|byline\\.\\d+(\\.role)?|body\\.\\d+(\\.speaker)?|" +
    "image\\.\\d+(\\.credit)?|topic\\.\\d+|correction\\.\\d+\\.(note|wrong|right|made)|" +
    "source\\.[^.]+\\.(title|speaker|publisher|published)|quote\\.[^.]+\\.(passage|before|after|note))$",
);
const BLOCK = /^body\.\d+$/;
// A further page of a list.
const NUMBERED = /\/page\/([1-9]\d*)\/$/;

function* differences(reading, editions, theme) {
  for (const scope of reading.scopes) {
    const content = editions.get(scope.content)?.content;
    if (content && (scope.article !== content.article || scope.version !== String(content.version))) {
      yield say`The page names version ${scope.version} of an article, and a document that is of another one.`;
    }
  }
  for (const shown of reading.shown) {
    if (!shown.scope.content) yield say`“${short(shown.text)}” stands in no edition that the page names.`;
    else if (editions.has(shown.scope.content)) yield* oneShown(shown, editions.get(shown.scope.content), theme);
  }
  yield* spliced(reading);
  for (const scope of reading.whole) {
    if (editions.has(scope.content)) yield* leftOut(reading, scope, editions.get(scope.content));
  }
  yield* smallerPictures(reading.tree);
  if (!theme) return;
  yield* besideWords(reading, theme);
  yield* addresses(reading, editions, theme);
  yield* labels(reading, editions, theme);
  yield* elsewhere(reading, editions, theme);
  yield* head(reading.tree, editions, theme);
}

function* oneShown(shown, sealed, theme) {
  const { element, key } = shown;
  const expected = key === "entry" ? shown.scope.entry : sealed.values.get(key);
  if (expected === undefined) {
    yield say`The page shows “${short(shown.text)}” (${key}); nothing of that name was sealed.`;
    return;
  }
  if (isFolded(element) && !["quote", "source"].includes(key.split(".")[0])) {
    yield say`The page hides “${short(shown.text)}” (${key}) until something is pressed.`;
  }
  const claimed = claimedValue(shown);
  if (claimed !== expected) yield unlike(key, claimed, expected);
  else if (theme && !isForm(shown, expected, theme)) {
    yield say`The page shows “${short(shown.text)}” (${key}) for what was sealed as “${short(expected)}”.`;
  }
  if (BLOCK.test(key) && !element.has("data-was")) yield* linksUnlike(shown, sealed);
  if (key.endsWith(".url") && ![undefined, expected].includes(element.get("href"))) {
    yield say`The page leads to ${element.get("href")}, not to the source ${expected} (${key}).`;
  }
  if (element.tag === "img") yield* pictureUnlike(shown, sealed);
}

function isFolded(element) {
  let at = element;
  while (at && !at.has("popover") && (at.tag !== "details" || at.has("open"))) at = at.parent;
  return at !== null;
}

// The sealed value that an element stands for: of a time its instant, else its `data-v`, else its text.
function claimedValue({ element, text, value }) {
  const machine = element.tag === "time" ? element.get("datetime") : undefined;
  if (machine === undefined) return value ?? text;
  const when = machine.includes("T") && ISO.test(machine) ? Date.parse(machine) : NaN;
  return isNaN(when) ? machine : new Date(when).toISOString().replace(/\.\d+Z$/, "Z");
}

function isForm({ element, key, text, value }, sealed, theme) {
  if (element.tag === "time") return theme.tells(text, element.get("datetime") ?? "");
  if (value === undefined || element.tag === "img") return true;
  const [first, last] = [key.split(".")[0], key.split(".").at(-1)];
  if (last === "sha256") return [sealed, `${sealed.slice(0, 12)}…`].includes(text);
  if (last === "url") return theme.has(text, element.place);
  return theme.shows(first === "standing" || /^\d+$/.test(last) ? first : last, sealed, text);
}

// Both texts are cut down to the words that differ and some beside them.
function unlike(key, shown, sealed) {
  const [left, right] = [wordsOf(shown), wordsOf(sealed)];
  const shorter = Math.min(left.length, right.length);
  let [start, end] = [0, 0];
  while (start < shorter && left[start] === right[start]) start += 1;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const first = Math.max(start - 3, 0);
  const [one, two] = [left, right].map(
    (words) =>
      (first ? "… " : "") + words.slice(first, words.length - Math.max(end - 3, 0)).join(" ") + (end > 3 ? " …" : ""),
  );
  return say`The page has “${one}” where “${two}” was sealed (${key}).`;
}

function* linksUnlike(shown, sealed) {
  const expected = sealed.links.get(shown.key) ?? [];
  if (JSON.stringify(shown.links) === JSON.stringify(expected)) return;
  const [page, there] = [shown.links, expected].map(
    (found) => found.map(([words, target]) => say`“${words}” to ${target}`).join(", ") || say`none`,
  );
  yield say`The links are others than those that were sealed (${shown.key}): ${page}; sealed: ${there}.`;
}

// A path with all but unreserved signs and slashes written as %XX.
const quoted = (path) =>
  encodeURIComponent(path)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%2F", "/");

function* pictureUnlike({ element, key }, sealed) {
  const image = sealed.content.images?.[key.slice(key.indexOf(".") + 1)] ?? {};
  if (element.get("src") !== `/media/${quoted(image.file ?? "")}`) {
    yield say`The page shows the picture ${element.get("src")}, not the sealed one (${key}).`;
  }
  const alt = element.get("alt") ?? "";
  if (alt !== (image.alt ?? "") && (alt || element.above("data-shows"))) yield unlike(`${key}.alt`, alt, image.alt ?? "");
}

// A story that is shown whole has every block once and in order, and everything else that is meant for readers.
function* leftOut(reading, scope, sealed) {
  const here = reading.shown.filter(
    (shown) => scopeKey(shown.scope) === scopeKey(scope) && !shown.element.has("data-was"),
  );
  const keys = new Set(here.map((shown) => shown.key));
  const blocks = here.map((shown) => shown.key).filter((key) => BLOCK.test(key));
  const expected = [...sealed.values.keys()].filter((key) => BLOCK.test(key));
  if (ordered(blocks, sealed.content) !== ordered(expected, sealed.content)) {
    yield say`The paragraphs are not all there, once and in order: ${blocks.length} shown, ${expected.length} sealed.`;
  }
  for (const [key, value] of sealed.values) {
    if (REQUIRED.test(key) && !keys.has(key)) yield say`The page leaves out “${short(value)}” (${key}).`;
  }
}

// A story that is shown whole has no paragraph of another edition in it.
function* spliced(reading) {
  for (const { element, key, scope, text } of reading.shown) {
    const whole = element.above("data-shows");
    if (whole && scope.content !== whole.get("data-content") && BLOCK.test(key) && !element.has("data-was")) {
      yield say`“${short(text)}” stands in the story, and is of another edition (${key}).`;
    }
  }
}

// The order of blocks; of live coverage each update is a unit, and these may be turned.
function ordered(keys, content) {
  if (content.label !== "live") return JSON.stringify(keys);
  const parts = [[]];
  for (const key of keys) {
    if (content.body[key.slice(5)]?.t === "update") parts.push([]);
    parts.at(-1).push(key);
  }
  const [above, ...updates] = parts.map(String);
  return JSON.stringify([above, ...updates.sort()]);
}

function* besideWords(reading, theme) {
  const address = canonicalOf(reading.tree);
  const number = pageNumber(address);
  for (const [place, run, isLast] of reading.beside) {
    const words = place === "span.page-number" ? without(number, run) : run;
    const isFigure = !reading.whole.length && reading.figures.has(run) && theme.counts(run);
    if (!isFigure && !(place === "p.address" && run === address) && !theme.has(words, place, isLast)) {
      yield say`“${short(run)}” stands on the page; it was not sealed, and is none of the site’s own words.`;
    }
  }
  for (const element of reading.tree.elements()) {
    if (element.tag !== "time" || element.above("data-c")) continue;
    const [text, machine] = [wordsOf(element.ownText).join(" "), element.get("datetime")];
    if (!theme.tells(text, machine ?? "")) {
      yield say`The time “${short(text)}” is not the one that stands behind it, ${machine}.`;
    }
  }
}

// Every link and picture that is not sealed text leads where the site or the edition says.
function* addresses(reading, editions, theme) {
  const known = new Set([...theme.links, ...[...editions.values()].flatMap((one) => [...addressesOf(one.content)])]);
  for (const scope of reading.scopes) {
    known.add(`/log/content/${scope.content}`).add(`/log/proof/${scope.entry}.tlog-proof`);
  }
  const values = [...editions.values()].flatMap((edition) => [...edition.values]);
  const passages = values.filter(([key]) => key.includes(".passage")).map(([, value]) => value);
  const ids = new Set([...reading.tree.elements()].map((element) => element.get("id")));
  for (const element of reading.tree.elements()) {
    const block = element.above("data-c");
    const isInBlock = block && block !== element && BLOCK.test(block.get("data-c"));
    if (isInBlock || ["link", "script"].includes(element.tag)) continue;
    for (const name of ["href", "src", "action"].filter((one) => element.has(one))) {
      const address = element.get(name);
      const [bare, place] = parted(address, "#");
      const isKnown = known.has(bare) || known.has(bare.replace(NUMBERED, "/")) || isArchivedCopy(bare, known);
      const isGood = bare ? isKnown && isKnownPlace(bare, place, known, passages) : ids.has(place);
      if (!isGood) yield say`The page leads to ${address} (“${name}”), which neither the site nor the edition names.`;
    }
  }
}

// The smaller forms of a picture are named after it.
function* smallerPictures(tree) {
  for (const element of tree.elements()) {
    if (!element.has("srcset")) continue;
    const shown = [element, ...element.parent.children].find((one) => one.tag === "img");
    const src = shown?.get("src") ?? "";
    const name = src.slice(0, Math.max(src.lastIndexOf("."), 0));
    for (const form of element.get("srcset").split(",")) {
      const address = wordsOf(form)[0] ?? "";
      if (!name || !address.startsWith(name) || !/^(-\d+)?\.[a-z]+$/.test(address.slice(name.length))) {
        yield say`The page shows ${address}, which is no smaller form of its picture.`;
      }
    }
  }
}

// What is only heard: the labels of elements are the site's own, and tell of a source what can be read of it.
function* labels(reading, editions, theme) {
  for (const element of reading.tree.elements()) {
    const [label, alt] = ["aria-label", "alt"].map((name) => collapsed(element.get(name) ?? ""));
    if (label && !theme.calls(label, toldBy(element, reading, editions, theme))) {
      yield say`“${short(label)}” is said to those who listen to the page; it can be read nowhere on it.`;
    }
    if (element.tag === "img" && !element.has("data-c") && alt && !theme.texts.includes(alt)) {
      yield say`“${short(alt)}” is said of a picture; it was not sealed, and is none of the site’s own words.`;
    }
  }
}

// Judges a value in a label: it stands in the note that a button opens, or is of the source that a number leads to. Beside
// stories it is a figure.
function toldBy(element, reading, editions, theme) {
  const [opened, source] = [element.get("popovertarget"), element.get("data-c")?.replace(/\.[^.]*$/, "") ?? ""];
  const valuesOfAll = (keys) => [...editions.values()].flatMap((one) => keys.map((key) => one.values.get(key)));
  if (opened !== undefined) {
    const inside = reading.shown.filter((one) => one.element.above("popover")?.get("id") === opened);
    const quotes = inside.filter((one) => one.key.startsWith("quote."));
    const speakers = quotes.map((one) => one.key.replace(/\.[^.]*$/, ".speaker"));
    const values = [...inside.map((one) => one.text), ...valuesOfAll(speakers)].filter(Boolean);
    const known = new Set([...values, ...values.map((value) => value[0].toLowerCase() + value.slice(1))]);
    return (told) => isListOf(told, known);
  }
  if (source.startsWith("source.")) {
    const values = valuesOfAll([`${source}.number`, `${source}.title`]);
    return (told) => values.includes(told) || theme.texts.includes(told);
  }
  return (told) => !element.above("data-shows") && theme.counts(told);
}

// Whether a text is values with commas between them.
function isListOf(told, values) {
  if (values.has(told)) return true;
  return [...values].some((value) => told.startsWith(`${value}, `) && isListOf(told.slice(value.length + 2), values));
}

// A story that is shown whole is at the address that was sealed, or at the one of that version.
function* elsewhere(reading, editions, theme) {
  const address = canonicalOf(reading.tree);
  for (const { content } of reading.whole.map((scope) => editions.get(scope.content)).filter(Boolean)) {
    const own = theme.base + content.path;
    if (!["", own, `${own}editions/${content.version}/`].includes(address)) {
      yield say`The page says that its address is ${address}; what it shows was sealed for ${own}.`;
    }
  }
}

function parted(text, sign) {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + sign.length)];
}

function unquoted(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// The hash of a source that was sealed, and some ending.
function isArchivedCopy(address, known) {
  const found = /^(\/sources\/[0-9a-f]{64})(?:\.[a-z0-9]{1,8})?$/.exec(address);
  return found !== null && known.has(found[1]);
}

function isKnownPlace(address, place, known, passages) {
  if (address === "/verify/") return !place || known.has(place);
  if (place.includes(":~:text=")) {
    const parts = parted(place, ":~:text=")[1].split(",").map((part) => collapsed(unquoted(part)));
    return passages.some((passage) => parts.every((part) => passage.includes(part)));
  }
  return address.includes("://") || /^(checked|report|change-\d+|version-\d+|update-[\d-]+|q\d+)?$/.test(place);
}

function* addressesOf(content) {
  const { path = "", version = 1 } = content;
  yield* [path, `${path}history/`, "/verify/", `${path}editions/${content.version}/`, `${path}comments/`];
  for (let before = 1; before < version; before += 1) yield `${path}history/${before}-${version}/`;
  for (const topic of content.topics ?? []) yield `/topics/${topic.slug}/`;
  for (const byline of content.bylines ?? []) if (byline.slug) yield `/authors/${byline.slug}/`;
  for (const image of content.images ?? []) yield `/media/${quoted(image.file)}`;
  if (content.series) yield `/series/${content.series.slug}/`;
  for (const correction of content.corrections ?? []) {
    yield `${path}editions/${correction.corrects ?? correction.version - 1}/`;
    yield `${path}history/${correction.version - 1}-${correction.version}/`;
  }
  if (content.policy) yield `/policies/accuracy/${content.policy.version}/`;
  if (content.section) yield `/${content.section.slug}/`;
  for (const source of content.sources ?? []) yield* [parted(source.url ?? "", "#")[0], `/sources/${source.sha256 ?? "-"}`];
}

// The title in the tab, the description for search engines and the page's address: sealed, or the site's own.
function* head(tree, editions, theme) {
  const valuesAt = (key) => [...editions.values()].map((one) => one.values.get(key)).filter((one) => one !== undefined);
  const [headlines, summaries] = [valuesAt("headline"), valuesAt("standfirst")];
  const isMonth = (one) => one.tag === "time" && one.get("datetime")?.length === 7;
  const months = [...tree.elements()].filter(isMonth).map((one) => collapsed(one.ownText));
  const number = pageNumber(canonicalOf(tree));
  for (const element of tree.elements()) {
    if (element.tag === "title" && element.parent.tag === "head") {
      const title = collapsed(element.ownText);
      if (!isTitle(title, [...headlines, ...months], number, theme)) {
        yield say`The page calls itself “${short(title)}”; its headline was sealed otherwise.`;
      }
    }
    if (element.tag !== "meta") continue;
    const [kind, text] = [element.get("name") ?? element.get("property") ?? "", collapsed(element.get("content") ?? "")];
    const isCalledSo = () => headlines.includes(text) || isTitle(`${text} – ${theme.name}`, [...headlines, ...months], number, theme);
    if (kind.endsWith("title") && !isCalledSo()) {
      yield say`The page calls itself “${short(text)}”; its headline was sealed otherwise.`;
    }
    if (kind.endsWith("description") && !summaries.includes(text) && !theme.has(text, "title")) {
      yield say`The page describes itself as “${short(text)}”, which was not sealed.`;
    }
    if (["og:image", "og:url", "twitter:image"].includes(kind) && !text.startsWith(`${theme.base}/`)) {
      yield say`The page names ${text}, which is not in ${theme.base}.`;
    }
  }
  const address = canonicalOf(tree) || theme.base;
  if (!address.startsWith(theme.base)) yield say`The page says that its address is ${address}, which is not in ${theme.base}.`;
}

const CLOSING = { "“": "”", "«": "»", "„": "“", "”": "”" }; // what closes the quotation marks of each language

// 'Headline – The Harbour Post', 'History of “Headline” – …', 'March 2026, page 2 – …', or words of the list.
function isTitle(title, names, number, theme) {
  if (title === theme.name) return true;
  const end = ` – ${theme.name}`;
  if (!title.endsWith(end)) return false;
  const bare = without(number, title.slice(0, -end.length));
  const name = names.find((one) => bare.includes(one));
  if (name === undefined) return theme.has(bare, "title");
  const [before, after] = parted(bare, name);
  const isClosed = after === (CLOSING[before.at(-1)] ?? "") || (number && theme.has(after, "title"));
  return isClosed && (!before || theme.has(before, "title", false));
}

// The number of a page of a list, which its address tells; ', page 2' without it.
const pageNumber = (address) => address.match(NUMBERED)?.[1] ?? "";
const without = (number, text) => (number && text.endsWith(number) ? text.slice(0, -number.length).trimEnd() : text);

function canonicalOf(tree) {
  const links = [...tree.elements()].filter((one) => one.tag === "link" && one.get("rel") === "canonical");
  return links.map((one) => one.get("href")).find(Boolean) ?? "";
}

// --- Step by step -------------------------------------------------------------------------------------------------

// What was found: each step holds (true), does not (false), or could not be looked at (null).
class Report {
  constructor() {
    this.steps = [];
  }
  add(holds, text) {
    this.steps.push({ holds, text });
  }
  get verified() {
    return this.steps.every((step) => step.holds !== false) && this.steps.some((step) => step.holds);
  }
}

async function verifyPage(place, data, given) {
  await requireCryptography();
  const report = new Report();
  const keys = await readKeys(place, given);
  let reading;
  try {
    reading = readShown(readPage(decode(data, "page")));
  } catch (error) {
    report.add(false, sentenceOf(error));
    return report;
  }
  if (!reading.scopes.length) {
    throw new Unusable(say`This page shows no edition of a story, so there is nothing in it to verify.`);
  }
  sayWhoseKey(keys, report);
  const editions = new Map();
  for (const scope of reading.scopes) {
    const edition = await readEdition(place, scope, keys, reading, report);
    if (edition) editions.set(scope.content, edition);
  }
  await compare(place, reading, editions, report);
  return report;
}

function sentenceOf(error) {
  return [Refused, Unusable, Missing].some((kind) => error instanceof kind)
    ? error.message
    : say`It cannot be read: ${error.message}.`;
}

function sayWhoseKey(keys, report) {
  if (keys.isOwn) return;
  const names = keys.log.map(called).join(", ");
  report.add(null, say`The log’s key was taken from the site itself (${names}). Get it another way once, and give it here.`);
}

// One edition that the page names, checked against the log. Null where its document is not at hand.
async function readEdition(place, scope, keys, reading, report) {
  const isMain = reading.whole.some((one) => scopeKey(one) === scopeKey(scope));
  const what = isMain
    ? say`version ${scope.version}`
    : say`version ${scope.version} of article ${scope.article.slice(0, 8)}`;
  let data;
  try {
    data = await place.read(`/log/content/${scope.content}`);
  } catch (error) {
    if (error instanceof Gone) {
      report.add(null, say`The document of ${what} was withdrawn; its words cannot be compared any more.`);
    } else report.add(isMain ? false : null, say`The document of ${what} is not at hand: ${error.message}`);
    return null;
  }
  try {
    if (hex(await sha256(data)) !== scope.content) {
      throw new Refused(say`The sealed document of ${what} was changed: its SHA-256 is not the one that the page names.`);
    }
    const content = readCanonical(data, `document of version ${scope.version}`);
    if (isMain) report.add(true, say`The document of ${what} has the SHA-256 that the page names, ${scope.content}.`);
    await requireEntry(place, scope, keys, what, isMain, report);
    if (isMain) await sayStanding(place, scope, content, report);
    return sealedOf(content);
  } catch (error) {
    report.add(false, sentenceOf(error));
    return null;
  }
}

async function requireEntry(place, scope, keys, what, isMain, report) {
  if (!scope.entry) throw new Refused(say`The page does not say where ${what} is in the log.`);
  let file;
  try {
    file = await place.read(`/log/proof/${scope.entry}.tlog-proof`);
  } catch (error) {
    throw new Refused(say`The proof of ${what} is not at hand: ${error.message}`);
  }
  const proof = readProof(file);
  const checkpoint = await openCheckpoint(proof.checkpoint, keys.log);
  await openCheckpoint(proof.checkpoint, holdingAt(keys.log, checkpoint.size));
  if (isMain) report.add(true, say`The checkpoint in the proof is signed by the log’s key ${called(checkpoint.signer)}.`);
  if (!proof.entry.length) throw new Refused(say`The proof of ${what} has no entry in it. verify.py can look it up in the log.`);
  const leaf = await sha256(joined([0], proof.entry));
  await requireIncluded(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root);
  const entry = readEntry(proof.index, proof.entry);
  const said = [entry.article, String(entry.version), entry.content, String(proof.index)].join(" ");
  if (said !== [scope.article, scope.version, scope.content, scope.entry].join(" ")) {
    throw new Refused(say`Entry ${proof.index} of the log is not about ${what}.`);
  }
  const desk = await requireEntrySigned(proof.index, entry, holdingAt(keys.desk, proof.index));
  report.add(
    true,
    capital(
      say`${what} is entry ${proof.index} of the log ${checkpoint.origin}, which had ${checkpoint.size} entries when it was signed. It was entered on ${entry.at.slice(0, 10)} at ${entry.at.slice(11, 16)} UTC.`,
    ),
  );
  if (isMain) report.add(true, say`Entry ${proof.index} is signed by the newsroom’s key ${called(desk)}.`);
  if (isMain) await sayGrown(place, checkpoint, keys, report);
}

// The log only grows: its newest checkpoint has no fewer entries than the proof's.
async function sayGrown(place, before, keys, report) {
  let data;
  try {
    data = await place.read("/log/checkpoint");
  } catch {
    return;
  }
  const newest = await openCheckpoint(data, keys.log);
  if (newest.origin !== before.origin) return;
  if (newest.size < before.size || (newest.size === before.size && !isSame(newest.root, before.root))) {
    throw new Refused(say`The log’s newest checkpoint contradicts the proof: the log was shortened or rewritten.`);
  }
  report.add(true, say`The log’s newest checkpoint is signed by the same newsroom, and has ${newest.size} entries.`);
}

// Whether it is the newest version, and whether the story was retracted.
async function sayStanding(place, scope, content, report) {
  if (stateOf(content) === "retracted") report.add(null, say`Version ${scope.version} says that the story was retracted.`);
  try {
    const page = readShown(readPage(decode(await place.read(content.path), "page")));
    const newest = page.whole.find((one) => one.article === scope.article)?.version;
    if (Number(newest) > Number(scope.version)) {
      report.add(null, say`This is version ${scope.version}, an older one; the site shows version ${newest} at ${content.path}.`);
    }
  } catch {
    report.add(null, say`Whether there is a newer version than ${scope.version} cannot be seen from here.`);
  }
}

async function compare(place, reading, editions, report) {
  const theme = await readTheme(place, report);
  const found = [...new Set(differences(reading, editions, theme))];
  for (const sentence of found) report.add(false, collapsed(sentence));
  const compared = reading.shown.filter((shown) => editions.has(shown.scope.content));
  if (!found.length && compared.length) {
    report.add(true, say`All ${compared.length} passages, figures and times on the page say what was sealed.`);
    if (theme) report.add(true, say`The ${reading.beside.length} other texts on it are in the site’s list of its own words.`);
  }
  const pictures = new Map(
    reading.shown.filter(({ element }) => element.tag === "img").map((item) => [item.element.get("src") ?? "", item.value]),
  );
  for (const [address, value] of pictures) await comparePicture(place, address, value, report);
}

const WORDS_LIST = "/verify/words.json";

async function readTheme(place, report) {
  try {
    return new Theme(JSON.parse(decode(await place.read(WORDS_LIST), "list of words")));
  } catch (error) {
    if (error instanceof Missing) {
      report.add(false, say`The site’s list of its own words, ${WORDS_LIST}, is not at hand: what was not sealed cannot be told from it.`);
    } else report.add(false, say`The site’s list of its own words cannot be read: ${error.message}`);
    return null;
  }
}

async function comparePicture(place, address, value, report) {
  try {
    const holds = hex(await sha256(await place.read(address))) === value;
    if (holds) report.add(true, say`The picture ${address} is the one that was sealed.`);
    else report.add(false, say`The picture ${address} is not the one that was sealed: its bytes are others.`);
  } catch {
    report.add(null, say`The picture ${address} is not at hand.`);
  }
}

// --- Where the files are ------------------------------------------------------------------------------------------

const Site = {
  async read(address) {
    const url = new URL(address, location.origin);
    if (url.origin !== location.origin) throw new Missing(say`${address} is not on this site.`);
    let answer;
    try {
      answer = await fetch(url, { credentials: "omit", cache: "no-store" });
    } catch {
      throw new Missing(say`${address} cannot be fetched.`);
    }
    if (answer.status === 410) throw new Gone(say`${address} was withdrawn.`);
    if (!answer.ok) throw new Missing(say`${address} answers ${answer.status}.`);
    return new Uint8Array(await answer.arrayBuffer());
  },
};

// Files that the reader saved: each is found by the last part of its address; a browser may have added an ending.
class Saved {
  constructor(files) {
    this.files = files;
  }
  async read(address) {
    const name = unquoted(address).split("/").at(-1);
    const file = name && this.files.find((one) => one.name === name || one.name.startsWith(`${name}.`));
    if (!file) throw new Missing(say`${name || address} is not among the files.`);
    return new Uint8Array(await file.arrayBuffer());
  }
}

async function verifyAddress(text, given) {
  const url = new URL(text, location.origin);
  if (url.origin !== location.origin) {
    throw new Unusable(say`This page can read its own site alone, ${location.origin}. Save the files of the other one, and pick them.`);
  }
  return verifyPage(Site, await Site.read(url.pathname), given);
}

async function verifyFiles(files, given) {
  const page = files.find((file) => /\.html?$/i.test(file.name));
  if (!page) throw new Unusable(say`There is no saved page (.html) among the files.`);
  return verifyPage(new Saved(files), new Uint8Array(await page.arrayBuffer()), given);
}

// --- On the screen ------------------------------------------------------------------------------------------------

const SIGNS = new Map([[true, ["✓", say`Holds:`]], [false, ["✗", say`Does not hold:`]], [null, ["–", say`Note:`]]]);

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function lineOf({ holds, text }) {
  const [sign, spoken] = SIGNS.get(holds);
  const mark = made("span", { className: "mark" }, sign);
  mark.setAttribute("aria-hidden", "true");
  const kind = holds ? "holds" : holds === false ? "fails" : "aside";
  return made("li", { className: kind }, mark, made("span", {}, made("span", { className: "spoken" }, `${spoken} `), text));
}

const said = document.getElementById("verdict");
const given = document.getElementById("key");
let turn = 0; // of two that run at once only the later one may speak

async function show(about, verify) {
  turn += 1;
  const mine = turn;
  said.replaceChildren(made("p", {}, say`Looking at ${about} …`));
  const found = await verify().then(told, (error) => [
    made("p", { className: "end" }, say`It could not be verified.`),
    made("p", {}, sentenceOf(error)),
  ]);
  if (mine === turn) said.replaceChildren(...found);

  function told(report) {
    const end = report.verified ? say`Verified.` : say`Not verified.`;
    return [
      made("p", { className: `end ${report.verified ? "holds" : "fails"}` }, end),
      made("p", { className: "about" }, about),
      made("ol", { className: "steps" }, ...report.steps.map(lineOf)),
    ];
  }
}

function showAddress(text) {
  return show(text, () => verifyAddress(text, given.value.trim()));
}

function showFiles(files) {
  const page = files.find((file) => /\.html?$/i.test(file.name));
  return show(page ? page.name : say`the files`, () => verifyFiles(files, given.value.trim()));
}

function start() {
  const [form, input] = [document.getElementById("ask"), document.getElementById("files")];
  input.addEventListener("change", () => input.files.length && showFiles([...input.files]));
  document.getElementById("checking").hidden = false;
  if (!form) return;
  const field = form.elements.namedItem("address");
  const follow = () => {
    if (!location.hash.startsWith("#/")) return;
    field.value = unquoted(location.hash.slice(1));
    showAddress(field.value);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) showAddress(field.value.trim());
  });
  addEventListener("hashchange", follow);
  follow();
}

start();
