// Process maps. <div class="ui-map" data-map="address of the BPMN" data-map-state="id of a json_script"> becomes a map that can be
// dragged and zoomed. The state is {element id: {"state": "done" | "current", "badge": "3"}}. The page always says the same in text.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const ZOOM = { in: 1.25, out: 0.8 };
const DONE_MARK = "✓";
const MARGIN = 32;
// Smaller than this a step's text cannot be read; then the map begins at its left edge, or where the case stands.
const LEAST_SCALE = 0.75;
const HIGHEST = 960;

const readState = (box) => {
  const source = document.getElementById(box.dataset.mapState);
  return source ? JSON.parse(source.textContent) : {};
};

const badge = (text, position) => {
  const mark = document.createElement("span");
  mark.className = `ui-map__badge ui-map__badge--${position}`;
  mark.textContent = text;
  return mark;
};

const showState = (viewer, state) => {
  const [canvas, elements, overlays] = ["canvas", "elementRegistry", "overlays"].map((name) => viewer.get(name));
  for (const [id, { state: position, badge: text }] of Object.entries(state)) {
    if (!elements.get(id)) continue;
    if (position) canvas.addMarker(id, `ui-map-${position}`);
    const word = text || (position === "done" ? DONE_MARK : "");
    if (word) overlays.add(id, { position: { top: -12, right: 14 }, html: badge(word, position) });
  }
};

const currentElement = (viewer, state) => {
  const id = Object.keys(state).find((key) => state[key].state === "current");
  return id ? viewer.get("elementRegistry").get(id) : undefined;
};

// Gives the box the height of the map and shows its whole width if that can be read.
const place = (box, viewer, state) => {
  const canvas = viewer.get("canvas");
  const { inner } = canvas.viewbox();
  const wide = inner.width + 2 * MARGIN;
  const scale = Math.max(LEAST_SCALE, Math.min(1, box.clientWidth / wide));
  box.style.height = `${Math.min(HIGHEST, (inner.height + 2 * MARGIN) * scale)}px`;
  canvas.resized();
  const [width, height] = [box.clientWidth / scale, box.clientHeight / scale];
  const here = currentElement(viewer, state);
  const left = here ? here.x + here.width / 2 - width / 2 : inner.x;
  const last = Math.max(inner.x - MARGIN, inner.x + inner.width + MARGIN - width);
  const x = width >= wide ? inner.x - (width - inner.width) / 2 : Math.min(Math.max(left, inner.x - MARGIN), last);
  canvas.viewbox({ x, y: inner.y - MARGIN, width, height });
};

const bindButtons = (box, viewer, state) => {
  const tools = document.querySelector(`[data-map-tools="${box.id}"]`);
  if (!tools) return;
  tools.hidden = false;
  tools.addEventListener("click", ({ target }) => {
    const action = target.closest("[data-map-action]")?.dataset.mapAction;
    const canvas = viewer.get("canvas");
    if (action in ZOOM) canvas.zoom(canvas.zoom() * ZOOM[action], "auto");
    if (action === "whole") canvas.zoom("fit-viewport", "auto");
    if (action === "start") place(box, viewer, state);
  });
};

const draw = async (box) => {
  const answer = await fetch(box.dataset.map, { headers: { Accept: "application/xml" } });
  if (!answer.ok) throw new Error(`${answer.status} ${box.dataset.map}`);
  // The wheel scrolls the page, not the map: a map must not be a trap on the way down.
  const viewer = new NavigatedViewer({ container: box, zoomScroll: { enabled: false } });
  await viewer.importXML(await answer.text());
  const state = readState(box);
  showState(viewer, state);
  place(box, viewer, state);
  bindButtons(box, viewer, state);
  box.dataset.mapReady = "true";
};

document.querySelectorAll("[data-map]").forEach((box) => {
  draw(box).catch((error) => {
    box.dataset.mapReady = "failed";
    console.warn(error);
  });
});
