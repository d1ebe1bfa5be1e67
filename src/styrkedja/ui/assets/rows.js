// "Fler rader" without a round trip: copies the last row, empties it and numbers it anew.
const NUMBERED = ["name", "id", "for", "aria-describedby"];

const renumber = (element, from, to) => {
  for (const attribute of NUMBERED) {
    const value = element.getAttribute(attribute);
    if (value) element.setAttribute(attribute, value.replace(`-${from}-`, `-${to}-`));
  }
  const column = element.dataset.column;
  if (column) element.setAttribute("aria-label", element.getAttribute("aria-label").replace(String(from + 1), String(to + 1)));
};

const empty = (field) => {
  field.removeAttribute("aria-invalid");
  if (field instanceof HTMLSelectElement) [...field.options].forEach((option, n) => (option.selected = n === 0 && !field.multiple));
  else field.value = "";
};

const nextRow = (last, from) => {
  const row = last.cloneNode(true);
  row.querySelectorAll(".ds-validation-message").forEach((message) => message.remove());
  row.querySelectorAll("*").forEach((element) => renumber(element, from, from + 1));
  row.querySelectorAll("input, select, textarea").forEach(empty);
  row.querySelector("[data-row]").textContent = from + 2;
  return row;
};

export const growTables = () => {
  document.addEventListener("click", (event) => {
    const body = event.target.closest("[data-more]")?.closest("[data-table]").querySelector("tbody");
    if (!body) return;
    event.preventDefault();
    const row = nextRow(body.lastElementChild, body.rows.length - 1);
    body.append(row);
    row.querySelector("input, select, textarea").focus();
  });
};
