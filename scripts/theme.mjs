// Makes src/styrkedja/ui/static/ui/theme.css from theme.config.json. Run with `npm ci && npm run theme`; the result is committed.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const command = "node_modules/@digdir/designsystemet/dist/bin/designsystemet.js";
const run = (...args) => execFileSync(process.execPath, [command, ...args, "--config", "theme.config.json", "--clean"], { stdio: "inherit" });

run("tokens", "create");
run("tokens", "build", "--tokens", "var/theme/tokens", "--out-dir", "var/theme/css");

// Paper is light, also for a reader who has chosen dark: the dark colours are for the screen.
let sheet = readFileSync("var/theme/css/styrkedja.css", "utf8");
for (const [found, wanted] of [
  ['\n[data-color-scheme="dark"] {', '\n@media screen {\n[data-color-scheme="dark"] {'],
  ["color-scheme: dark;\n}\n \n@media (prefers-color-scheme: dark) {", "color-scheme: dark;\n}\n}\n\n@media screen and (prefers-color-scheme: dark) {"],
]) {
  if (sheet.split(found).length !== 2) throw new Error(`The theme is not written as it was: ${JSON.stringify(found)}`);
  sheet = sheet.replace(found, wanted);
}
writeFileSync("src/styrkedja/ui/static/ui/theme.css", sheet);
