// Makes src/styrkedja/ui/static/ui/theme.css from theme.config.json. Run with `npm ci && npm run theme`; the result is committed.
import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";

const command = "node_modules/@digdir/designsystemet/dist/bin/designsystemet.js";
const run = (...args) => execFileSync(process.execPath, [command, ...args, "--config", "theme.config.json", "--clean"], { stdio: "inherit" });

run("tokens", "create");
run("tokens", "build", "--tokens", "var/theme/tokens", "--out-dir", "var/theme/css");
copyFileSync("var/theme/css/styrkedja.css", "src/styrkedja/ui/static/ui/theme.css");
