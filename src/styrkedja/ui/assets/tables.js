// Tables on narrow screens: a frame is a stop for the Tab key only while there is something to scroll, and a table whose rows are drawn
// as blocks keeps the roles that some browsers take away with the display value.
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };

const keepRoles = (table) => {
  table.setAttribute("role", "table");
  for (const [name, role] of Object.entries(ROLES)) table.querySelectorAll(name).forEach((part) => part.setAttribute("role", role));
  table.querySelectorAll("th").forEach((head) => head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader"));
};

const followWidth = new ResizeObserver((entries) => {
  for (const { target } of entries) target.toggleAttribute("tabindex", false);
  for (const { target } of entries) if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
});

const within = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];

export const tendTables = (root) => {
  within(root, ".ui-table-region--stack table").forEach(keepRoles);
  within(root, ".ui-table-region").forEach((region) => followWidth.observe(region));
};
