// Mozilla's HTTP Observatory over pages of a newsroom: the Observatory's own rules, fed with what the server answers here.
// Its scanner would want a public host; so the newsroom is asked over HTTP, and is judged as what it is behind HTTPS.
// node benchmarks/observatory.mjs FOLDER-WITH-NODE_MODULES http://localhost:8765 /path/…; exit status 1 below A+.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [tools, base, ...paths] = process.argv.slice(2);
const observatory = `${fs.realpathSync(tools)}/node_modules/@mdn/mdn-http-observatory`;
// The list of preloaded hosts, which would be fetched from elsewhere; this newsroom is not on it.
fs.writeFileSync(`${observatory}/conf/hsts-preload.json`, "{}");
const load = (module) => import(pathToFileURL(`${observatory}/src/${module}`));
const [{ ALL_TESTS }, { Requests }, grader, { MINIMUM_SCORE_FOR_EXTRA_CREDIT }] =
  await Promise.all(["constants.js", "types.js", "grader/grader.js", "grader/charts.js"].map(load));

const ORIGIN = "https://http-observatory.security.mozilla.org";

async function answer(path, options) {
  const got = await fetch(base + path, { redirect: "manual", ...options });
  const headers = Object.fromEntries(got.headers);
  if (got.headers.getSetCookie().length) headers["set-cookie"] = got.headers.getSetCookie();
  return { status: got.status, headers, verified: true, data: await got.text(), request: { headers: { origin: ORIGIN } } };
}

async function requests(path) {
  const asked = new Requests("newsroom.example");
  asked.responses.auto = asked.responses.https = await answer(path);
  asked.responses.cors = await answer(path, {
    method: "OPTIONS",
    headers: { origin: ORIGIN, "access-control-request-method": "GET" },
  });
  asked.resources.path = asked.responses.auto.data;
  asked.session = { url: new URL(`https://newsroom.example${path}`), redirectHistory: [] };
  return asked;
}

let worst = 1000;
for (const path of paths) {
  const asked = await requests(path);
  const results = ALL_TESTS.map((test) => test(asked));
  const points = results.map((result) => grader.getScoreModifier(result.result));
  const plain = 100 + points.filter((point) => point < 0).reduce((sum, point) => sum + point, 0);
  const full = 100 + points.reduce((sum, point) => sum + point, 0);
  const { score, grade } = grader.getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? full : plain);
  console.log(`${path}: ${grade}, ${score} points`);
  results.forEach((result, place) => {
    if (!result.pass || points[place] < 0) console.log(`  ${points[place]} ${result.result}`);
  });
  worst = Math.min(worst, score);
}
process.exit(worst < 100 ? 1 : 0);
