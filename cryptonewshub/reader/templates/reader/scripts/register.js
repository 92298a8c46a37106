{#
  Asks the browser to run the script for when there is no connection. Loaded by browsers that do not run it yet. Takes
  `worker`, the address of that script.
#}
const createScriptURL = () => {{ worker | tojson }};
const policy = globalThis.trustedTypes?.createPolicy("newsroom", { createScriptURL });
navigator.serviceWorker.register(policy ? policy.createScriptURL("") : createScriptURL()).catch(() => {
  // The reader's browser keeps nothing: then it shows its own page.
});
