// Questions to the server. A refusal comes as an error whose sentence can be shown.

export async function ask(address) {
  return told(await fetch(address, { headers: { Accept: "application/json" } }));
}

export async function send(address, values) {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.append(name, value ?? "");
  const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
  const headers = { Accept: "application/json", [CSRF_HEADER_NAME]: CSRF_TOKEN };
  return told(await fetch(address, { method: "POST", body, headers }));
}

async function told(answer) {
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  const said = isJson ? await answer.json() : {};
  if (answer.ok && isJson) return said;
  throw Object.assign(new Error(`The server answered ${answer.status}.`), { sentence: said.refusal ?? null });
}

/** What a person is told of an error. */
export function sentenceOf(error) {
  return error.sentence ?? "The server could not be reached. Nothing was changed; try again.";
}
