// Loaded on every page. Everything works without it; this makes it smoother.
import "@digdir/designsystemet-web/ds-error-summary";
import "@digdir/designsystemet-web/ds-field";
import { searchChoices } from "./choices.js";
import { closeMenusOnLeave } from "./menus.js";
import { growTables } from "./rows.js";
import { explainPasskeyTrouble } from "./passkeys.js";
import { tendTables } from "./tables.js";

closeMenusOnLeave();
explainPasskeyTrouble();
growTables();
tendTables(document);
searchChoices(document);
// What htmx puts into the page later gets the same care.
document.addEventListener("htmx:load", ({ detail }) => {
  tendTables(detail.elt);
  searchChoices(detail.elt);
});
