// Reads pages with axe-core and prints what it finds: node axe.js <folder of node_modules> <page>...
// Without a layout axe cannot judge colours and sizes; those are judged by tests/unit/gateway/test_documentation_pages.py.
const fs = require("fs");
const [modules, ...pages] = process.argv.slice(2);
const { JSDOM, VirtualConsole } = require(`${modules}/jsdom`);
const axe = fs.readFileSync(`${modules}/axe-core/axe.min.js`, "utf8");

async function violations(page) {
  const { window } = new JSDOM(fs.readFileSync(page, "utf8"), { runScripts: "outside-only", virtualConsole: new VirtualConsole() });
  window.eval(axe);
  const found = await window.axe.run(window.document, {
    resultTypes: ["violations"],
    rules: { "color-contrast": { enabled: false }, "target-size": { enabled: false } },
  });
  return found.violations.map((one) => `${one.id}: ${one.help} (${one.nodes.length}, first ${one.nodes[0].html.slice(0, 120)})`);
}

(async () => {
  const told = {};
  for (const page of pages) told[page] = await violations(page);
  console.log(JSON.stringify(told));
})();
