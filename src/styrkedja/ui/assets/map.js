// Process maps. <div class="ui-map" data-map="address of the BPMN" data-map-state="id of a json_script"> becomes a map that can be
// dragged and zoomed. The state is {element id: {"state": "done" | "current", "badge": "3"}}. The page always says the same in text.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const ZOOM = { "in": 1.25, out: 0.8 };
const BADGE_PLACE = { top: -12, right: 12 };

const readState = (box) => {
  const source = document.getElementById(box.dataset.mapState);
  return source ? JSON.parse(source.textContent) : {};
};

const badge = (text) => {
  const mark = document.createElement("span");
  mark.className = "ui-map__badge";
  mark.textContent = text;
  return mark;
};

const showState = (viewer, state) => {
  const [canvas, elements, overlays] = ["canvas", "elementRegistry", "overlays"].map((name) => viewer.get(name));
  for (const [id, { state: position, badge: text }] of Object.entries(state)) {
    if (!elements.get(id)) continue;
    if (position) canvas.addMarker(id, `ui-map-${position}`);
    if (text) overlays.add(id, { position: BADGE_PLACE, html: badge(text) });
  }
};

// Shows the whole height of the map, or its beginning where the whole would be too small to read; then moves to where the case stands.
const LEAST_SCALE = 0.75;

const place = (viewer, state) => {
  const canvas = viewer.get("canvas");
  const scale = canvas.zoom("fit-viewport");
  if (scale >= LEAST_SCALE) return;
  canvas.zoom(LEAST_SCALE);
  const { inner, outer } = canvas.viewbox();
  const current = Object.keys(state).find((id) => state[id].state === "current" && viewer.get("elementRegistry").get(id));
  const focus = current ? viewer.get("elementRegistry").get(current) : null;
  const left = focus ? focus.x + focus.width / 2 - outer.width / LEAST_SCALE / 2 : inner.x;
  canvas.viewbox({ x: Math.max(inner.x, left), y: inner.y, width: outer.width / LEAST_SCALE, height: outer.height / LEAST_SCALE });
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
    if (action === "start") place(viewer, state);
  });
};

const draw = async (box) => {
  const answer = await fetch(box.dataset.map, { headers: { Accept: "application/xml" } });
  if (!answer.ok) throw new Error(`${answer.status} ${box.dataset.map}`);
  const viewer = new NavigatedViewer({ container: box });
  await viewer.importXML(await answer.text());
  const state = readState(box);
  showState(viewer, state);
  place(viewer, state);
  bindButtons(box, viewer, state);
  box.dataset.mapReady = "true";
};

document.querySelectorAll("[data-map]").forEach((box) => {
  draw(box).catch((error) => {
    box.dataset.mapReady = "failed";
    console.error(error);
  });
});
