// Process maps. <div class="ui-map" data-map="address of the BPMN" data-map-diagram="id of one of its diagrams" data-map-state="id of a
// json_script"> shows that diagram in its own size, one pixel for one, and scrolls when it is wider than the page. The state is
// {element id: {"number": "13a", "state": "done" | "current", "badge": "här nu, 3 av 8"}}, each of the three if there is any. The page
// always says the same in text.
import BaseViewer from "bpmn-js/lib/BaseViewer";
import CoreModule from "bpmn-js/lib/core";
import OverlaysModule from "diagram-js/lib/features/overlays";
import TranslateModule from "diagram-js/lib/i18n/translate";

const ZOOM = { in: 1.25, out: 0.8 };
const SCALES = { least: 0.25, most: 3 };
const MARGIN = 8;
// Maps that stand within this distance of what is seen are drawn; the rest wait until they come nearer or their fold is opened.
const NEAR = "800px";

const sources = new Map();

// One file holds all diagrams of a routine and is fetched once.
const source = (address) => {
  if (!sources.has(address)) {
    sources.set(
      address,
      fetch(address, { headers: { Accept: "application/xml" } }).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status} ${address}`);
        return answer.text();
      }),
    );
  }
  return sources.get(address);
};

const readState = (box) => {
  const script = document.getElementById(box.dataset.mapState);
  return script ? JSON.parse(script.textContent) : {};
};

const piece = (name, text) => {
  const part = document.createElement("span");
  part.className = name;
  part.textContent = text;
  return part;
};

// The step's number and where the case is in it, on the upper left corner: in the middle of an edge the arrows come in.
const badge = ({ number, state, badge: text }) => {
  const mark = piece(`ui-map__badge ui-map__badge--${state || "number"}`, "");
  if (number) mark.append(piece("ui-map__number", number));
  if (text) mark.append(piece("ui-map__state", text));
  return mark;
};

const showState = (viewer, state) => {
  const [canvas, elements, overlays] = ["canvas", "elementRegistry", "overlays"].map((name) => viewer.get(name));
  for (const [id, told] of Object.entries(state)) {
    if (!elements.get(id)) continue;
    if (told.state) canvas.addMarker(id, `ui-map-${told.state}`);
    if (told.number || told.badge) overlays.add(id, { position: { top: -13, left: -12 }, html: badge(told) });
  }
};

// Every step is somebody's to do; a drawn figure in each says no more and stands in the way of the names.
const takeAwayFigures = (viewer) => {
  const steps = viewer.get("elementRegistry").filter((element) => element.type === "bpmn:UserTask");
  steps.forEach((step) => viewer.get("canvas").addMarker(step, "ui-map-step"));
};

// What there is to see has its text beside the map: to a screen reader the map is one picture, named like its region.
const speak = (box) => {
  const drawing = box.querySelector(".djs-container > svg");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", box.getAttribute("aria-label"));
  box.querySelector(".djs-overlay-container").setAttribute("aria-hidden", "true");
};

class Sheet {
  constructor(box, viewer) {
    this.box = box;
    this.canvas = viewer.get("canvas");
    const { inner } = this.canvas.viewbox();
    this.area = { x: inner.x - MARGIN, y: inner.y - MARGIN, width: inner.width + 2 * MARGIN, height: inner.height + 2 * MARGIN };
    this.size(1);
  }

  size(scale) {
    this.scale = Math.min(SCALES.most, Math.max(SCALES.least, scale));
    this.box.style.setProperty("--map-width", `${Math.ceil(this.area.width * this.scale)}px`);
    this.box.style.setProperty("--map-height", `${Math.ceil(this.area.height * this.scale)}px`);
    this.canvas.resized();
    this.canvas.viewbox(this.area);
  }

  show(element) {
    if (element) this.box.scrollLeft = (element.x + element.width / 2 - this.area.x) * this.scale - this.box.clientWidth / 2;
  }
}

const bindTools = (box, sheet, here) => {
  const tools = document.querySelector(`[data-map-tools="${box.id}"]`);
  if (!tools) return;
  tools.hidden = false;
  tools.addEventListener("click", ({ target }) => {
    const action = target.closest("[data-map-action]")?.dataset.mapAction;
    if (!action) return;
    sheet.size(action in ZOOM ? sheet.scale * ZOOM[action] : 1);
    if (action === "start") sheet.show(here);
  });
};

const draw = async (box) => {
  const xml = await source(box.dataset.map);
  const viewer = new BaseViewer({ container: box, modules: [CoreModule, OverlaysModule, TranslateModule] });
  await viewer.importXML(xml, box.dataset.mapDiagram || undefined);
  const state = readState(box);
  takeAwayFigures(viewer);
  showState(viewer, state);
  speak(box);
  const here = Object.keys(state).find((id) => state[id].state === "current" && viewer.get("elementRegistry").get(id));
  const sheet = new Sheet(box, viewer);
  sheet.show(here && viewer.get("elementRegistry").get(here));
  bindTools(box, sheet, here && viewer.get("elementRegistry").get(here));
  box.dataset.mapReady = "true";
};

const start = (box) =>
  draw(box).catch((error) => {
    box.dataset.mapReady = "failed";
    const note = document.querySelector(`[data-map-failed="${box.id}"]`);
    if (note) note.hidden = false;
    console.warn(error);
  });

const near = new IntersectionObserver(
  (entries) =>
    entries
      .filter((entry) => entry.isIntersecting)
      .forEach(({ target }) => {
        near.unobserve(target);
        start(target);
      }),
  { rootMargin: NEAR },
);

document.querySelectorAll("[data-map]").forEach((box) => (box.hasAttribute("data-map-eager") ? start(box) : near.observe(box)));
